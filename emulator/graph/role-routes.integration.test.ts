import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { LICENSE_GROUPS } from '../tenant/license-groups.ts';
import { requireRoleDefinition } from '../tenant/role-definitions.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('all', { users: 600 }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const roles = '/v1.0/roleManagement/directory';

async function groupId(name: string): Promise<string> {
  const [group] = listValues(await audit.get(`/v1.0/groups?$filter=displayName eq '${name}'&$select=id`));
  return String(group?.id);
}

test('active assignments name people, groups and service principals, expanded with their type', async () => {
  const assignments = listValues(await audit.get(`${roles}/roleAssignments?$expand=principal&$top=999`));
  const types = new Set(assignments.map(({ principal }) => Object(principal)['@odata.type']));
  expect(types).toEqual(
    new Set(['#microsoft.graph.user', '#microsoft.graph.group', '#microsoft.graph.servicePrincipal']),
  );
  expect(assignments).toContainEqual(
    expect.objectContaining({
      principalId: id('privilegedActive'),
      roleDefinitionId: requireRoleDefinition('User Administrator').id,
    }),
  );
});

test('an eligible person is only among the eligibilities', async () => {
  const active = listValues(await audit.get(`${roles}/roleAssignments`));
  const eligible = listValues(await audit.get(`${roles}/roleEligibilitySchedules?$expand=principal`));
  expect(active.some(({ principalId }) => principalId === id('privilegedEligible'))).toBe(false);
  expect(eligible.some(({ principalId }) => principalId === id('privilegedEligible'))).toBe(true);
});

test('eligibilities need a premium tenant', async () => {
  emulator.tenant.switches.premium = false;
  const reply = await audit.get(`${roles}/roleEligibilitySchedules`);
  emulator.tenant.switches.premium = true;
  expect(formatError(reply)).toContain('AadPremiumLicenseRequired');
});

test('assignments filter by principal and by role', async () => {
  const one = await audit.get(`${roles}/roleAssignments?$filter=principalId eq '${id('lastRoleHolder')}'`);
  expect(listValues(one)).toHaveLength(1);
  const two = await audit.get(
    `${roles}/roleAssignments?$filter=roleDefinitionId eq '${requireRoleDefinition('Global Administrator').id}'`,
  );
  expect(listValues(two)).toHaveLength(3);
});

test('the roles have their names', async () => {
  const definitions = listValues(await audit.get(`${roles}/roleDefinitions?$select=id,displayName`));
  expect(definitions).toContainEqual({
    id: '62e90394-69f5-4237-9190-012177145e10',
    displayName: 'Global Administrator',
  });
});

test('a nested member is found among the transitive members only', async () => {
  const path = `/v1.0/groups/${await groupId('Role: Helpdesk administrators')}`;
  const ids = async (relation: string) =>
    listValues(await audit.get(`${path}/${relation}?$select=id`)).map((entry) => entry.id);
  expect(await ids('members')).toContain(id('privilegedThroughGroup'));
  expect(await ids('members')).not.toContain(id('privilegedThroughNestedGroup'));
  expect(await ids('transitiveMembers')).toContain(id('privilegedThroughNestedGroup'));
  const cast = `${path}/transitiveMembers/microsoft.graph.user?$select=id&$count=true`;
  expect((await audit.get(cast)).status).toBe(400);
  const users = await audit.get(cast, { ConsistencyLevel: 'eventual' });
  expect([listValues(users).length, users.body['@odata.count']]).toEqual([2, 2]);
});

test('the members of a licensing group are all who inherit its product, over pages', async () => {
  const [{ id: group } = { id: '' }] = LICENSE_GROUPS;
  const found: unknown[] = [];
  for (let next: unknown = `/v1.0/groups/${group}/members?$select=id&$top=50`; typeof next === 'string'; ) {
    const reply = await audit.get(next);
    found.push(...listValues(reply).map((entry) => entry.id));
    next = reply.body['@odata.nextLink'];
  }
  expect(found.length).toBeGreaterThan(100);
  expect(found).toContain(id('inactiveByGroup'));
  expect(found).not.toContain(id('inactiveDirect'));
  expect(new Set(found).size).toBe(found.length);
});

test("a person's groups and their role can be asked from the person's side", async () => {
  const groups = listValues(await audit.get(`/v1.0/users/${id('privilegedThroughNestedGroup')}/transitiveMemberOf`));
  expect(groups.map(({ displayName }) => displayName)).toEqual([
    'Service desk night shift',
    'Role: Helpdesk administrators',
    'Helpdesk Administrator',
  ]);
});

test('without the permission roles are 403', async () => {
  const bare = await startEmulator({ users: 0, identities: { bare: { appRoles: ['User.Read.All'] } } });
  const stop = bare.trust();
  const caller = await signInAs(bare, 'bare');
  expect((await caller.get(`${roles}/roleAssignments`)).status).toBe(403);
  expect((await caller.get('/v1.0/groups')).status).toBe(403);
  stop();
  await bare.close();
});
