import { expect, test, vi } from 'vitest';
import { printChanges } from '../../cli/apply/print-changes.ts';
import { addDays } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import { anAccount, anInForceFile, idOf, today } from '../../policy/tenant.fixture.ts';
import type { StepName } from '../../policy/words/apply-words.ts';
import { buildAccountChange, toAccountInputs } from '../account/account-state.ts';
import type { AccountOutcome, StackOutcome } from '../run-stack.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import { type Changes, renderChangesComment } from './changes-comment.ts';
import { summariseChanges } from './summarise-changes.ts';

const batch = { requestId: 'r-1', item: '3' };
const receipt = { requestId: 'r-1', clientRequestId: 'c-1', batch, at: '2026-12-07T09:30:00.000Z' };

function anOutcome(name: string, steps: readonly StepName[], report: Partial<ApplyOutcome> = {}): AccountOutcome {
  const account = anAccount({ userPrincipalName: `${name}@contoso.com`, displayName: name });
  const { file } = anInForceFile({ account, stage: 'notify', since: addDays(today, -30) });
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const inputs = toAccountInputs({ ...file, stage: 'delicense', desired });
  const change = buildAccountChange(inputs, null);
  const done = steps.map((step) => ({
    step,
    ...receipt,
    ...(step === 'licenses-changed' ? { removed: ['SPE_E3'], given: [] } : {}),
  }));
  const nothing = { refused: [], heldBack: [], waits: [], failure: null, reached: change.to, wroteAt: null };
  return { urn: name, inputs, change, isAdopted: false, report: { done, ...nothing, ...report } };
}

function aRun(...accounts: AccountOutcome[]): StackOutcome {
  const rest = {
    mails: [],
    unsent: [],
    onPremises: [],
    quarantine: null,
    adopted: 0,
    limited: null,
    notes: [],
    stop: null,
    gaveWay: false,
    withoutSignIns: false,
  };
  return { mode: 'apply', files, accounts, refusedFiles: [], newWitnesses: [], ...rest };
}

const files = {
  stack: 'contoso',
  prices: { value: prices },
  policy: { value: aPolicy() },
  accounts: [],
} as unknown as StackFiles;

test('an account counts as disabled only if its sign-in was blocked, and as one with licences removed only if one was', () => {
  const outcome = aRun(
    anOutcome('blocked', ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared']),
    anOutcome('shared', ['mailbox-shared']),
    anOutcome('delicensed', ['licenses-changed']),
    anOutcome('held', [], {
      heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'archive', because: 'the mailbox has an archive' }],
    }),
  );
  const changes = summariseChanges(outcome, files);
  expect(changes.disabled.map(({ displayName }) => displayName)).toEqual(['blocked']);
  expect(changes.shared?.map(({ displayName }) => displayName)).toEqual(['shared']);
  const comment = renderChangesComment(changes);
  expect(comment).toContain('**1** disabled · **1** with a shared mailbox · **1** with licences removed');
  expect(comment).toContain('Licences that all stay: 1');
});

test('whose licences an earlier run has removed is told so, and not that all of them stay', () => {
  const stay = { skuPartNumber: 'VISIOCLIENT', reason: 'archive', because: 'the mailbox has an archive' } as const;
  const doneEarlier = [{ step: 'licenses-changed', removed: ['SPE_E3'], given: [] }] as const;
  const changes = summariseChanges(aRun(anOutcome('earlier', [], { doneEarlier, heldBack: [stay] })), files);
  expect(changes.delicensed).toEqual([]);
  expect(changes.doneEarlier).toMatchObject([{ displayName: 'earlier', what: ['licences changed (SPE_E3)'] }]);
});

test('whose mailbox is saved by a licence has something given back, and is not among the delicensed', () => {
  const stay = { reason: 'mailbox-flipped-back', because: 'its mailbox needs it' } as const;
  const saved = anOutcome('saved', [], { heldBack: [{ skuPartNumber: 'SPE_E3', ...stay }] });
  const gave = { step: 'licenses-changed' as const, ...receipt, removed: [], given: ['SPE_E3'] };
  const outcome = aRun({ ...saved, report: { ...saved.report, done: [gave] } });
  const changes = summariseChanges(outcome, files);
  expect(changes.delicensed).toEqual([]);
  expect(changes.restored).toMatchObject([{ displayName: 'saved', gives: ['SPE_E3'] }]);
});

test.each([
  [
    'assigned-since',
    'was assigned again on 2026-12-10, after the audit of 2026-12-07 that was reviewed',
    'was assigned again on 10 December 2026',
  ],
  ['size-unknown', 'nobody could tell how large the mailbox is', 'how large the mailbox is'],
  [
    'inherited-from-group',
    'comes from the group Licensing; take the account out of it to free the seat',
    'comes from the group Licensing',
  ],
  ['kept-by-reviewer', 'its mailbox stays a user mailbox, which needs a licence', 'its mailbox stays a user mailbox'],
] as const)('the reason shown is the one that was found: %s', (reason, because, words) => {
  const stays = { heldBack: [{ skuPartNumber: 'SPE_E3', reason, because }] };
  const comment = renderChangesComment(summariseChanges(aRun(anOutcome('held', [], stays)), files));
  expect(comment).toContain(words);
  if (reason !== 'kept-by-reviewer') expect(comment).not.toContain('reviewer');
});

