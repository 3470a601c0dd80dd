import { expect, test } from 'vitest';
import type { Evidence } from '../evidence.ts';
import { toAccountCount } from '../guard/tenant-share.ts';
import { foldId } from '../identifiers.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import type { Stage } from '../schemas/account.ts';
import {
  aLicense,
  anAccount,
  anAppliedAccount,
  anInForceFile,
  aProposedFile,
  aTenant,
  signedIn,
  today,
} from '../tenant.fixture.ts';
import type { Plan } from './move.ts';
import { planMoves } from './plan.ts';

/** `count` people of a department, all alike. */
function people(count: number, change: Partial<Evidence> = {}, prefix = 'user'): Evidence[] {
  return Array.from({ length: count }, (_, index) =>
    anAccount({ userPrincipalName: `${prefix}${String(index).padStart(3, '0')}@contoso.com`, ...change }),
  );
}

function planFor(
  accounts: readonly Evidence[],
  stage: Stage | null,
  policy: PolicyChange,
  enabledMembers = 1000,
): Plan {
  const since = '2026-11-30';
  const inForce = stage === null ? [] : accounts.map((account) => anInForceFile({ account, stage, since }));
  const shown = stage === null ? accounts : accounts.map((account) => anAppliedAccount(account, stage));
  return planMoves(aTenant({ accounts: shown, inForce, policy, enabledMembers }));
}

function counts({ moves, waiting }: Plan) {
  return {
    moves: moves.length,
    waiting: waiting.length,
    limits: [...new Set(waiting.map(({ limit }) => limit))],
  };
}

test('no more accounts enter in one audit than the policy says; the rest waits and is counted', () => {
  expect(counts(planFor(people(7), null, { limits: { newAccountsPerAudit: 5 } }))).toEqual({
    moves: 5,
    waiting: 2,
    limits: ['newAccountsPerAudit'],
  });
});

test('no more accounts of one department enter than the policy says; others are not held up', () => {
  const accounts = [
    ...people(5),
    ...people(2, { department: 'Finance' }, 'cfo'),
    ...people(3, { department: null }, 'none'),
  ];
  const plan = planFor(accounts, null, { limits: { newAccountsPerDepartment: 2 } });
  expect(counts(plan)).toEqual({ moves: 6, waiting: 4, limits: ['newAccountsPerDepartment'] });
  const departments = plan.moves.map(({ file }) => file.account.department);
  expect(departments.filter((department) => department === 'Finance')).toHaveLength(2);
});

test.each([
  ['review', 'disable'],
  ['disable', 'delicense'],
] as const)('the changes from %s to %s are capped per apply, per department, and as a share', (stage, to) => {
  const accounts = [...people(4), ...people(4, { department: 'Finance' }, 'fin')];
  const capped = (policy: PolicyChange, enabledMembers?: number) => {
    const plan = planFor(accounts, stage, policy, enabledMembers);
    expect(plan.moves.every((move) => move.to === to)).toBe(true);
    return counts(plan);
  };
  expect(capped({ limits: { changesPerApply: 3 } })).toEqual({
    moves: 3,
    waiting: 5,
    limits: ['changesPerApply'],
  });
  expect(capped({ limits: { changesPerDepartment: 1 } })).toEqual({
    moves: 2,
    waiting: 6,
    limits: ['changesPerDepartment'],
  });
  expect(capped({ limits: { shareOfTenant: 0.05 } }, 100)).toEqual({
    moves: 5,
    waiting: 3,
    limits: ['shareOfTenant'],
  });
});

test('moving to review takes nothing and is not capped as a change', () => {
  const limits = { changesPerApply: 0, changesPerDepartment: 0, shareOfTenant: 0, newAccountsPerAudit: 0 };
  expect(counts(planFor(people(5), 'notify', { limits }))).toEqual({ moves: 5, waiting: 0, limits: [] });
});

test.each<Stage>(['review', 'delicense'])(
  'giving back and letting go from %s is never capped but for the page',
  (stage) => {
    const limits = { changesPerApply: 0, changesPerDepartment: 0, shareOfTenant: 0, newAccountsPerAudit: 0 };
    const back = (policy: PolicyChange) => {
      const inForce = people(5).map((account) => anInForceFile({ account, stage, since: '2026-11-30' }));
      const accounts = people(5).map((account) => ({
        ...anAppliedAccount(account, stage),
        signIns: signedIn(today),
      }));
      return counts(planMoves(aTenant({ accounts, inForce, policy })));
    };
    expect(back({ limits })).toEqual({ moves: 5, waiting: 0, limits: [] });
    expect(back({ limits, proposal: { maxFiles: 3 } })).toEqual({
      moves: 3,
      waiting: 2,
      limits: ['maxFiles'],
    });
  },
);

test('one proposal has no more files than GitHub shows, or one per department where it is grouped so', () => {
  const accounts = [...people(4), ...people(4, { department: 'Finance' }, 'fin')];
  expect(counts(planFor(accounts, null, { proposal: { maxFiles: 3 } }))).toMatchObject({
    moves: 3,
    waiting: 5,
  });
  const grouped = { proposal: { maxFiles: 3, groupBy: 'department' as const } };
  expect(counts(planFor(accounts, null, grouped))).toEqual({ moves: 6, waiting: 2, limits: ['maxFiles'] });
});

