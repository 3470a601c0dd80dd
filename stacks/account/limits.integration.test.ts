import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import type { Day } from '../../policy/evidence.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import { foldId } from '../../policy/identifiers.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { DesiredState } from '../../policy/schemas/account.ts';
import { aTenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { findOverLimit, type LimitBase, type LimitedChange } from './limits.ts';

const held: DesiredState = { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] };
const blocked: DesiredState = { ...held, accountEnabled: false, mailbox: 'shared' };

function changes(count: number, of = 'Sales', from = held, to = blocked): LimitedChange[] {
  return Array.from({ length: count }, (_, at) => {
    const userPrincipalName = `${of}${at}@contoso.com`;
    const account = {
      id: idOf(userPrincipalName),
      userPrincipalName,
      displayName: `${of} ${at}`,
      department: of,
      jobTitle: null,
      manager: null,
      onPremisesSyncEnabled: false,
    };
    return { account, from, to };
  });
}

const inTenant = (enabledMembers: number): LimitBase => ({ enabledMembers, today: '2026-12-07', takenOn: new Map() });
const policy = aPolicy({ limits: { changesPerApply: 10, changesPerDepartment: 6, shareOfTenant: 0.05 } });

test.each<[string, LimitedChange[], number]>([
  ['exactly as many as are allowed', [...changes(6), ...changes(4, 'Legal')], 1000],
  ['any number of accounts that get something back', changes(500, 'Sales', blocked, held), 1000],
  ['any number that enter the plan', changes(500, 'Sales', held, held), 1000],
  ['a single account of the smallest tenant', changes(1), 4],
])('%s may be applied', (_, all, members) => {
  expect(findOverLimit(all, policy, inTenant(members))).toBeNull();
});

test.each<[string, LimitedChange[], number, string]>([
  [
    'changesPerApply',
    [...changes(6), ...changes(5, 'Legal')],
    1000,
    '11 accounts would be disabled or delicensed, allowed are 10',
  ],
  ['changesPerDepartment', changes(7), 1000, '7 accounts would be disabled or delicensed, allowed are 6'],
  ['shareOfTenant', changes(3), 59, '3 accounts would be disabled or delicensed, allowed are 2'],
])('above limits.%s nothing is taken, and the sentence has both counts', (limit, all, members, words) => {
  const refusal = findOverLimit(all, policy, inTenant(members));
  expect(refusal).toMatchObject({ code: 'over-limit', exitCode: 1 });
  expect(refusal?.message).toContain(words);
  expect(refusal?.message).toContain(`limits.${limit}`);
});

test('every cap that is passed is named at once', () => {
  expect(findOverLimit(changes(20), policy, inTenant(59))?.message).toMatch(
    /changesPerApply.*changesPerDepartment.*shareOfTenant/,
  );
});

const week = aPolicy({
  limits: { changesPerApply: 10, changesPerDepartment: 10, changesPerWeek: 12, shareOfTenant: 1 },
});

/** Something was taken from so many people of Legal, on each of these days. */
function takenOn(...waves: [Day, number][]): LimitBase['takenOn'] {
  const days = waves.flatMap(([day, count]) => Array.from({ length: count }, () => day));
  return new Map(days.map((day, at) => [foldId(idOf(`Legal${at}@contoso.com`)), day]));
}

test('what many small merges take within a week is counted together, and the day is told on which there is room', () => {
  const before = takenOn(['2026-12-01', 4], ['2026-12-02', 3], ['2026-12-05', 3]);
  const base = { ...inTenant(1000), takenOn: before };
  expect(findOverLimit(changes(2), week, base)).toBeNull();
  const message = findOverLimit(changes(5), week, base)?.message;
  expect(message).toContain('15 accounts would be disabled or delicensed, allowed are 12 (limits.changesPerWeek');
  expect(message).toContain('10 in the last 7 days, 5 now: there is room on 2026-12-08');
  expect(findOverLimit(changes(8), week, base)?.message).toContain('there is room on 2026-12-09');
  // Before that, and on the day itself.
  expect(findOverLimit(changes(5), week, { ...base, today: '2026-12-07' })).not.toBeNull();
  expect(findOverLimit(changes(5), week, { ...base, today: '2026-12-08' })).toBeNull();
});

test('who is taken further within the week counts once, and giving back never', () => {
  const base = { ...inTenant(1000), takenOn: takenOn(['2026-12-06', 12]) };
  expect(findOverLimit(changes(10, 'Legal'), week, base)).toBeNull();
  expect(findOverLimit(changes(50, 'Sales', blocked, held), week, base)).toBeNull();
  expect(findOverLimit(changes(1), week, base)).not.toBeNull();
});

test('a policy without changesPerWeek allows twice what one apply may take', () => {
  const half = aPolicy({ limits: { changesPerApply: 5, changesPerDepartment: 5, shareOfTenant: 1 } });
  const base = { ...inTenant(1000), takenOn: takenOn(['2026-12-06', 5]) };
  expect(findOverLimit(changes(5), half, base)).toBeNull();
  const more = { ...base, takenOn: takenOn(['2026-12-06', 6]) };
  expect(findOverLimit(changes(5), half, more)?.message).toContain('limits.changesPerWeek');
});

test.each<[string, DesiredState, DesiredState, boolean]>([
  ['blocking', held, { ...held, accountEnabled: false }, true],
  ['converting', held, { ...held, mailbox: 'shared' }, true],
  ['delicensing', blocked, { ...blocked, licenses: [] }, true],
  ['giving a licence back while another goes', blocked, { ...blocked, licenses: ['SPE_E5'] }, true],
  ['giving back', blocked, held, false],
])('%s counts as taking: %#', (_, from, to, expected) => {
  expect(hasRemovals(from, to)).toBe(expected);
});

test('the tenant’s size is the number of its enabled members', async () => {
  const { context } = await aTenantToApplyTo([
    { kind: 'gus', userType: 'Guest' },
    { kind: 'dag', accountEnabled: false },
  ]);
  // Ana and 29 others.
  expect(await context().reader.countEnabledMembers()).toBe(30);
});
