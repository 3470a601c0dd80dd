import { expect, test } from 'vitest';
import { type ApiClient, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { getProperties } from './schema.ts';
import { checkSchema } from './schema-check.ts';

let emulator: Emulator;
let everything: ApiClient;

useTenant(
  'all',
  {
    users: 300,
    identities: {
      everything: {
        appRoles: [
          'AuditLog.Read.All',
          'AdministrativeUnit.Read.All',
          'Directory.Read.All',
          'Group.ReadWrite.All',
          'MailboxSettings.Read',
          'Policy.Read.All',
          'Policy.ReadWrite.ConditionalAccess',
          'Application.ReadWrite.All',
          'PrivilegedEligibilitySchedule.Read.AzureADGroup',
          'ReportSettings.Read.All',
          'RoleEligibilitySchedule.Read.Directory',
          'User-LifeCycleInfo.Read.All',
        ],
      },
    },
  },
  async (started) => {
    emulator = started;
    everything = await signInAs(started, 'everything');
  },
);

/** Not in a list, but of one user. */
const ofOneUser =
  'aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities schools skills';
const selectable = Object.keys(getProperties('user')).filter((name) => !ofOneUser.split(' ').includes(name));

test('every user property of the metadata can be selected and answers in its type', async () => {
  const reply = await everything.get(`/v1.0/users?$select=${selectable.join(',')}&$top=999`);
  const users = listValues(reply);
  expect(users.length).toBeGreaterThan(290);
  expect(users.flatMap((user) => checkSchema('user', user))).toEqual([]);
});

test('a manager that is expanded is a user of the metadata', async () => {
  const reply = await everything.get('/v1.0/users?$select=id&$expand=manager&$top=999');
  const managers = listValues(reply).flatMap(({ manager }) => (manager ? [manager] : []));
  expect(managers.length).toBeGreaterThan(50);
  expect(managers.flatMap((manager) => checkSchema('user', manager))).toEqual([]);
});

test('a property that is not in the metadata is refused', async () => {
  const reply = await everything.get('/v1.0/users?$select=id,inactiveDays');
  expect(reply.status).toBe(400);
  expect(reply.text).toContain("Could not find a property named 'inactiveDays'");
});

test.each([
  ['subscribedSku', '/v1.0/subscribedSkus'],
  ['organization', '/v1.0/organization'],
  ['group', '/v1.0/groups'],
  ['unifiedRoleAssignment', '/v1.0/roleManagement/directory/roleAssignments?$expand=principal'],
  ['unifiedRoleEligibilitySchedule', '/v1.0/roleManagement/directory/roleEligibilitySchedules?$expand=principal'],
  ['unifiedRoleDefinition', '/v1.0/roleManagement/directory/roleDefinitions'],
  ['administrativeUnit', '/v1.0/directory/administrativeUnits'],
  ['application', '/v1.0/applications'],
  ['servicePrincipal', '/v1.0/servicePrincipals'],
])('what is answered as %s has only names and types of the metadata', async (type, path) => {
  const values = listValues(await everything.get(path));
  expect(values.length).toBeGreaterThan(0);
  expect(values.flatMap((value) => checkSchema(type, value))).toEqual([]);
});

test('an eligibility for a group has only names and types of the metadata', async () => {
  const { id } = emulator.tenant.people.requireKind('eligibleGroupOwner');
  const path = `/v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=principalId eq '${id}'`;
  const [schedule] = listValues(await everything.get(path));
  expect(schedule).toMatchObject({ accessId: 'owner', principalId: id });
  expect(checkSchema('privilegedAccessGroupEligibilitySchedule', schedule)).toEqual([]);
});

test('mailboxSettings, reportSettings and a new policy have only names and types of the metadata', async () => {
  const { id } = emulator.tenant.people.requireKind('sharedMailbox');
  const { body: settings } = await everything.get(`/v1.0/users/${id}/mailboxSettings`);
  expect(checkSchema('mailboxSettings', settings)).toEqual([]);
  const { body: report } = await everything.get('/v1.0/admin/reportSettings');
  expect(checkSchema('adminReportSettings', report)).toEqual([]);
  const { body: policy } = await everything.post('/v1.0/identity/conditionalAccess/policies', {
    displayName: 'Quarantine',
    state: 'enabledForReportingButNotEnforced',
    conditions: {
      users: { includeUsers: ['All'] },
      applications: { includeApplications: ['All'] },
      clientAppTypes: ['all'],
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  });
  expect(policy.id).toEqual(expect.any(String));
  expect(checkSchema('conditionalAccessPolicy', policy)).toEqual([]);
});
