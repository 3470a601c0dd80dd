// Populations and scope in the apply: by the account, and the groups that it is in, right before something is taken.
import type { PersonInput } from '@dormant-m365/emulator';
import type { GroupInput } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { aLicense } from '../../policy/account.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { aPolicy, type PolicyChange } from '../../policy/policy.fixture.ts';
import { anInactive, aTenantToApplyTo, disabled, today } from '../tenant/tenant-to-apply-to.fixture.ts';

const groups: GroupInput[] = [
  { displayName: 'Pupils' },
  { displayName: 'Class 5', memberOf: ['Pupils'] },
  { displayName: 'Club', kind: 'microsoft365', hiddenMembers: true },
];
const contractors = { name: 'contractors', match: { employeeTypes: ['Contractor'] }, inactiveAfterDays: 30 };
const pupils = { name: 'pupils', match: { groups: [{ name: 'Pupils' }] }, inactiveAfterDays: 180 };
const hidden = { name: 'club', match: { groups: [{ name: 'Club' }] }, inactiveAfterDays: 180 };

interface Case {
  person?: Partial<PersonInput>;
  policy: PolicyChange;
  silentFor?: number;
  population?: string;
}

async function applyTo(
  { person = {}, policy, silentFor = 143, population }: Case,
  between: (tenant: Awaited<ReturnType<typeof aTenantToApplyTo>>) => void = () => {},
) {
  const max = anInactive({ kind: 'max', displayName: 'Max', inactiveDays: silentFor, ...person });
  const tenant = await aTenantToApplyTo([max], { groups });
  between(tenant);
  const day = addDays(today, -silentFor);
  const evidence = {
    auditedOn: today,
    lastActivity: { signIn: day },
    silentSince: day,
    ...(population === undefined ? {} : { population }),
  };
  const outcome = await tenant.apply(tenant.change('max', disabled, { evidence }), {
    guard: { policy: aPolicy(policy) },
  });
  return { refused: outcome.refused.map(({ code, because }) => [code, because]), writes: tenant.writes() };
}

test('a contractor is blocked after the days of contractors', async () => {
  const person = { employeeType: 'Contractor' };
  const { refused, writes } = await applyTo({
    person,
    policy: { populations: [contractors] },
    silentFor: 40,
    population: 'contractors',
  });
  expect(refused).toEqual([]);
  expect(writes).toContain('PATCH /users/max');
});

test('whoever was reviewed as a contractor and is an employee by now is left alone, with the reason', async () => {
  const { refused, writes } = await applyTo({
    policy: { populations: [contractors] },
    silentFor: 40,
    population: 'contractors',
  });
  expect(refused).toContainEqual([
    'active-again',
    expect.stringContaining('is of no population now, and there 90 days'),
  ]);
  expect(writes).toEqual([]);
});

test('whoever has come into a group within the group since the review is one of its population', async () => {
  const person = { groups: ['Class 5'] };
  const { refused, writes } = await applyTo({ person, policy: { populations: [pupils] } });
  expect(refused).toContainEqual(['active-again', expect.stringContaining('of the population pupils now')]);
  expect(writes).toEqual([]);
  expect((await applyTo({ policy: { populations: [pupils] } })).refused).toEqual([]);
});

test.each<[string, PolicyChange]>([
  ['hides its members', { populations: [hidden] }],
  ['is not there', { populations: [{ ...pupils, match: { groups: [{ name: 'Pupil' }] } }] }],
])('where a group %s, the longest silence counts', async (_, policy) => {
  const { refused, writes } = await applyTo({ policy });
  expect(refused.map(([code]) => code)).toContain('active-again');
  expect(writes).toEqual([]);
});

test('the groups of many accounts are asked for in one round trip, and found once', async () => {
  const kinds = ['max', 'lea', 'kim'];
  const people = kinds.map((kind) => anInactive({ kind, displayName: kind }));
  const { change, apply, context, emulator } = await aTenantToApplyTo(people, { groups, switches: { weather: null } });
  const shared = context({ guard: { policy: aPolicy({ populations: [pupils] }) } });
  await Promise.all(kinds.map((kind) => apply(change(kind, disabled), { shared })));
  const sent = emulator.log.listEntries({ identity: 'apply' });
  const checks = sent.filter(({ path }) => path.endsWith('/checkMemberGroups'));
  expect(checks).toHaveLength(3);
  expect(new Set(checks.map(({ batch }) => batch)).size).toBeLessThan(3);
  expect(sent.filter(({ query }) => query.includes('displayName%20eq'))).toHaveLength(1);
});

