import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import type { AppRole } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import type { Policy } from '../policy/schemas/policy.ts';
import { anAuditedTenant, auditAppRoles } from './audited-tenant.fixture.ts';
import type { JudgedTenant } from './judge-tenant.ts';

// Everybody whom Entra protects, or would once they activate what they may, is for a person to decide about.

const spare = 'Role: spare, not assigned';
const helpdesk = 'Role: Helpdesk administrators';

const inactive = (kind: string, change: PersonInput = {}): PersonInput => ({
  kind,
  displayName: kind,
  userPrincipalName: `${kind}@contoso.com`,
  inactiveDays: 143,
  licenses: ['SPE_E3'],
  ...change,
});

/** One person who is inactive and nothing else, beside those a test is about. */
async function audited(people: readonly PersonInput[], options: EmulatorOptions = {}, risk: object = {}) {
  const tenant = await anAuditedTenant({ users: 0, people: [inactive('ana'), ...people], ...options });
  const policy: Policy = { ...tenant.rules.policy, risk: { ...tenant.rules.policy.risk, ...risk } };
  const result = await tenant.audit({ rules: { ...tenant.rules, policy } });
  return { ...tenant, result, judged: (kind: string) => tenant.find(result, kind)?.judgement };
}

test.each<[string, PersonInput, string]>([
  ['an owner of a role-assignable group', { owns: [spare] }, `owner of the privileged group ${spare}`],
  [
    'an eligible member of a group that holds a role',
    { eligibleGroups: [helpdesk] },
    `eligible member of the group ${helpdesk} (PIM for Groups)`,
  ],
  [
    'an eligible owner of a role-assignable group',
    { eligibleOwnerships: [spare] },
    `eligible owner of the group ${spare} (PIM for Groups)`,
  ],
  ['a holder of a custom role', { customRoles: ['Licence desk'] }, 'Licence desk (active)'],
  [
    'a member of a restricted management unit',
    { restrictedUnits: ['Works council'] },
    'in the restricted management unit Works council',
  ],
  [
    'a holder of a role over a restricted management unit',
    { scopedRoles: [{ role: 'User Administrator', unit: 'Works council' }] },
    'User Administrator (active, over the restricted management unit Works council)',
  ],
])('%s is privileged, and the reason says by what', async (_, privilege, because) => {
  const council = inactive('council', { restrictedUnits: ['Works council'] });
  const { judged } = await audited([inactive('it', privilege), council]);
  expect(judged('it')).toMatchObject({
    action: 'manual-review',
    risks: [{ code: 'privileged-role', because }],
  });
  expect(judged('ana')).toMatchObject({ action: 'disable-then-remove-licenses', risks: [] });
});

const pim: AppRole = 'PrivilegedEligibilitySchedule.Read.AzureADGroup';
const as = (...more: AppRole[]): EmulatorOptions => ({
  identities: { audit: { appRoles: [...auditAppRoles, ...more] } },
});
const notes = ({ quality }: JudgedTenant) => quality.notes.join(' ');

test('without the permission for PIM for Groups that is said, with what comes of it and what it needs', async () => {
  const { result } = await audited([inactive('it', { eligibleGroups: [helpdesk] })], as());
  expect(result.quality).toMatchObject({ roleEligibility: 'read', groupEligibility: 'unavailable' });
  expect(notes(result)).toContain(pim);
  expect(notes(result)).toContain('not recognised as privileged');
  expect(notes(result)).toContain('the pull request stays a draft and the apply takes nothing');
});

test('where the policy makes it optional, that is said without a draft', async () => {
  const optional = { privileged: { groupEligibility: 'optional' } };
  const { result } = await audited([], as(), optional);
  expect(notes(result)).toContain(pim);
  expect(notes(result)).not.toContain('draft');
});

test('members of a restricted unit are known without the permission for units, only not its name', async () => {
  const { judged, result } = await audited([inactive('it', { restrictedUnits: ['Works council'] })], as(pim));
  expect(judged('it')?.risks).toEqual([{ code: 'privileged-role', because: 'in a restricted management unit' }]);
  expect(result.quality.restrictedUnits).toBe('unavailable');
  expect(notes(result)).toContain('AdministrativeUnit.Read.All');
  expect(notes(result)).not.toContain('draft');
});

test('without Entra ID P2 nobody is eligible, and nothing is missing', async () => {
  const { result } = await audited([], { switches: { premiumP2: false } });
  expect(result.quality).toMatchObject({
    signIns: 'read',
    roleEligibility: 'unlicensed',
    groupEligibility: 'unlicensed',
  });
  expect(notes(result)).not.toMatch(/privileged|eligib/i);
});

test('a broken answer of PIM for Groups ends the audit with a sentence', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [inactive('ana')] });
  tenant.emulator.faults.add({ kind: 'status', status: 500, path: '/eligibilitySchedules' });
  await expect(tenant.audit()).rejects.toMatchObject({
    name: 'RequestFailed',
    message: expect.stringMatching(/^GET \S+ .*\.$/),
  });
});

test('who is privileged takes a handful of requests, whatever the number of groups', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `Team ${at}`);
  const people = [inactive('ana', { owns: names })];
  const { emulator, audit } = await anAuditedTenant({ users: 0, people, switches: { weather: null } });
  for (const group of emulator.tenant.directory.groups.values())
    if (names.includes(group.properties.displayName)) group.properties.isAssignableToRole = true;
  const { requests } = await audit();
  // The lists of the tenant in one $batch, three lists for each of 15 groups in three, and those nested in them in one.
  expect(requests.bySource.roles).toBeLessThanOrEqual(5);
});
