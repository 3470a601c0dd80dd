// Populations and scope in the audit, by the groups of a real directory: nested, hidden, named twice, and not to be read.
import type { PersonInput } from '@dormant-m365/emulator';
import type { GroupInput } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { anAccount } from '../policy/account.fixture.ts';
import { anInForceFile } from '../policy/account-file.fixture.ts';
import { planMoves } from '../policy/plan/plan.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import type { Policy } from '../policy/schemas/policy.ts';
import { aPlanSigning } from '../policy/signing/signing.fixture.ts';
import { anAuditedTenant } from './audited-tenant.fixture.ts';
import { describeScope } from './summary/quality.ts';

const groups: GroupInput[] = [
  { displayName: 'Seasonal staff' },
  { displayName: 'Ski school', memberOf: ['Seasonal staff'] },
  { displayName: 'Lift crew', memberOf: ['Ski school'] },
  { displayName: 'Twins' },
  { displayName: 'Twins' },
  { displayName: 'Club', kind: 'microsoft365', hiddenMembers: true },
  { displayName: 'Clubs' },
];
const people: PersonInput[] = [
  { kind: 'lift', inactiveDays: 100, groups: ['Lift crew'] },
  { kind: 'school', inactiveDays: 160, groups: ['Ski school'] },
  { kind: 'office', inactiveDays: 100 },
  { kind: 'member', inactiveDays: 100, groups: ['Club'] },
  { kind: 'boss', inactiveDays: 100, jobTitle: 'Chief Executive Officer' },
  { kind: 'gus', inactiveDays: 100, userType: 'Guest' },
];
const seasonal = (name: string) => ({ name: 'seasonal', match: { groups: [{ name }] }, inactiveAfterDays: 150 });

async function audit(policy: Partial<Policy>, options: Parameters<typeof anAuditedTenant>[0] = {}) {
  const tenant = await anAuditedTenant({ users: 0, people, groups, ...options });
  const { rules, emulator } = tenant;
  const audited = await tenant.audit({ rules: { ...rules, policy: { ...rules.policy, ...policy } } });
  const kindOf = (id: string) => emulator.tenant.people.find(id)?.kind ?? id;
  const list = (judged: typeof audited.inactive) =>
    Object.fromEntries(judged.map(({ evidence, judgement }) => [kindOf(evidence.id), judgement.population]).sort());
  return { ...tenant, audited, inactive: list(audited.inactive), guests: list(audited.guests) };
}

test('members of groups within the group belong to its population', async () => {
  const { inactive, emulator } = await audit(
    { populations: [seasonal('Seasonal staff')] },
    { switches: { weather: null } },
  );
  expect(inactive).toEqual({ boss: null, member: null, office: null, school: 'seasonal' });
  const lists = emulator.log
    .listEntries({ identity: 'audit' })
    .filter(({ path }) => path.endsWith('/transitiveMembers'));
  expect(lists.filter(({ query }) => /select=id&/.test(query))).toHaveLength(1);
});

test.each(['Seasonal staf', 'Twins', 'Club'])(
  'who is in the group %s cannot be told, so that everybody waits for the longest, and the audit says so',
  async (name) => {
    const { inactive, audited } = await audit({ populations: [seasonal(name)] });
    expect(inactive).toEqual({ school: 'seasonal' });
    expect(audited.quality.notes).toContainEqual(expect.stringContaining(`Who is in the group ${name},`));
  },
);

test('a hidden group within the group hides who is in it', async () => {
  const nested = [
    ...groups.slice(0, 5),
    { ...groups[5], displayName: 'Club', memberOf: ['Clubs'] },
    ...groups.slice(6),
  ];
  const { inactive } = await audit({ populations: [seasonal('Clubs')] }, { groups: nested });
  expect(inactive).toEqual({ school: 'seasonal' });
});

test('a group whose members may not be read counts as one that everybody may be in', async () => {
  const tenant = await anAuditedTenant({ users: 0, people, groups });
  const { rules, emulator } = tenant;
  emulator.faults.add({ kind: 'status', status: 403, path: '/transitiveMembers$', query: 'select=id&' });
  const policy = { ...rules.policy, populations: [seasonal('Seasonal staff')] };
  const { inactive } = await tenant.audit({ rules: { ...rules, policy } });
  expect(inactive.map(({ judgement }) => judgement.population)).toEqual(['seasonal']);
});