test.each<[string, Partial<PersonInput>, PolicyChange, string[]]>([
  ['in the department', {}, { scope: { departments: ['Sales'] } }, []],
  ['in another department', { department: 'Legal' }, { scope: { departments: ['Sales'] } }, ['out-of-scope']],
  ['in a group within the group', { groups: ['Class 5'] }, { scope: { groups: [{ name: 'Pupils' }] } }, []],
  ['in no group of it', {}, { scope: { groups: [{ name: 'Pupils' }] } }, ['out-of-scope']],
  [
    'in a group that hides its members',
    { groups: ['Club'] },
    { scope: { groups: [{ name: 'Club' }] } },
    ['out-of-scope'],
  ],
])('of a scope, whoever is %s', async (_, person, policy, codes) => {
  const { refused, writes } = await applyTo({ person, policy });
  expect(refused.map(([code]) => code)).toEqual(codes);
  expect(writes.length > 0).toBe(codes.length === 0);
});

test('where memberships may not be read, nobody of a scope by groups is taken', async () => {
  const max = anInactive({ kind: 'max', displayName: 'Max', groups: ['Pupils'] });
  const { change, apply, writes, emulator } = await aTenantToApplyTo([max], { groups });
  emulator.faults.add({ kind: 'status', status: 403, path: '/checkMemberGroups$' });
  const guard = { policy: aPolicy({ scope: { groups: [{ name: 'Pupils' }] } }) };
  const { refused } = await apply(change('max', disabled), { guard });
  expect(refused.map(({ code }) => code)).toEqual(['out-of-scope']);
  expect(writes()).toEqual([]);
});

test('giving back asks for no population and no scope', async () => {
  const { change, apply, writes, emulator } = await aTenantToApplyTo([anInactive({ kind: 'max', displayName: 'Max' })]);
  const { reached } = await apply(change('max', { accountEnabled: false }));
  const guard = { policy: aPolicy({ scope: { groups: [{ name: 'Pupils' }] }, populations: [pupils] }) };
  const { refused } = await apply(change('max', {}, { from: reached }), { guard });
  expect(refused).toEqual([]);
  expect(writes().filter((write) => write === 'PATCH /users/max')).toHaveLength(2);
  expect(emulator.log.listEntries({}).filter(({ path }) => path.endsWith('/checkMemberGroups'))).toEqual([]);
});

test('a licence that an earlier run has taken for the same file keeps the account in its population', async () => {
  const frontline = { name: 'frontline', match: { licenses: ['SPE_F1'] }, inactiveAfterDays: 30 };
  const max = anInactive({
    ...{ kind: 'max', displayName: 'Max', inactiveDays: 40, licenses: ['POWER_BI_PRO'] as const },
    ...{ accountEnabled: false, mailbox: null },
  });
  const { change, apply, emulator } = await aTenantToApplyTo([max]);
  const guard = { policy: aPolicy({ populations: [frontline] }) };
  const day = addDays(today, -40);
  const evidence = { auditedOn: today, lastActivity: { signIn: day }, silentSince: day, population: 'frontline' };
  const { restore, from } = change('max');
  const { skuPartNumber, skuId } = aLicense('SPE_F1');
  const withF1 = {
    ...restore,
    licenses: [...restore.licenses, { skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
  };
  const goal = { ...from, licenses: [] };
  const asFound = { ...from, licenses: ['POWER_BI_PRO', 'SPE_F1'] };
  const byOthers = await apply(change('max', goal, { evidence, restore: withF1, from: asFound }), { guard });
  expect(byOthers.refused.map(({ code }) => code)).toContain('active-again');
  const byUs = await apply(change('max', goal, { evidence, restore: withF1, from }), { guard });
  expect(byUs.refused).toEqual([]);
  expect(emulator.getState('max').licenses).toEqual([]);
});