test('each thing that was done has its receipt in the comment, of an item in a batch with its place', () => {
  const changes = summariseChanges(aRun(anOutcome('ana', ['sign-in-blocked'])), files);
  const comment = renderChangesComment(changes);
  expect(comment).toContain('Microsoft’s receipts: 1');
  expect(comment).toContain(
    '`ana@contoso.com` | sign-in blocked | `2026-12-07T09:30:00.000Z` | `r-1`, a batch: item `3` |',
  );
});

test('what is only foreseen has no receipt', () => {
  const foreseen = { done: [{ step: 'sign-in-blocked' as const, ...receipt, requestId: '', batch: null }] };
  expect(renderChangesComment(summariseChanges(aRun(anOutcome('ana', [], foreseen)), files))).not.toContain('receipt');
});

test('what stays is named with the reason that its file gives, and a phone number where its licence goes', () => {
  const outcome = anOutcome('flo', ['licenses-changed']);
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: today });
  const savings = {
    ...file.savings,
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'onedrive-files' as const }],
  };
  const value = {
    ...file,
    account: outcome.inputs.account,
    savings,
    oneDrive: { gigabytes: 3.1, files: 812, lastUse: null },
  };
  const desired = { ...outcome.inputs.desired, licenses: ['SPE_E3', 'VISIOCLIENT'] };
  const done = [
    {
      step: 'licenses-changed' as const,
      ...receipt,
      removed: ['EMS', 'MCOEV'],
      given: [],
      phones: ['MCOEV'],
    },
  ];
  const run = aRun({
    ...outcome,
    inputs: { ...outcome.inputs, desired },
    report: { ...outcome.report, done },
  });
  const changes = summariseChanges(run, { ...files, accounts: [{ value }] } as unknown as StackFiles);
  const comment = renderChangesComment(changes);
  expect(comment).toContain('`EMS` `MCOEV`<br>with `MCOEV` a phone number, if one is assigned');
  expect(comment).toContain('`SPE_E3`: its OneDrive holds files that nobody has released (3.1 GB)');
  expect(comment).toContain('`VISIOCLIENT`: kept by a reviewer');
  expect(print(changes)).toContain(
    'EMS, MCOEV, with MCOEV a phone number, if one is assigned; stays: SPE_E3 (its OneDrive',
  );
});

