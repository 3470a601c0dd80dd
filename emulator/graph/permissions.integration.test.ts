import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { GRAPH_APP_ROLES, type GraphAppRole } from '../tenant/app-roles.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import { getCallFacts } from './calls/calls.ts';

const everyRole = Object.keys(GRAPH_APP_ROLES).filter((name): name is GraphAppRole => name in GRAPH_APP_ROLES);
const identities = Object.fromEntries(everyRole.map((role) => [role, { appRoles: [role] }]));

let emulator: Emulator;
let callers: [GraphAppRole, ApiClient][];

useTenant('all', { users: 200, identities, switches: { budgets: 'off' } }, async (started) => {
  emulator = started;
  callers = await Promise.all(
    everyRole.map(async (role): Promise<[GraphAppRole, ApiClient]> => [role, await signInAs(started, role)]),
  );
});

const person = () => emulator.tenant.people.requireKind('inactiveDirect').id;
const group = () => [...emulator.tenant.directory.groups.keys()][0];
const pim = "/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=groupId eq 'x'";

test.each<[string, () => string]>([
  ['GET /users', () => '/users?$top=1'],
  ['GET /users/{id}', () => `/users/${person()}`],
  ['GET /users/{id}/manager', () => `/users/${person()}/manager`],
  ['GET /users/{id}/memberOf', () => `/users/${person()}/memberOf`],
  ['GET /users/{id}/transitiveMemberOf', () => `/users/${person()}/transitiveMemberOf`],
  ['GET /users/{id}/mailboxSettings', () => `/users/${person()}/mailboxSettings`],
  ['GET /groups', () => '/groups'],
  ['GET /groups/{id}', () => `/groups/${group()}`],
  ['GET /groups/{id}/members', () => `/groups/${group()}/members`],
  ['GET /groups/{id}/transitiveMembers', () => `/groups/${group()}/transitiveMembers`],
  ['GET /groups/{id}/owners', () => `/groups/${group()}/owners`],
  ['GET /roleManagement/directory/roleAssignments', () => '/roleManagement/directory/roleAssignments'],
  ['GET /roleManagement/directory/roleDefinitions', () => '/roleManagement/directory/roleDefinitions'],
  [
    'GET /roleManagement/directory/roleEligibilitySchedules',
    () => '/roleManagement/directory/roleEligibilitySchedules',
  ],
  ['GET /identityGovernance/privilegedAccess/group/eligibilitySchedules', () => encodeURI(pim)],
  ['GET /directory/administrativeUnits', () => '/directory/administrativeUnits'],
  ['GET /subscribedSkus', () => '/subscribedSkus'],
  ['GET /organization', () => '/organization'],
  ['GET /admin/reportSettings', () => '/admin/reportSettings'],
  ['GET /identity/conditionalAccess/policies', () => '/identity/conditionalAccess/policies'],
  ['GET /applications', () => '/applications'],
  ['GET /servicePrincipals', () => '/servicePrincipals'],
  ['GET /directoryObjects/{id}', () => `/directoryObjects/${person()}`],
  ['GET /directory/deletedItems/microsoft.graph.user', () => '/directory/deletedItems/microsoft.graph.user'],
  ['GET /users/{id}/directReports', () => `/users/${person()}/directReports`],
  ['GET /users/{id}/licenseDetails', () => `/users/${person()}/licenseDetails`],
  ['GET /users/{id}/ownedObjects', () => `/users/${person()}/ownedObjects`],
  ['GET /users/delta', () => '/users/delta'],
  ['GET /directoryRoles', () => '/directoryRoles'],
  [
    'GET /roleManagement/directory/roleAssignmentScheduleInstances',
    () => '/roleManagement/directory/roleAssignmentScheduleInstances',
  ],
  [
    'GET /roleManagement/directory/roleEligibilityScheduleInstances',
    () => '/roleManagement/directory/roleEligibilityScheduleInstances',
  ],
  ['GET /auditLogs/signIns', () => '/auditLogs/signIns'],
  ['GET /auditLogs/directoryAudits', () => '/auditLogs/directoryAudits'],
])('%s is for those of Microsoft’s list and for nobody else', async (call, path) => {
  const allowed = [];
  for (const [role, caller] of callers) {
    const { status } = await caller.get(`/v1.0${path()}`);
    if (status !== 403) allowed.push(role);
  }
  expect(allowed.sort()).toEqual([...getCallFacts(call).permissions].sort());
});

test('anyone who may give licences may not for that read the products', async () => {
  const [, writer] = callers.find(([role]) => role === 'LicenseAssignment.ReadWrite.All') ?? [];
  expect((await writer?.get('/v1.0/subscribedSkus'))?.status).toBe(403);
});
