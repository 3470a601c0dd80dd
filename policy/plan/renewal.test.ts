import { expect, test } from 'vitest';
import { addDays, type Evidence } from '../evidence.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  daysAgo,
  lastSeen,
  signedIn,
  today,
} from '../tenant.fixture.ts';
import type { PlanInput } from './input.ts';
import { planMoves } from './plan.ts';

/** Silent for so long that a file of months ago could be made of it. */
const ana = anAccount({ usage: lastSeen({ exchange: '2026-01-05' }), signIns: signedIn('2026-01-05') });

interface Case {
  stage: Stage;
  /** Days since the audit that the file's evidence is of. */
  age: number;
  now?: Partial<Evidence>;
  edit?: (file: AccountFile) => AccountFile;
}

/** Ana's file, and Ana as the tenant shows her while nothing of it has been done. */
function world({ stage, age, now = {}, edit }: Case): PlanInput {
  const since = addDays(today, -age);
  const file = anInForceFile({ account: ana, stage, since, ...(edit ? { edit } : {}) });
  return aTenant({ accounts: [{ ...ana, ...now }], inForce: [file] });
}

/** Blocked and shared, as it is when a delicense has not been done. */
const disabled = anAppliedAccount(ana, 'disable');

test.each<[Stage, Partial<Evidence>, string]>([
  ['disable', {}, 'sign-in blocked and the mailbox as a shared mailbox'],
  ['disable', { accountEnabled: false }, 'the mailbox as a shared mailbox'],
  ['delicense', disabled, 'SPE_E3 removed'],
])('evidence in %s is renewed when it is too old for what the tenant does not show yet', (stage, now, missing) => {
  const { moves } = planMoves(world({ stage, age: 31, now }));
  expect(moves).toMatchObject([{ from: stage, to: stage, reason: 'evidence-renewed' }]);
  expect(moves[0]?.because).toBe(
    `its evidence of ${addDays(today, -31)} is 31 days old, allowed are 30, and the tenant does not show ${missing}`,
  );
});

const unknown = { skuPartNumber: 'SPE_E3', reason: 'onedrive-unknown' } as const;
const heldBack = (file: AccountFile): AccountFile => ({
  ...file,
  desired: { ...file.desired, licenses: ['SPE_E3'] },
  savings: { ...file.savings, monthly: 0, heldBack: [unknown] },
  oneDrive: { gigabytes: null, files: null, lastUse: null },
});
const mebibytes = (count: number): Evidence['oneDrive'] => ({
  kind: 'seen',
  storageUsedBytes: count * 1024 ** 2,
  files: 40,
  lastUsedOn: null,
});

test.each([
  ['a small OneDrive', mebibytes(120)],
  ['none', { kind: 'none' } as const],
])('a licence that stayed in a week without a readable report goes once one shows %s', (_, oneDrive) => {
  const input = world({ stage: 'delicense', age: 15, now: { ...disabled, oneDrive }, edit: heldBack });
  const { moves } = planMoves(input);
  expect(moves).toMatchObject([
    {
      to: 'delicense',
      reason: 'evidence-renewed',
      file: { desired: { licenses: [] }, savings: { monthly: 36, heldBack: [] } },
    },
  ]);
  expect(moves[0]?.because).toContain('what its OneDrive holds is known by now, so that SPE_E3 may go');
});

test.each<[string, Evidence['oneDrive']]>([
  ['a large one', mebibytes(1001)],
  ['nothing again', { kind: 'unknown' }],
])('it stays where a later report shows %s', (_, oneDrive) => {
  const now = { ...disabled, oneDrive };
  expect(planMoves(world({ stage: 'delicense', age: 15, now, edit: heldBack })).moves).toEqual([]);
});

test('it is not archived before it is gone', () => {
  const now = { ...disabled, oneDrive: mebibytes(120) };
  const { moves } = planMoves(world({ stage: 'delicense', age: 300, now, edit: heldBack }));
  expect(moves).toMatchObject([{ to: 'delicense', reason: 'evidence-renewed' }]);
});

const large = (file: AccountFile): AccountFile => ({
  ...heldBack(file),
  savings: { ...file.savings, monthly: 0, heldBack: [{ ...unknown, reason: 'onedrive-files' }] },
  oneDrive: { gigabytes: 40, files: 900, lastUse: null },
});

test.each<[string, Evidence['oneDrive']]>([
  ['shows less by now', mebibytes(120)],
  ['is not listed any more', { kind: 'none' }],
  ['still shows it', mebibytes(40_000)],
])('who waits for a release is not archived while the licence is paid for: the report %s', (_, oneDrive) => {
  const { moves } = planMoves(world({ stage: 'delicense', age: 300, now: { ...disabled, oneDrive }, edit: large }));
  expect(moves.filter(({ to }) => to === 'archive')).toEqual([]);
});

test('a licence that somebody took by hand leaves nothing to release', () => {
  const { moves } = planMoves(world({ stage: 'delicense', age: 300, now: { ...disabled, licenses: [] }, edit: large }));
  expect(moves).toMatchObject([{ to: 'archive' }]);
});

