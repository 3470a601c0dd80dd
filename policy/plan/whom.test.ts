// Populations and scope in the plan: whose days count, and what becomes of those who leave the scope.
import { expect, test } from 'vitest';
import { parseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Population } from '../schemas/populations.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aTenant,
  daysAgo,
  lastSeen,
  signedIn,
  type TenantChange,
  theRules,
} from '../tenant.fixture.ts';
import { planMoves } from './plan.ts';

const frontline: Population = {
  ...{ name: 'frontline', match: { licenses: ['SPE_F1'] }, inactiveAfterDays: 30 },
  stages: { notifyDays: 3 },
};
const silentFor = (days: number) => ({
  usage: lastSeen({ exchange: daysAgo(days) }),
  signIns: signedIn(daysAgo(days)),
});
const worker = anAccount({ ...silentFor(40), licenses: [aLicense('SPE_F1')] });

const plan = (change: TenantChange) => {
  const { moves, held, escalations } = planMoves(aTenant(change));
  return {
    moves: moves.map(({ from, to, reason }) => [from, to, reason]),
    held: held.map(({ stage, because }) => [stage, because]),
    escalated: escalations.entered.length,
  };
};

/** Somebody whose file came to this stage so many days ago. */
function aFileInForce(stage: Stage, since: string, policy: TenantChange['policy'] = {}, account = anAccount()) {
  return anInForceFile({ account, stage, since, rules: theRules({ policy }) });
}

test('a file says by which population its account was judged, and nothing where it was none', () => {
  const written = (policy: TenantChange['policy']) => {
    const { files } = planMoves(aTenant({ accounts: [{ ...worker, ...silentFor(140) }], policy: policy ?? {} }));
    const [text] = files.values();
    return parseAccountFile('a.yaml', text ?? '').evidence.population;
  };
  expect(written({ populations: [frontline] })).toBe('frontline');
  expect(written({ populations: [{ ...frontline, match: { licenses: ['SPE_E3'] } }] })).toBeUndefined();
});

test('a population with a shorter silence enters sooner, and one with a longer later', () => {
  expect(plan({ accounts: [worker] }).moves).toEqual([]);
  expect(plan({ accounts: [worker], policy: { populations: [frontline] } }).moves).toEqual([
    [null, 'notify', 'inactive'],
  ]);
  const pupils = { name: 'pupils', match: { departments: ['Sales'] }, inactiveAfterDays: 180 };
  expect(plan({ accounts: [anAccount()], policy: { populations: [pupils] } }).moves).toEqual([]);
});

test('the stages of a population last as long as it says', () => {
  const policy = { populations: [frontline] };
  const inForce = [aFileInForce('notify', '2026-12-04', policy, worker)];
  expect(plan({ accounts: [worker], inForce, policy }).moves).toEqual([['notify', 'review', 'stage-elapsed']]);
  expect(plan({ accounts: [anAccount()], inForce: [aFileInForce('notify', '2026-12-04')], policy }).moves).toEqual([]);
});

test('whoever loses the licence of their population by delicensing belongs to it still, and is not given everything back', () => {
  const policy = { populations: [frontline] };
  const file = aFileInForce('delicense', '2026-12-01', policy, worker);
  const now = anAppliedAccount(worker, 'delicense');
  expect(now.licenses).toEqual([]);
  expect(plan({ accounts: [now], inForce: [file], policy }).moves).toEqual([]);
  const { population: _, ...evidence } = file.file.evidence;
  const asOffice: AccountFile = { ...file.file, evidence };
  const other = plan({ accounts: [now], inForce: [{ ...file, file: asOffice }], policy });
  expect(other.moves).toEqual([['delicense', 'restore', 'active-again']]);
});

test.each<[Stage, (string | null)[][], (string | RegExp)[][]]>([
  ['notify', [['notify', null, 'out-of-scope']], []],
  ['review', [['review', null, 'out-of-scope']], []],
  ['disable', [], [['disable', 'outside the scope of policy.yaml']]],
  ['keep', [], [['keep', 'kept by a reviewer since 2026-11-20']]],
])('in %s, whoever is outside a narrowed scope moves %j and is held %j', (stage, moves, held) => {
  const inForce = [aFileInForce(stage, '2026-11-20')];
  const accounts = [anAppliedAccount(anAccount(), stage)];
  expect(plan({ accounts, inForce, policy: { scope: { departments: ['Finance'] } } })).toMatchObject({ moves, held });
});

test('outside the scope what is left of a delicensing waits, and what is done goes to the archive in its time', () => {
  const policy = { scope: { departments: ['Finance'] } };
  const open = { accounts: [{ ...anAccount(), accountEnabled: false }], policy };
  expect(plan({ ...open, inForce: [aFileInForce('delicense', '2026-11-20')] }).held).toEqual([
    ['delicense', 'outside the scope of policy.yaml'],
  ]);
  const old = anAccount({ usage: lastSeen({ exchange: '2025-01-01' }), signIns: signedIn('2025-01-01') });
  const done = { accounts: [anAppliedAccount(old, 'delicense')], policy };
  expect(plan({ ...done, inForce: [aFileInForce('delicense', '2026-05-01', {}, old)] }).moves).toEqual([
    ['delicense', 'archive', 'archived'],
  ]);
});

test('giving back goes on outside the scope', () => {
  const policy = { scope: { departments: ['Finance'] } };
  const back = { ...anAppliedAccount(anAccount(), 'disable'), signIns: signedIn(daysAgo(1)) };
  const inForce = [aFileInForce('disable', '2026-11-20')];
  expect(plan({ accounts: [back], inForce, policy }).moves).toEqual([['disable', 'restore', 'active-again']]);
});

test('whoever is not known to be inside stays where they are', () => {
  const policy = { scope: { groups: [{ name: 'Pilot' }] } };
  const namedGroups = { in: [], unknown: ['"pilot"'] };
  for (const stage of ['notify', 'disable'] as const) {
    const accounts = [{ ...anAppliedAccount(anAccount(), stage), namedGroups }];
    const found = plan({ accounts, inForce: [aFileInForce(stage, '2026-11-20')], policy });
    expect(found).toMatchObject({ moves: [], held: [[stage, expect.stringMatching(/^not known to be inside/)]] });
  }
});

test('HR is told of no executive outside the scope, and whoever has left it leaves the list', () => {
  const accounts = [anAccount({ jobTitle: 'CEO' })];
  const [[, escalationsText] = []] = [...planMoves(aTenant({ accounts })).files];
  const policy = { scope: { departments: ['Finance'] } };
  const { left } = planMoves(aTenant({ accounts, policy, escalationsText: escalationsText ?? '' })).escalations;
  expect(left.map(({ because }) => because)).toEqual(['outside the scope of policy.yaml']);
  expect(plan({ accounts }).escalated).toBe(1);
  expect(plan({ accounts, policy: { scope: { departments: ['Finance'] } } }).escalated).toBe(0);
});