test('a list of members that breaks off ends the audit', async () => {
  const tenant = await anAuditedTenant({ users: 0, people, groups });
  const { rules, emulator } = tenant;
  emulator.faults.add({ kind: 'status', status: 503, path: '/transitiveMembers$', query: 'select=id&' });
  const policy = { ...rules.policy, populations: [seasonal('Seasonal staff')] };
  await expect(tenant.audit({ rules: { ...rules, policy } })).rejects.toMatchObject({ name: 'RequestFailed' });
});

test('of whoever is outside the scope nothing but their number is known to any list', async () => {
  const { audited, inactive, guests, rules } = await audit({ scope: { groups: [{ name: 'Seasonal staff' }] } });
  expect([inactive, guests]).toEqual([{ lift: null, school: null }, {}]);
  expect(audited.counts).toMatchObject({ accounts: 7, outsideScope: 5, verdicts: { inactive: 2, active: 0 } });
  expect(audited.findings.executives).toEqual({ accounts: 0, examples: [] });
  expect(audited.unnamedTitles).toEqual([]);
  expect(describeScope({ counts: audited.counts, policy: { ...rules.policy, scope: {} } })).toEqual([
    '5 of 7 accounts are outside the scope of policy.yaml: counted here, and in no list.',
  ]);
});

test('a scope whose group nobody knows has nobody inside', async () => {
  const { audited, inactive } = await audit({ scope: { groups: [{ name: 'Seasonal staf' }] } });
  expect(inactive).toEqual({});
  expect(audited.counts.outsideScope).toBe(7);
});

test('a share of the accounts is the same people in every audit', async () => {
  const first = await audit({ scope: { share: 0.5 } });
  const again = await audit({ scope: { share: 0.5 } });
  expect(first.inactive).toEqual(again.inactive);
});

test('when the scope is narrowed to a group, each stage is left as it has to be, and giving back goes on', async () => {
  const stages = ['notify', 'review', 'disable', 'delicense', 'restore'] as const;
  const outsiders: PersonInput[] = stages.map((kind) => ({ kind, inactiveDays: 200, licenses: ['SPE_E3'] }));
  const pilot: PersonInput = { kind: 'pilot', inactiveDays: 200, groups: ['Lift crew'] };
  const tenant = await anAuditedTenant({ users: 0, people: [...outsiders, pilot], groups });
  const first = await tenant.audit();
  const accountOf = (kind: string) => tenant.find(first, kind)?.evidence ?? anAccount();
  const since = '2026-11-20';
  const inForce = [
    ...stages.map((stage) => anInForceFile({ account: accountOf(stage), stage, since, rules: tenant.rules })),
    anInForceFile({ account: accountOf('pilot'), stage: 'notify', since, rules: tenant.rules }),
  ];
  const policy = { ...tenant.rules.policy, scope: { groups: [{ name: 'Seasonal staff' }] } };
  const rules = { ...tenant.rules, policy };
  const { run, judged, absent, predictCarried, counts } = await tenant.audit({ rules, inForce });
  const { moves, held } = planMoves({
    ...{ rules, run, judged, absent, predictCarried, inForce, enabledMembers: counts.enabledMembers },
    ...{ archived: [], proposed: [], declined: [], setBack: [], exemptionsFile: null, escalationsFile: null },
    signing: aPlanSigning(),
  });
  const kindOf = (file: AccountFile) => tenant.emulator.tenant.people.find(file.account.id)?.kind;
  expect(Object.fromEntries(moves.map(({ file, to, reason }) => [kindOf(file), [to, reason]]))).toEqual({
    notify: [null, 'out-of-scope'],
    review: [null, 'out-of-scope'],
    pilot: ['review', 'stage-elapsed'],
    // Nothing was taken in this tenant, so that it shows all given back.
    restore: [null, 'restored'],
  });
  const outside = 'outside the scope of policy.yaml';
  expect(Object.fromEntries(held.map(({ file, because }) => [kindOf(file), because]))).toEqual({
    disable: outside,
    delicense: outside,
  });
});
