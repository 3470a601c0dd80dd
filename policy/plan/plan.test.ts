import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { parseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aProposedFile,
  aTenant,
  idOf,
  lastSeen,
  signedIn,
  type TenantChange,
  today,
} from '../tenant.fixture.ts';
import type { Plan } from './move.ts';
import { planMoves } from './plan.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const ana = anAccount();

function inForce(stage: Stage, days: number, edit?: (file: AccountFile) => AccountFile) {
  return anInForceFile({ account: ana, stage, since: addDays(today, -days), ...(edit ? { edit } : {}) });
}

/** As people read it: without the line at its end, which only signing tests look at. */
function withoutLine(text: string | null | undefined): string {
  return (text ?? '').replace(/^signed: .*\n/m, '');
}

function written(plan: Plan, of = path): AccountFile {
  return parseAccountFile(of, plan.files.get(of) ?? '');
}

test('a tenant in which nobody is inactive has an empty plan', () => {
  expect(planMoves(aTenant())).toEqual({
    stack: 'contoso',
    auditedOn: today,
    moves: [],
    ramp: null,
    held: [],
    waiting: [],
    declined: [],
    setBack: [],
    deletable: [],
    erasures: { erased: [], kept: [] },
    expiredExemptions: [],
    escalations: { path: 'stacks/contoso/escalations.yaml', entered: [], left: [], listed: [] },
    files: new Map(),
  });
});

test('a week without a move is a week without a diff', () => {
  const file = inForce('notify', 3);
  const plan = planMoves(aTenant({ accounts: [ana], inForce: [file] }));
  expect(plan.files.size).toBe(0);
  expect(plan.moves).toEqual([]);
  expect(plan.held).toMatchObject([
    {
      path,
      stage: 'notify',
      since: '2026-12-04',
      because: '3 of 7 days have passed since 2026-12-04',
      movesOn: '2026-12-11',
    },
  ]);
});

test('a move rewrites stage, desired, evidence and savings, and leaves what people wrote', () => {
  const file = inForce('review', 7);
  const text = file.text.replace('stage: review', '# Lee: fine with me\nstage: review');
  const plan = planMoves(aTenant({ accounts: [ana], inForce: [{ ...file, text }] }));
  expect(plan.moves).toMatchObject([{ path, from: 'review', to: 'disable', reason: 'stage-elapsed' }]);
  expect(withoutLine(plan.files.get(path))).toBe(
    text
      .replace('stage: review', 'stage: disable')
      .replace('accountEnabled: true\n  mailbox: unchanged', 'accountEnabled: false\n  mailbox: shared')
      .replace('auditedOn: 2026-11-30', 'auditedOn: 2026-12-07')
      .replace('reportRefreshDate: 2026-11-28', 'reportRefreshDate: 2026-12-05')
      .replace('inactiveDays: 136', 'inactiveDays: 143'),
  );
});

test('delicensing leaves what cannot be reclaimed today, with the reason', () => {
  const account = anAccount({ licenses: [aLicense('SPE_E3'), aLicense('EMS')] });
  const file = anInForceFile({ account, stage: 'disable', since: '2026-11-30' });
  const now = anAppliedAccount(account, 'disable');
  const accounts = [{ ...now, mailbox: { ...now.mailbox, hold: 'litigation' as const } }];
  const after = written(planMoves(aTenant({ accounts, inForce: [file] })));
  expect(after.desired).toEqual({ accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] });
  expect(after.savings).toEqual({
    monthly: 10.6,
    currency: 'USD',
    heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'litigation-hold' }],
  });
});

test('restore writes down why, and asks for what the account had', () => {
  const accounts = [{ ...anAppliedAccount(ana, 'delicense'), signIns: signedIn('2026-12-04') }];
  const plan = planMoves(aTenant({ accounts, inForce: [inForce('delicense', 20)] }));
  expect(written(plan)).toMatchObject({
    stage: 'restore',
    reason: 'last activity on 2026-12-04: a recent successful sign-in',
    desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] },
    restore: inForce('delicense', 20).file.restore,
  });
});

test('what delegates read is not written down as the person’s activity', () => {
  const usage = lastSeen({ exchange: '2026-12-05', teams: '2026-07-01' });
  const accounts = [{ ...anAppliedAccount(ana, 'disable'), usage }];
  const plan = planMoves(aTenant({ accounts, inForce: [inForce('disable', 7)] }));
  expect(plan.moves).toMatchObject([
    { to: 'delicense', judged: { judgement: { verdict: 'inactive', inactiveDays: 143 } } },
  ]);
  expect(written(plan).evidence).toMatchObject({
    inactiveDays: 143,
    lastActivity: { exchange: '2026-07-15' },
  });
});

