import { expect, test } from 'vitest';
import { addDays, type Evidence } from '../evidence.ts';
import { parseAccountFile } from '../files/account-file.ts';
import type { AccountFile } from '../schemas/account.ts';
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
import type { PlanInput } from './input.ts';
import type { Plan } from './move.ts';
import { planMoves } from './plan.ts';

const ana = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });
const flipped = { ...ana.mailbox, recipientType: 'user' as const };
const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const archivePath = 'stacks/contoso/archive/ana.reyes@contoso.com.yaml';

interface Case {
  before?: Evidence;
  now?: Partial<Evidence>;
  edit?: (file: AccountFile) => AccountFile;
  more?: TenantChange;
}

function delicensedFile({ before = ana, edit }: Case) {
  const since = addDays(today, -100);
  return anInForceFile({ account: before, stage: 'delicense', since, ...(edit ? { edit } : {}) });
}

/** Ana, delicensed a hundred days ago, whose shared mailbox is a user mailbox again. */
function inForce(given: Case = {}): PlanInput {
  const { before = ana, now = {}, more = {} } = given;
  const account = { ...anAppliedAccount(before, 'delicense'), mailbox: flipped, ...now };
  return aTenant({ accounts: [account], inForce: [delicensedFile(given)], ...more });
}

/** The same, with her file in archive/. */
function archived(given: Case = {}): PlanInput {
  const { before = ana, now = {}, more = {} } = given;
  const account = { ...anAppliedAccount(before, 'delicense'), mailbox: flipped, ...now };
  const { since: _, ...file } = delicensedFile(given);
  return aTenant({ accounts: [account], archived: [{ ...file, path: archivePath }], ...more });
}

function fileIn({ files }: Plan): AccountFile {
  const text = files.get(path);
  if (typeof text !== 'string') throw new Error(`the plan does not write ${path}`);
  return parseAccountFile(path, text);
}

const because =
  'its mailbox is a user mailbox again: without a licence its mail can be lost from 2026-12-08 on and is lost by 2027-01-06';

test.each([
  ['in delicense', inForce],
  ['in archive/', archived],
])('a mailbox that flips back is in the next proposal with the day its mail is lost: %s', (_, world) => {
  const plan = planMoves(world());
  expect(plan.moves).toMatchObject([
    { path, from: 'delicense', to: 'delicense', reason: 'mailbox-flipped-back', because },
  ]);
  const file = fileIn(plan);
  expect(file).toMatchObject({
    stage: 'delicense',
    reason: because,
    desired: { accountEnabled: false, mailbox: 'shared', licenses: ['SPE_E3'] },
    savings: { monthly: 0, heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
    mailbox: { lostFrom: '2026-12-08', lostBy: '2027-01-06' },
  });
});

test('a file that comes back leaves the archive, and keeps what people wrote in it', () => {
  const input = archived();
  const [file] = input.archived;
  if (file === undefined) throw new Error('her file is archived');
  const noted = [{ ...file, text: `# Lee wants her mail\n${file.text}` }];
  const { files } = planMoves({ ...input, archived: noted });
  expect([...files.keys()].sort()).toEqual([path, archivePath].sort());
  expect(files.get(archivePath)).toBeNull();
  expect(files.get(path)).toContain('# Lee wants her mail');
});

test('what was reviewed stays as it was reviewed', () => {
  const { file: before } = delicensedFile({});
  const after = fileIn(planMoves(inForce()));
  for (const field of ['account', 'evidence', 'restore', 'oneDrive', 'dynamicGroups'] as const)
    expect(after[field]).toEqual(before[field]);
});

test('no cap holds it up, and what takes waits behind it', () => {
  const limits = {
    newAccountsPerAudit: 0,
    newAccountsPerDepartment: 0,
    changesPerApply: 0,
    shareOfTenant: 0,
  };
  for (const world of [inForce, archived])
    expect(planMoves(world({ more: { policy: { limits } } })).moves).toHaveLength(1);
});

const assign = (...skus: string[]) => ({ ...ana, licenses: skus.map((sku) => aLicense(sku)) });

test.each([
  ['the one that also pays for an archive or a hold', ['EXCHANGESTANDARD', 'SPE_E3'], ['SPE_E3']],
  ['of two that do, the cheaper', ['SPE_E5', 'SPE_E3'], ['SPE_E3']],
  ['none that carries no mailbox', ['EMS', 'EXCHANGESTANDARD'], ['EXCHANGESTANDARD']],
  [
    'Plan 1 together with its archive',
    ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
    ['EXCHANGEARCHIVE_ADDON', 'EXCHANGESTANDARD'],
  ],
])('what is given back: %s', (_, had, given) => {
  const before = assign(...had);
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, licenses: [] },
    savings: { ...file.savings, heldBack: [] },
  });
  const { desired } = fileIn(planMoves(inForce({ before, edit })));
  expect([...desired.licenses].sort()).toEqual(given);
});

