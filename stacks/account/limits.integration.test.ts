import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { DesiredState } from '../../policy/schemas/account.ts';
import { aTenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { type LimitedChange, requireWithinLimits } from './limits.ts';

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

const policy = aPolicy({ limits: { changesPerApply: 10, changesPerDepartment: 6, shareOfTenant: 0.05 } });

test.each<[string, LimitedChange[], number]>([
  ['exactly as many as are allowed', [...changes(6), ...changes(4, 'Legal')], 1000],
  ['any number of accounts that get something back', changes(500, 'Sales', blocked, held), 1000],
  ['any number that enter the plan', changes(500, 'Sales', held, held), 1000],
  ['a single account of the smallest tenant', changes(1), 4],
])('%s may be applied', (_, all, members) => {
  expect(() => requireWithinLimits(all, policy, members)).not.toThrow();
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
  const attempt = () => requireWithinLimits(all, policy, members);
  expect(attempt).toThrow(expect.objectContaining({ code: 'over-limit', exitCode: 1 }));
  expect(attempt).toThrow(words);
  expect(attempt).toThrow(`limits.${limit}`);
});

test('every cap that is passed is named at once', () => {
  expect(() => requireWithinLimits(changes(20), policy, 59)).toThrow(
    /changesPerApply.*changesPerDepartment.*shareOfTenant/,
  );
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