test('what gives back comes first when the page is full, then who has waited longest', () => {
  const [back, old, young] = people(3);
  if (!back || !old || !young) throw new Error('three people');
  const plan = planMoves(
    aTenant({
      accounts: [young, old, { ...back, signIns: signedIn(today) }],
      inForce: [
        anInForceFile({ account: young, stage: 'notify', since: '2026-11-30' }),
        anInForceFile({ account: old, stage: 'notify', since: '2026-11-23' }),
        anInForceFile({ account: back, stage: 'notify', since: '2026-11-30' }),
      ],
      policy: { proposal: { maxFiles: 2 } },
    }),
  );
  expect(plan.moves.map(({ file, to }) => [file.account.id, to])).toEqual([
    [old.id, 'review'],
    [back.id, null],
  ]);
  expect(plan.waiting.map(({ judged }) => judged.evidence.id)).toEqual([young.id]);
});

test('who is proposed already keeps the place under the cap when somebody older becomes due', () => {
  const [proposed, older] = people(2);
  if (!proposed || !older) throw new Error('two people');
  const inForce = [
    anInForceFile({ account: proposed, stage: 'review', since: '2026-11-30' }),
    anInForceFile({ account: older, stage: 'review', since: '2026-11-20' }),
  ];
  const limits = { changesPerApply: 1 };
  const tenant = { accounts: [proposed, older], inForce, policy: { limits } };
  const [first] = planMoves(aTenant({ ...tenant, accounts: [proposed], inForce: inForce.slice(0, 1) })).moves;
  if (!first) throw new Error('one move');
  const onBranch = aProposedFile({ path: first.path, file: first.file });
  const second = planMoves(aTenant({ ...tenant, proposed: [onBranch] }));
  expect(second.moves.map(({ path }) => path)).toEqual([first.path]);
  expect(second.waiting.map(({ judged }) => judged.evidence.id)).toEqual([older.id]);
});

test('what a reviewer has decided takes up room under the caps', () => {
  const accounts = people(3);
  const inForce = accounts.map((account) => anInForceFile({ account, stage: 'review', since: '2026-11-30' }));
  const tenant = { accounts, inForce, policy: { limits: { changesPerApply: 2 } } };
  const [first, second, ...rest] = planMoves(aTenant(tenant)).moves;
  if (!first || !second) throw new Error('two moves');
  expect(rest).toEqual([]);
  const theirs = aProposedFile({
    path: second.path,
    file: { ...second.file, reason: 'agreed' },
    touchedByPerson: true,
  });
  const again = planMoves(aTenant({ ...tenant, proposed: [theirs] }));
  expect(again.moves.filter(({ to }) => to === 'disable')).toHaveLength(2);
  expect(again.moves.find(({ path }) => path === second.path)?.reason).toBe('changed-by-reviewer');
});

test('the share of a small tenant is never rounded below one account, unless it is none', () => {
  expect(toAccountCount(0.05, 1000)).toBe(50);
  expect(toAccountCount(0.05, 19)).toBe(1);
  expect(toAccountCount(0.05, 39)).toBe(1);
  expect(toAccountCount(0.05, 40)).toBe(2);
  expect(toAccountCount(0.05, 0)).toBe(1);
  expect(toAccountCount(0, 1000)).toBe(0);
  expect(toAccountCount(1, 7)).toBe(7);
});

test('who waits is judged and named, so that the backlog can be counted in money', () => {
  const accounts = [...people(1, { licenses: [aLicense('SPE_E5')] }, 'dear'), ...people(1)];
  const { waiting } = planFor(accounts, null, { limits: { newAccountsPerAudit: 1 } });
  expect(waiting.map(({ judged }) => judged.evidence.userPrincipalName)).toEqual(['user000@contoso.com']);
});

test('on a ramp a proposal holds no more than the wave may have, and whom it gives back makes that less at once', () => {
  const ramp = { start: 2, growth: 3, quietDays: 14 };
  const policy = { ramp, limits: { changesPerApply: 100, newAccountsPerAudit: 100, newAccountsPerDepartment: 100 } };
  expect(counts(planFor(people(10), null, policy))).toMatchObject({ moves: 2 });
  expect(counts(planFor(people(10), 'review', policy))).toMatchObject({ moves: 2 });

  const [back, ...others] = people(10);
  if (back === undefined) throw new Error('ten people');
  const since = '2026-11-30';
  const waves = [
    { day: '2026-11-01', accounts: new Set([foldId(others[0]?.id ?? '')]), givenBack: new Map() },
    { day: since, accounts: new Set([foldId(back.id)]), givenBack: new Map() },
  ];
  const inForce = [
    anInForceFile({ account: back, stage: 'disable', since }),
    ...others.map((account) => anInForceFile({ account, stage: 'review', since })),
  ];
  const plan = (now: Evidence) => planMoves({ ...aTenant({ accounts: [now, ...others], inForce, policy }), waves });
  const quiet = plan(anAppliedAccount(back, 'disable'));
  expect(quiet.ramp).toMatchObject({ cap: 6, good: 1, bad: 0 });
  expect(quiet.moves.filter(({ to }) => to === 'disable' || to === 'delicense')).toHaveLength(6);
  const active = plan({ ...anAppliedAccount(back, 'disable'), signIns: signedIn(today) });
  expect(active.ramp).toMatchObject({ cap: 2, good: 1, bad: 1 });
  expect(active.moves.filter(({ to }) => to === 'disable')).toHaveLength(2);
  expect(active.moves.filter(({ to }) => to === 'restore')).toHaveLength(1);
});