const fromGroup = aLicense('SPE_E3', {
  assignedByGroup: idOf('everybody'),
  groupName: 'Everybody',
  dynamicGroup: { membershipRule: 'user.accountEnabled -eq true' },
});

test('what a group took back with the block is given directly, since the group gives nothing to who is blocked', () => {
  const before = { ...ana, licenses: [fromGroup, aLicense('EMS')] };
  for (const world of [inForce, archived])
    expect(fileIn(planMoves(world({ before, now: { licenses: [] } })))).toMatchObject({
      desired: { accountEnabled: false, licenses: ['SPE_E3'] },
      savings: { heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
    });
});

test.each([
  ['waited for while it is the same time', '2026-11-20', []],
  ['proposed anew when it has been connected since', '2026-11-29', ['mailbox-flipped-back']],
])('a mailbox whose licence the file on main asks for already is %s', (_, disconnectedOn, reasons) => {
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    savings: { ...file.savings, heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
    mailbox: { lostFrom: '2026-12-20', lostBy: '2026-12-20' },
  });
  const now = { licenses: [], mailbox: { ...flipped, disconnectedOn } };
  const { moves } = planMoves(inForce({ edit, now }));
  expect(moves.map(({ reason }) => reason)).toEqual(reasons);
});

test.each<[string, Partial<Evidence['mailbox']>]>([
  ['that nobody finds', { recipientType: 'none' }],
  ['that is a user mailbox again', {}],
])('the day of a mailbox %s does not move with each audit, once main has it', (_, mailbox) => {
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    savings: { ...file.savings, heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
    mailbox: { lostFrom: today, lostBy: addDays(today, 20) },
  });
  const now = { licenses: [], mailbox: { ...flipped, ...mailbox } };
  const { moves, held } = planMoves(inForce({ edit, now }));
  expect(moves).toEqual([]);
  expect(held[0]?.because).toContain(`is lost by ${addDays(today, 20)}`);
});

test('a mailbox that nobody finds is said to have lost its mail once the day on main is over', () => {
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'] },
    savings: { ...file.savings, heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
    mailbox: { lostFrom: addDays(today, -30), lostBy: addDays(today, -2) },
  });
  const now = { licenses: [], mailbox: { ...flipped, recipientType: 'none' as const } };
  const { moves, held } = planMoves(inForce({ edit, now }));
  expect(moves).toEqual([]);
  expect(held[0]?.because).toContain(`its mail is lost since ${addDays(today, -2)}`);
});

test('who declined to save a mailbox that nobody finds is not asked again at each audit', () => {
  const declined = [{ accountId: ana.id, until: addDays(today, 20) }];
  const none = { ...flipped, recipientType: 'none' as const };
  const plan = planMoves(inForce({ now: { mailbox: none }, more: { declined } }));
  expect(plan.moves).toEqual([]);
  expect(plan.held).toMatchObject([{ movesOn: addDays(today, 20) }]);
  expect(plan.held[0]?.because).toContain('its pull request was closed');
  expect(planMoves(inForce({ more: { declined } })).moves).toHaveLength(1);
});

test('a licence of its own is given before one that came from a group', () => {
  const before = { ...ana, licenses: [fromGroup, aLicense('EXCHANGESTANDARD')] };
  const { savings } = fileIn(planMoves(inForce({ before, now: { licenses: [] } })));
  expect(savings.heldBack).toContainEqual({
    skuPartNumber: 'EXCHANGESTANDARD',
    reason: 'mailbox-flipped-back',
  });
});