test('anyone who waits for somebody else has not failed, and what is refused need not have changed', () => {
  const waits = [{ for: 'active-directory' as const, because: 'Active Directory owns the account' }];
  const refused = [{ code: 'sign-ins-unavailable' as const, because: 'sign-ins could not be read' }];
  const run = aRun(anOutcome('synced', [], { waits }), anOutcome('unseen', [], { refused }));
  const comment = renderChangesComment(summariseChanges(run, files));
  expect(comment).toContain('**1** refused · **1** waiting');
  expect(comment).toMatch(/#### Waiting: 1\n(?:.*\n)*?.*synced.*Active Directory owns/);
  expect(comment).not.toMatch(/failed|changed since/i);
});

test('above a cap the comment says that nothing is taken, and lists what was given back', () => {
  const limited = 'Nothing is taken: 44 accounts would be disabled or delicensed, allowed are 25.';
  const run = {
    ...aRun(anOutcome('back', ['sign-in-allowed'])),
    limited,
    notes: ['The state knew no account.'],
  };
  const comment = renderChangesComment(summariseChanges(run, files));
  expect(comment).toMatch(/Only what is given back goes on:.*44 accounts/);
  expect(comment).toMatch(/\[!NOTE\]\n> The state knew no account/);
  expect(comment).toContain('**1** given back');
});

test('what a run did before it was killed is told by the next one, in a list of its own', () => {
  const doneEarlier = [
    { step: 'sign-in-blocked' as const },
    { step: 'licenses-changed' as const, removed: ['SPE_E3'], given: [] },
  ];
  const changes = summariseChanges(aRun(anOutcome('ana', [], { doneEarlier })), files);
  expect(changes.doneEarlier).toMatchObject([
    { displayName: 'ana', what: ['sign-in blocked', 'licences changed (SPE_E3)'] },
  ]);
  expect(changes.disabled).toEqual([]);
  expect(renderChangesComment(changes)).toContain('**1** done by an earlier run that ended early');
});

const office = { id: idOf('office'), displayName: 'Licensing: Office' };
const givenByOffice = (skuPartNumber: string) => ({
  ...{ skuPartNumber, skuId: idOf(skuPartNumber), assignedByGroup: office.id, disabledPlans: [] },
});

/** `anOutcome`, of somebody whose licences come from a group. */
function anOutcomeInGroup(name: string, report: Partial<ApplyOutcome>): AccountOutcome {
  const outcome = anOutcome(name, [], report);
  const licenses = ['SPE_E3', 'VISIOCLIENT'].map(givenByOffice);
  const restore = { ...outcome.inputs.restore, licenses, groups: [office] };
  return { ...outcome, inputs: { ...outcome.inputs, restore } };
}

test('a group that is left is named with what goes by it and when, each product is paid once, and what is not yet gone waits', () => {
  const done = [
    { step: 'licenses-changed' as const, ...receipt, removed: ['SPE_E3', 'EMS'], given: [] },
    { step: 'group-left' as const, ...receipt, group: office.displayName, removed: ['SPE_E3', 'VISIOCLIENT'] },
  ];
  const because = 'Entra has not yet taken back what the group Licensing: Office gave';
  const waits = [{ for: 'group-license' as const, because }];
  const changes = summariseChanges(aRun(anOutcomeInGroup('ana', { done, waits })), files);
  const { SPE_E3 = 0, EMS = 0, VISIOCLIENT = 0 } = prices.monthly;
  expect(changes.delicensed).toMatchObject([{ removed: ['SPE_E3', 'EMS', 'VISIOCLIENT'] }]);
  expect(changes.delicensed[0]?.monthly).toBeCloseTo(SPE_E3 + EMS + VISIOCLIENT, 2);
  const comment = renderChangesComment(changes);
  expect(comment).toContain('| `EMS`<br>`SPE_E3` `VISIOCLIENT` out of the group Licensing: Office |');
  expect(comment).toContain('What a group gave goes minutes to hours after the account is out of it.');
  expect(comment).toMatch(
    /#### Waiting: 1\n(?:.*\n)*?.*Entra has not yet taken back what the group Licensing: Office gave/,
  );
  expect(comment).toContain('| group left: Licensing: Office |');
  expect(print(changes)).toContain('SPE_E3, EMS, VISIOCLIENT, out of the group Licensing: Office');
});

test('a group that is joined again is given back, with what it gives', () => {
  const done = [{ step: 'group-joined' as const, ...receipt, group: office.displayName }];
  const changes = summariseChanges(aRun(anOutcomeInGroup('ana', { done })), files);
  const words = 'membership in the group Licensing: Office, which gives SPE_E3 and VISIOCLIENT';
  expect(changes.restored).toMatchObject([{ gives: [words] }]);
  expect(changes.delicensed).toEqual([]);
  expect(print(changes)).toContain(words);
});

test('a membership that stays is named with the group and the reason of its file, not only as a group’s', () => {
  const inherited = { reason: 'inherited-from-group', because: 'comes from the group Licensing: Office' } as const;
  const outcome = anOutcomeInGroup('ana', {
    heldBack: ['SPE_E3', 'EMS'].map((skuPartNumber) => ({ skuPartNumber, ...inherited })),
  });
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: today });
  const heldBack = [{ skuPartNumber: 'SPE_E3', reason: 'group-synced' as const }];
  const { account, restore } = outcome.inputs;
  const value = { ...file, account, restore, savings: { ...file.savings, heldBack } };
  const desired = { ...outcome.inputs.desired, licenses: ['SPE_E3'] };
  const run = aRun({ ...outcome, inputs: { ...outcome.inputs, desired } });
  const [ana] = summariseChanges(run, { ...files, accounts: [{ value }] } as unknown as StackFiles).delicensed;
  expect(ana?.stays).toEqual([
    {
      ...{ skuPartNumber: 'SPE_E3', reason: 'group-synced' },
      because: expect.stringMatching(/^comes from the group Licensing: Office: Active Directory owns/),
    },
    { skuPartNumber: 'EMS', ...inherited },
  ]);
});

test('what dynamic groups take back with the block is told with the block, with what it costs', () => {
  const outcome = anOutcome('ana', ['sign-in-blocked']);
  const { file } = anInForceFile({ account: anAccount(), stage: 'notify', since: today });
  const group = { ...{ id: office.id, displayName: 'Everybody', skuPartNumbers: ['SPE_E3'] } };
  const run = (membershipRule: string | null) => {
    const licenses = [givenByOffice('SPE_E3')];
    const { account } = outcome.inputs;
    const value = {
      ...file,
      account,
      restore: { ...file.restore, licenses },
      dynamicGroups: [{ ...group, membershipRule }],
    };
    return summariseChanges(aRun(outcome), { ...files, accounts: [{ value }] } as unknown as StackFiles);
  };
  const changes = run('user.accountEnabled -eq true');
  const comment = renderChangesComment(changes);
  expect(comment).toContain('**1** disabled, and groups take back licences of 1 of them (USD 36 a month)');
  expect(comment).toContain('| unchanged | `SPE_E3` |');
  expect(print(changes)).toContain('mailbox unchanged; SPE_E3 with it, by its group');
  // Of a rule that may not be read nothing is promised.
  expect(run(null).disabled).toEqual([expect.not.objectContaining({ withBlock: expect.anything() })]);
});

function print(changes: Changes): string {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  printChanges(changes);
  const words = log.mock.calls.join();
  log.mockRestore();
  return words;
}