test('a new name is written down at once, and nothing else is', () => {
  const file = inForce('disable', 2);
  const accounts = [
    {
      ...anAppliedAccount(ana, 'disable'),
      displayName: 'Ana Park',
      userPrincipalName: 'ana.park@contoso.com',
    },
  ];
  const plan = planMoves(aTenant({ accounts, inForce: [file] }));
  expect(plan.moves).toMatchObject([
    {
      path,
      from: 'disable',
      to: 'disable',
      reason: 'renamed',
      because: 'was Ana Reyes (ana.reyes@contoso.com)',
    },
  ]);
  expect(withoutLine(plan.files.get(path))).toBe(
    file.text
      .replace('ana.reyes@contoso.com', 'ana.park@contoso.com')
      .replace('displayName: Ana Reyes', 'displayName: Ana Park'),
  );
});

test('a rename is not capped as a change, however many there are', () => {
  const accounts = [{ ...anAppliedAccount(ana, 'disable'), displayName: 'Ana Park' }];
  const policy = { limits: { changesPerApply: 0, changesPerDepartment: 0 } };
  expect(planMoves(aTenant({ accounts, inForce: [inForce('disable', 2)], policy })).moves).toHaveLength(1);
});

test('thirty days after it was delicensed an account is listed as deletable, and stays in the plan', () => {
  const old = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });
  const at = (days: number) => {
    const file = anInForceFile({ account: old, stage: 'delicense', since: addDays(today, -days) });
    return planMoves(aTenant({ accounts: [anAppliedAccount(old, 'delicense')], inForce: [file] }));
  };
  expect(at(29).deletable).toEqual([]);
  expect(at(30).deletable).toMatchObject([{ path, delicensedOn: '2026-11-07' }]);
  expect(at(30).held).toHaveLength(1);
  expect(at(30).files.size).toBe(0);
});

test('a file that is archived leaves the program with every byte it had', () => {
  const old = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });
  const made = anInForceFile({ account: old, stage: 'delicense', since: addDays(today, -180) });
  const file = { ...made, text: `${made.text}# HR: keep the mailbox\n` };
  const plan = planMoves(aTenant({ accounts: [anAppliedAccount(old, 'delicense')], inForce: [file] }));
  expect(plan.moves).toMatchObject([{ from: 'delicense', to: 'archive', reason: 'archived' }]);
  expect(plan.files).toEqual(
    new Map([
      [path, null],
      ['stacks/contoso/archive/ana.reyes@contoso.com.yaml', file.text],
    ]),
  );
  expect(plan.deletable).toHaveLength(1);
});

test('somebody who comes back just before the file is archived is restored and not deletable', () => {
  const old = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });
  const file = anInForceFile({ account: old, stage: 'delicense', since: addDays(today, -180) });
  const accounts = [{ ...anAppliedAccount(old, 'delicense'), signIns: signedIn(today) }];
  const plan = planMoves(aTenant({ accounts, inForce: [file] }));
  expect(plan.moves.map(({ to }) => to)).toEqual(['restore']);
  expect(plan.deletable).toEqual([]);
});

test('an object id is the same in any case', () => {
  const file = inForce('notify', 7, (made) => ({
    ...made,
    account: { ...made.account, id: made.account.id.toUpperCase() },
  }));
  const plan = planMoves(aTenant({ accounts: [ana], inForce: [file], declined: [] }));
  expect(plan.moves.map(({ from, to }) => [from, to])).toEqual([['notify', 'review']]);
});

/** One audit, its proposal on the branch, and another audit some days later. */
function twice(days: number, change: TenantChange, base: TenantChange = { accounts: [ana] }) {
  const first = planMoves(aTenant(base));
  const proposed = first.moves.map(({ path: at, file }) =>
    aProposedFile({ path: at, text: first.files.get(at) ?? null, file }),
  );
  const later = addDays(today, days);
  const run = { auditedOn: later, reportRefreshDate: addDays(later, -2) };
  const second = planMoves(aTenant({ ...base, run, proposed, ...change }));
  return { first, second, before: first.files.get(path), after: second.files.get(path) };
}

test('a proposal that is open for a week is not rewritten for a week more of silence', () => {
  const { before, after, second } = twice(7, {});
  expect(after).toBe(before);
  // What the reviewer reads is what stands in the file.
  expect(second.moves[0]?.file.evidence.auditedOn).toBe(today);
});