test.each([
  [14, 0],
  [15, 1],
  [30, 1],
])('evidence of %i days, which has to outlast another review, is renewed %i times', (age, times) => {
  expect(planMoves(world({ stage: 'delicense', age, now: disabled })).moves).toHaveLength(times);
});

test.each<[string, Partial<Evidence>, number, number, number]>([
  ['is tried once more', {}, 40, 40, 1],
  ['then left alone', {}, 60, 20, 0],
  ['tried again after a quarter', {}, 300, 90, 1],
  [
    'tried as usual where the audit sees that there is no hold',
    { mailbox: { ...ana.mailbox, recipientType: 'shared', hold: 'none' } },
    60,
    20,
    1,
  ],
])('a licence that may stay for a hold which this audit cannot see %s', (_, now, stageAge, age, times) => {
  const unseen = { ...disabled, mailbox: { ...disabled.mailbox, hold: null } };
  const input = world({ stage: 'delicense', age: stageAge, now: { ...unseen, ...now } });
  const [tracked] = input.inForce;
  if (tracked === undefined) throw new Error('Ana has a file');
  const evidence = { ...tracked.file.evidence, auditedOn: addDays(today, -age) };
  const inForce = [{ ...tracked, file: { ...tracked.file, evidence } }];
  expect(planMoves({ ...input, inForce }).moves).toHaveLength(times);
});

test('evidence of a day to come, which the apply refuses, is renewed', () => {
  const input = world({ stage: 'delicense', age: 20, now: disabled });
  const [tracked] = input.inForce;
  if (tracked === undefined) throw new Error('Ana has a file');
  const evidence = { ...tracked.file.evidence, auditedOn: addDays(today, 5) };
  const inForce = [{ ...tracked, file: { ...tracked.file, evidence } }];
  expect(planMoves({ ...input, inForce }).moves).toMatchObject([{ reason: 'evidence-renewed' }]);
});

test.each<[Stage, Partial<Evidence>]>([
  ['notify', {}],
  ['keep', {}],
  ['delicense', anAppliedAccount(ana, 'delicense')],
])('%s has nothing left to take, so that an old file in it stays as it is', (stage, now) => {
  const { moves } = planMoves(world({ stage, age: 40, now }));
  expect(moves.filter(({ reason }) => reason === 'evidence-renewed')).toEqual([]);
});

test('a disabled account whose mailbox a reviewer keeps is not waited for', () => {
  const edit = (file: AccountFile): AccountFile => ({
    ...file,
    desired: { ...file.desired, mailbox: 'unchanged' },
  });
  const now = { accountEnabled: false };
  expect(planMoves(world({ stage: 'disable', age: 40, now, edit })).moves).toEqual([]);
});

test('a licence that somebody has assigned again since the review is not asked for anew', () => {
  const now = { ...disabled, licenses: [aLicense('SPE_E3', { assignedOn: daysAgo(31) })] };
  expect(planMoves(world({ stage: 'delicense', age: 35, now })).moves).toEqual([]);
});

test('a licence that has to stay, for an archive that came since the review, is not asked for anew', () => {
  const now = { ...disabled, mailbox: { ...disabled.mailbox, hasArchive: true } };
  expect(planMoves(world({ stage: 'delicense', age: 35, now })).moves).toEqual([]);
});

test.each<[string, Partial<Evidence>]>([
  ['doubtful', { usage: { kind: 'missing' } }],
  ['incomplete', { incomplete: ['accountEnabled'] }],
])('%s evidence renews nothing', (_, doubt) => {
  const now = { ...disabled, ...doubt };
  expect(planMoves(world({ stage: 'delicense', age: 40, now })).moves).toEqual([]);
});

test('only the evidence of a renewed file is new, and one that is proposed already keeps its bytes', () => {
  const input = world({ stage: 'delicense', age: 31, now: disabled });
  const [move] = planMoves(input).moves;
  const before = input.inForce[0]?.file;
  expect(move?.file).toEqual({ ...before, evidence: move?.file.evidence, signed: move?.file.signed });
  expect(move?.file.evidence).toMatchObject({ auditedOn: today, inactiveDays: 334 });
  const text = planMoves(input).files.get(move?.path ?? '') ?? '';
  const proposed = [{ path: move?.path ?? '', text, file: move?.file ?? null, touchedByPerson: false }];
  const again = planMoves({ ...input, run: { ...input.run, auditedOn: addDays(today, 7) }, proposed });
  expect(again.files.get(move?.path ?? '')).toBe(text);
});

test('renewals are under the caps like the moves that they stand for', () => {
  const names = ['ana', 'bo', 'cy'].map((name) => `${name}@contoso.com`);
  const people = names.map((userPrincipalName) =>
    anAccount({ userPrincipalName, usage: ana.usage, signIns: ana.signIns }),
  );
  const since = addDays(today, -31);
  const { moves, waiting } = planMoves(
    aTenant({
      accounts: people.map((account) => anAppliedAccount(account, 'disable')),
      inForce: people.map((account) => anInForceFile({ account, stage: 'delicense', since })),
      policy: { limits: { changesPerApply: 2 } },
    }),
  );
  expect(moves).toHaveLength(2);
  expect(waiting).toMatchObject([{ limit: 'changesPerApply' }]);
});