test('what was held back for its files and released since is given back for the mailbox', () => {
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, licenses: ['SPE_E3'], oneDrive: 'release' },
    savings: { ...file.savings, heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'onedrive-files' }] },
  });
  expect(fileIn(planMoves(inForce({ edit })))).toMatchObject({
    desired: { licenses: ['SPE_E3'], oneDrive: 'release' },
    savings: { heldBack: [{ skuPartNumber: 'SPE_E3', reason: 'mailbox-flipped-back' }] },
  });
});

test('where nothing that it had carries a mailbox, somebody has to assign a licence, and the plan says until when', () => {
  const before = { ...ana, licenses: [aLicense('EMS')] };
  for (const world of [inForce, archived]) {
    const { moves, held } = planMoves(world({ before, now: { licenses: [] } }));
    expect(moves).toEqual([]);
    expect(held).toMatchObject([
      { because: expect.stringContaining(`${because}; none of the licences that it had carries a mailbox`) },
    ]);
  }
});

test.each([
  ['a shared mailbox', { mailbox: { ...flipped, recipientType: 'shared' as const } }],
  ['a licence that somebody gave', { licenses: [aLicense('EXCHANGESTANDARD')] }],
  [
    'mail that was lost long ago',
    { mailbox: { ...flipped, recipientType: 'none' as const, disconnectedOn: '2026-10-01' } },
  ],
  ['a mailbox of which nobody could tell', { mailbox: { ...flipped, recipientType: 'unknown' as const } }],
])('there is nothing to save with %s', (_, now) => {
  for (const world of [inForce, archived])
    expect(planMoves(world({ now })).moves.filter(({ reason }) => reason === 'mailbox-flipped-back')).toEqual([]);
});

test('a user mailbox that a licence keeps is noted and left alone', () => {
  const { held } = planMoves(inForce({ now: { licenses: [aLicense('EXCHANGESTANDARD')] } }));
  expect(held).toMatchObject([
    {
      because: 'delicensed since 2026-08-29; its mailbox is a user mailbox again, and a licence keeps its mail',
    },
  ]);
});

test('anyone who is back gets everything back, and it is said until when that saves the mail', () => {
  const now = { signIns: signedIn(today) };
  expect(planMoves(inForce({ now })).moves).toMatchObject([
    { to: 'restore', reason: 'active-again', because: expect.stringContaining(because) },
  ]);
  expect(planMoves(archived({ now })).moves).toMatchObject([
    { to: 'restore', reason: 'mailbox-flipped-back', because: expect.stringContaining(because) },
  ]);
});

test('a file never comes back to block an account that may sign in again', () => {
  for (const world of [inForce, archived]) {
    const plan = planMoves(world({ now: { accountEnabled: true } }));
    expect(plan.moves).toMatchObject([{ to: 'restore', reason: 'mailbox-flipped-back' }]);
    expect(fileIn(plan)).toMatchObject({ stage: 'restore', desired: { accountEnabled: true } });
  }
});

test('after the save nothing more is proposed, and the licence stays held back', () => {
  const plan = planMoves(inForce());
  const file = fileIn(plan);
  const text = plan.files.get(path) ?? '';
  const main = [{ path, text, file, since: addDays(today, -100) }];
  const merged = planMoves({ ...inForce(), inForce: main });
  expect(merged.moves).toEqual([]);
  expect(merged.held).toMatchObject([{ because: `waits until the tenant shows SPE_E3 assigned: ${because}` }]);
  const saved = {
    licenses: [aLicense('SPE_E3', { assignedOn: today })],
    mailbox: { ...flipped, recipientType: 'shared' as const, flipsBack: true as const },
  };
  const after = planMoves({ ...inForce({ now: saved }), inForce: main });
  expect(after.moves).toEqual([]);
  expect(after.held).toMatchObject([{ because: 'delicensed since 2026-08-29' }]);
});

test('a proposal that is open keeps the day that it was made with, without a new byte', () => {
  for (const world of [inForce, archived]) {
    const first = planMoves(world());
    const text = first.files.get(path) ?? '';
    const standing = aProposedFile({ path, text, file: parseAccountFile(path, text) });
    const run = { ...world().run, auditedOn: addDays(today, 7) };
    const again = planMoves({ ...world(), proposed: [standing], run });
    expect(again.moves).toMatchObject([{ because }]);
    expect(again.files.get(path)).toBe(text);
  }
});