test('evidence that would be too old by the time of the merge is renewed', () => {
  expect(twice(14, {}).after).toBe(twice(14, {}).before);
  expect(twice(15, {}).second.moves[0]?.file.evidence.auditedOn).toBe('2026-12-22');
  expect(twice(15, {}).after).not.toBe(twice(15, {}).before);
});

test.each<[string, TenantChange]>([
  ['name', { accounts: [{ ...ana, displayName: 'Ana Park' }] }],
  ['manager', { accounts: [{ ...ana, manager: null }] }],
  ['licences', { accounts: [{ ...ana, licenses: [aLicense('SPE_E3'), aLicense('EMS')] }] }],
])('a proposal is rewritten when the account’s %s is no longer what it says', (_what, change) => {
  const { before, after } = twice(7, change);
  expect(after).not.toBe(before);
});

test('a hold that is found while the proposal is open keeps the licence', () => {
  const accounts = [anAppliedAccount(ana, 'disable')];
  const base = { accounts, inForce: [inForce('disable', 7)] };
  const held = accounts.map((seen) => ({ ...seen, mailbox: { ...seen.mailbox, hasArchive: true } }));
  const { first, second } = twice(7, { accounts: held }, base);
  expect(written(first).desired.licenses).toEqual([]);
  expect(written(second).desired.licenses).toEqual(['SPE_E3']);
});

test('a comment that reached main while the proposal is open is not taken back by it', () => {
  const file = inForce('review', 7);
  const withComment = (text: string | null = null) => text?.replace('stage:', '# Lee called on Monday\nstage:');
  const commented = { ...file, text: withComment(file.text) ?? '' };
  const { before, after } = twice(3, { inForce: [commented] }, { accounts: [ana], inForce: [file] });
  expect(after).toBe(withComment(before));
});

test('someone who came back while the proposal was open is not in it any more', () => {
  const accounts = [{ ...ana, signIns: signedIn(today) }];
  const { second } = twice(0, { accounts });
  expect({ moves: second.moves, files: second.files.size }).toEqual({ moves: [], files: 0 });
});

test('moves are listed by what they do, the gravest first, and by name', () => {
  const person = (name: string) => anAccount({ userPrincipalName: `${name}@contoso.com` });
  const at = (name: string, stage: Stage, days: number) =>
    anInForceFile({ account: person(name), stage, since: addDays(today, -days) });
  const plan = planMoves(
    aTenant({
      accounts: [
        person('new'),
        person('b'),
        person('a'),
        anAppliedAccount(person('c'), 'disable'),
        person('d'),
        { ...anAppliedAccount(person('e'), 'disable'), signIns: signedIn(today) },
        { ...person('f'), signIns: signedIn(today) },
      ],
      inForce: [
        at('b', 'review', 7),
        at('a', 'review', 7),
        at('c', 'disable', 7),
        at('d', 'notify', 7),
        at('e', 'disable', 2),
        at('f', 'notify', 2),
        at('gone', 'notify', 2),
      ],
    }),
  );
  expect(plan.moves.map(({ path: at, to }) => `${at.split('/').at(-1)?.split('@')[0]} ${to}`)).toEqual([
    'c delicense',
    'a disable',
    'b disable',
    'd review',
    'new notify',
    'e restore',
    'f null',
    'gone null',
  ]);
});

test('exemptions that have expired are proposed to go together with the moves', () => {
  const exemptions = [
    { account: 'ana.reyes@contoso.com', reason: 'on leave', owner: 'Lee Park', until: '2026-12-06' },
    { account: 'kim.ito@contoso.com', reason: 'on leave', owner: 'Lee Park', until: '2026-12-07' },
  ];
  const plan = planMoves(aTenant({ accounts: [ana], exemptions }));
  expect(plan.moves.map(({ to }) => to)).toEqual(['notify']);
  expect(plan.expiredExemptions).toEqual(exemptions.slice(0, 1));
  expect(plan.files.get('exemptions.yaml')).toContain('kim.ito@contoso.com');
  expect(plan.files.get('exemptions.yaml')).not.toContain('ana.reyes@contoso.com');
});

test('an account that is both direct and inherited keeps both on record', () => {
  const group = idOf('Sales licences');
  const account = anAccount({
    licenses: [aLicense('SPE_E3'), aLicense('SPE_E3', { assignedByGroup: group })],
  });
  const file = written(planMoves(aTenant({ accounts: [account] })));
  expect(file.desired.licenses).toEqual(['SPE_E3']);
  expect(file.restore.licenses.map(({ assignedByGroup }) => assignedByGroup)).toEqual([null, group]);
  expect(file.savings.heldBack).toEqual([{ skuPartNumber: 'SPE_E3', reason: 'inherited-from-group' }]);
});
