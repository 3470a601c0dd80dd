import { expect, test } from 'vitest';
import { anAccount } from '../account.fixture.ts';
import { anAccountFile, anInForceFile } from '../account-file.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FurthestStage } from '../schemas/signing.ts';
import { createVersionReader, type FileVersion } from '../signing/main-line.ts';
import { aSignedFile } from '../signing/signing.fixture.ts';
import { aTenant, today } from '../tenant.fixture.ts';
import { planMoves } from './plan.ts';
import { findSetBack, type SetBack } from './set-back.ts';

const path = 'stacks/contoso/accounts/ana.yaml';

/** As the audit of a day wrote it; `furthest`: what that audit proposed, where a person left it at less. */
function signedOn(day: Day, stage: Stage, furthest?: FurthestStage): AccountFile {
  const file = anAccountFile(stage);
  return aSignedFile(
    { ...file, evidence: { ...file.evidence, auditedOn: day } },
    furthest === undefined ? {} : { furthest },
  );
}

const notify = signedOn('2026-10-01', 'notify');
const review = signedOn('2026-11-01', 'review');
const disable = signedOn('2026-12-01', 'disable');

/** By hand: the words change, and the line of the audit stays. */
const moveByHand = (file: AccountFile, stage: Stage): AccountFile => ({ ...anAccountFile(stage), ...file, stage });

/** One version a day, from 2026-12-01 on; null takes the file out. */
function find(...versions: readonly (AccountFile | null)[]) {
  const line = versions.map(
    (file, at): FileVersion => ({ path, at, text: file === null ? null : serialiseAccountFile(file) }),
  );
  const days = new Map(versions.map((_, at) => [at, addDays('2026-12-01', at)]));
  return findSetBack({ versions: line, days }, createVersionReader()).map(({ on, from, to }) => [on, from, to]);
}

test.each<[string, (AccountFile | null)[], unknown]>([
  ['a wave that is reverted', [notify, review, notify], ['2026-12-03', 'review', 'notify']],
  [
    'a wave that is reverted, brought back by its revert, and reverted again',
    [notify, review, notify, review, notify],
    ['2026-12-05', 'review', 'notify'],
  ],
  [
    'a stage that is set back by hand',
    [review, disable, moveByHand(disable, 'review')],
    ['2026-12-03', 'disable', 'review'],
  ],
  ['a first warning that is reverted', [notify, null], ['2026-12-02', 'notify', null]],
  ['a file that is taken out of review', [notify, review, null], ['2026-12-03', 'review', null]],
  [
    'a revert that is followed by a new name',
    [notify, review, notify, signedOn('2026-12-05', 'notify')],
    ['2026-12-03', 'review', 'notify'],
  ],
  [
    'a file from before there were signatures',
    [anAccountFile('review'), anAccountFile('notify')],
    ['2026-12-02', 'review', 'notify'],
  ],
])('%s is a decision', (_, versions, decision) => {
  expect(find(...versions)).toEqual([decision]);
});

test.each<[string, (AccountFile | null)[]]>([
  ['what an audit proposed', [notify, review, signedOn('2026-12-02', 'notify')]],
  ['a wave held back in its proposal', [review, signedOn('2026-12-01', 'review', 'disable')]],
  ['a stage that no audit had proposed, put right again', [review, moveByHand(review, 'disable'), review]],
  ['a keep', [review, moveByHand(review, 'keep')]],
  ['a keep that has lapsed', [review, moveByHand(review, 'keep'), null]],
  ['a restore', [disable, moveByHand(disable, 'restore')]],
  ['a file that goes to the archive', [signedOn('2026-12-01', 'delicense'), null]],
  ['a revert that was reverted', [notify, review, notify, review]],
  ['an account that entered again', [notify, null, signedOn('2026-12-05', 'notify')]],
  ['what dormant include lets go on', [notify, review, notify, signedOn('2026-12-05', 'notify', 'review')]],
])('%s is none, or has ended it', (_, versions) => {
  expect(find(...versions)).toEqual([]);
});

test('a file that nobody can read says nothing, and a file that moves in one commit was not taken out', () => {
  const text = serialiseAccountFile(notify);
  const moved = [
    { path, at: 0, text },
    { path, at: 1, text: 'stage: [' },
    { path: path.replace('ana', 'reyes'), at: 2, text },
    { path, at: 2, text: null },
  ];
  expect(findSetBack({ versions: moved, days: new Map() }, createVersionReader())).toEqual([]);
});

const ana = anAccount();

function aSetBack(change: Partial<SetBack>): SetBack {
  return { accountId: ana.id.toUpperCase(), on: '2026-12-01', from: 'review', to: 'notify', path, at: 3, ...change };
}

test('who was set back stays where people have put them for keepDays, and the plan says so', () => {
  const inForce = [anInForceFile({ account: ana, stage: 'notify', since: '2026-11-01' })];
  const tenant = { accounts: [ana], inForce };
  expect(planMoves(aTenant(tenant)).moves).toHaveLength(1);
  const plan = planMoves(aTenant({ ...tenant, setBack: [aSetBack({})] }));
  expect(plan.moves).toEqual([]);
  expect(plan.held).toMatchObject([
    {
      because: 'set back to Notify from Review on main on 2026-12-01, which no audit had proposed',
      movesOn: addDays('2026-12-01', 90),
      withoutSetBack: { stage: 'notify', signed: expect.stringContaining('.review.') },
    },
  ]);
  const over = [aSetBack({ on: addDays(today, -90) })];
  expect(planMoves(aTenant({ ...tenant, setBack: over })).moves).toHaveLength(1);
});

test('the next audit says so already, not only once the days of the stage have passed', () => {
  const inForce = [anInForceFile({ account: ana, stage: 'review', since: today })];
  const setBack = [aSetBack({ on: today, from: 'disable', to: 'review' })];
  const [held] = planMoves(aTenant({ accounts: [ana], inForce, setBack })).held;
  expect(held).toMatchObject({ movesOn: addDays(today, 90), because: expect.stringContaining('set back to Review') });
});

test('whose file was taken out is not proposed again for keepDays, and is listed', () => {
  const setBack = [aSetBack({ from: 'notify', to: null })];
  const plan = planMoves(aTenant({ accounts: [ana], setBack }));
  expect(plan.moves).toEqual([]);
  expect(plan.declined).toEqual([]);
  expect(plan.setBack).toMatchObject([
    { judged: { evidence: { id: ana.id } }, on: '2026-12-01', from: 'notify', until: addDays('2026-12-01', 90) },
  ]);
});

test('who must be left alone leaves the plan as ever', () => {
  const inForce = [anInForceFile({ account: ana, stage: 'notify', since: '2026-11-01' })];
  const active = { ...ana, roles: [{ roleName: 'User Administrator', kind: 'active', viaGroup: null } as const] };
  const { moves } = planMoves(aTenant({ accounts: [active], inForce, setBack: [aSetBack({})] }));
  expect(moves).toMatchObject([{ to: null, reason: 'protected' }]);
});