test('a person’s version of a file that comes back stands, and leaves the archive with it', () => {
  const file = fileIn(planMoves(archived()));
  const kept: AccountFile = { ...file, stage: 'keep', reason: 'her manager wants the mail' };
  const theirs = aProposedFile({ path, file: kept, touchedByPerson: true });
  const plan = planMoves(archived({ more: { proposed: [theirs] } }));
  expect(plan.moves).toMatchObject([{ from: 'delicense', to: 'keep', reason: 'changed-by-reviewer' }]);
  expect(plan.files.get(path)).toBe(theirs.text);
  expect(plan.files.get(archivePath)).toBeNull();
});

test('a reviewer who takes it out of the proposal leaves the archive as it is', () => {
  const gone = aProposedFile({ path, touchedByPerson: true });
  const { files } = planMoves(archived({ more: { proposed: [gone] } }));
  expect(files.get(archivePath)).toBeUndefined();
});

test('what was declined not long ago stays in the archive', () => {
  const declined = [{ accountId: ana.id, until: addDays(today, 5) }];
  expect(planMoves(archived({ more: { declined } })).moves).toEqual([]);
});

test('an archived account with a file in force is not looked at twice, and the archive’s file goes', () => {
  const plan = planMoves({ ...inForce(), archived: archived().archived });
  expect(plan.moves).toMatchObject([{ archivePaths: [archivePath] }]);
  expect(plan.files.get(archivePath)).toBe(null);
});

test('where somebody has taken the old name since, the file comes back under another one', () => {
  const other = anAccount({ id: idOf('another Ana'), userPrincipalName: 'ana.reyes2@contoso.com' });
  const file = anInForceFile({ account: other, stage: 'notify', since: addDays(today, -2) });
  const input = archived({ more: { inForce: [{ ...file, path }] } });
  const [move] = planMoves(input).moves.filter(({ reason }) => reason === 'mailbox-flipped-back');
  expect(move?.path).toMatch(/accounts\/ana\.reyes@contoso\.com-.{8}\.yaml$/);
});

test('an archived account that has something to lose again enters anew, under a name of its own', () => {
  const now = { licenses: [aLicense('SPE_E3')], mailbox: { ...flipped, recipientType: 'shared' as const } };
  const { moves } = planMoves(archived({ now }));
  expect(moves).toMatchObject([{ from: null, to: 'notify' }]);
  expect(moves[0]?.path).not.toBe(path);
});

test('an archived account whose mailbox was saved does not enter anew for the licence that saves it', () => {
  const mailbox = { ...flipped, recipientType: 'shared' as const, flipsBack: true as const };
  expect(planMoves(archived({ now: { licenses: [aLicense('SPE_E3')], mailbox } })).moves).toEqual([]);
});

test.each<[string, Partial<Evidence['mailbox']>]>([
  ['a user mailbox', {}],
  ['a mailbox that nobody finds', { recipientType: 'none' }],
])('who is disabled with %s and no licence for it is not delicensed before somebody has saved it', (_, mailbox) => {
  const file = anInForceFile({ account: ana, stage: 'disable', since: addDays(today, -10) });
  const now = {
    ...anAppliedAccount(ana, 'disable'),
    licenses: [aLicense('EMS')],
    mailbox: { ...flipped, ...mailbox },
  };
  const { held, moves } = planMoves(aTenant({ accounts: [now], inForce: [file] }));
  expect(moves).toEqual([]);
  expect(held).toMatchObject([
    {
      because:
        'waits until the tenant shows the mailbox as a shared mailbox (no licence carries it any more, and its mail can be lost from 2026-12-08 on and is lost by 2027-01-06: somebody has to assign one)',
    },
  ]);
});

test('a mailbox that is gone for longer than Microsoft keeps it holds nobody up', () => {
  const now = { ...anAppliedAccount(ana, 'disable'), licenses: [aLicense('EMS')] };
  const gone = { ...now, mailbox: { ...flipped, recipientType: 'none' as const } };
  const at = (days: number, account: Evidence) =>
    planMoves(
      aTenant({
        accounts: [account],
        inForce: [anInForceFile({ account: ana, stage: 'disable', since: addDays(today, -days) })],
      }),
    ).moves;
  expect(at(10, { ...gone, mailbox: { ...gone.mailbox, disconnectedOn: '2026-10-01' } })).toMatchObject([
    { to: 'delicense' },
  ]);
  expect(at(38, gone)).toMatchObject([{ to: 'delicense' }]);
});
