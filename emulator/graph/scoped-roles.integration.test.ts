import { beforeEach, expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { GroupInput } from '../tenant/group-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let bootstrap: ApiClient;
let scoped: ApiClient;

const ACTION = 'microsoft.directory/groups.security.assignedMembership/members/update';
const ROLES = '/v1.0/roleManagement/directory';
const UNITS = '/v1.0/directory/administrativeUnits';

const inUnit = { units: ['Licences'] };
const groups: GroupInput[] = [
  { displayName: 'Inside', ...inUnit },
  { displayName: 'Outside' },
  { displayName: 'By rule', membershipRule: 'user.department -eq "Sales"', ...inUnit },
  { displayName: 'Synced', synced: true, ...inUnit },
  { displayName: 'Team', kind: 'team', ...inUnit },
  { displayName: 'For roles', roleAssignable: true, ...inUnit },
  { displayName: 'Restricted', restrictedUnits: ['Board'], ...inUnit },
];
const people = [{ kind: 'ana', groups: groups.map(({ displayName }) => displayName) }];
const identities = {
  scoped: { appRoles: ['GroupMember.Read.All', 'User.Read.All'] },
  blind: { appRoles: ['User.Read.All'] },
  reading: { appRoles: ['User.Read.All'], directoryRoles: ['Directory Readers'] },
} as const;

useTenant('each', { users: 0, people, groups, identities, switches: { weather: null } }, (started) => {
  emulator = started;
});

beforeEach(async () => {
  bootstrap = await signInAs(emulator, 'bootstrap');
  scoped = await signInAs(emulator, 'scoped');
});

const findGroup = (name: string) =>
  [...emulator.tenant.directory.groups.values()].find(({ properties }) => properties.displayName === name)?.id ?? '';
const findUnit = (name: string) =>
  [...emulator.tenant.directory.administrativeUnits.values()].find(({ displayName }) => displayName === name)?.id ?? '';
const leave = (name: string, client = scoped) =>
  client.delete(`/v1.0/groups/${findGroup(name)}/members/${emulator.tenant.people.requireKind('ana').id}/$ref`);

async function makeRole(actions: readonly string[] = [ACTION]) {
  const made = await bootstrap.post(`${ROLES}/roleDefinitions`, {
    displayName: 'Licence group members',
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: actions }],
    // As azuread sends it where no template is given.
    templateId: '',
    version: '1.0',
  });
  expect([made.status, formatError(made)]).toEqual([201, '']);
  return String(made.body.id);
}

async function assign(roleDefinitionId: string, directoryScopeId: string, identity = 'scoped') {
  const principalId = emulator.identities[identity]?.objectId;
  const made = await bootstrap.post(`${ROLES}/roleAssignments`, { principalId, roleDefinitionId, directoryScopeId });
  expect(made.status).toBe(201);
  return String(made.body.id);
}

const scopeOf = (unit: string) => `/administrativeUnits/${findUnit(unit)}`;

test('an app with a role at a unit changes the members of its plain groups, and of no other', async () => {
  expect((await leave('Inside')).status).toBe(403);
  await assign(await makeRole(), scopeOf('Licences'));
  const statuses = await Promise.all(
    groups.map(async ({ displayName }) => [displayName, (await leave(displayName)).status]),
  );
  expect(Object.fromEntries(statuses)).toEqual({
    Inside: 204,
    Outside: 403,
    'By rule': 403,
    Synced: 400,
    Team: 403,
    'For roles': 403,
    Restricted: 403,
  });
  const back = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${emulator.tenant.people.requireKind('ana').id}` };
  expect((await scoped.post(`/v1.0/groups/${findGroup('Inside')}/members/$ref`, back)).status).toBe(204);
  // Nothing else of the group, and nobody's account.
  expect((await scoped.patch(`/v1.0/groups/${findGroup('Inside')}`, { displayName: 'x' })).status).toBe(403);
  expect((await scoped.delete(`/v1.0/groups/${findGroup('Inside')}`)).status).toBe(403);
  expect((await leave('Inside')).status).toBe(204);
});

test('a role at one group is for that group, one for the whole tenant for all of its kind', async () => {
  const role = await makeRole();
  await assign(role, `/${findGroup('Outside')}`);
  expect([(await leave('Outside')).status, (await leave('Inside')).status]).toEqual([204, 403]);
  await assign(role, '/');
  expect([(await leave('Inside')).status, (await leave('Restricted')).status]).toEqual([204, 403]);
});

test('in a restricted unit only a role at this very unit counts', async () => {
  await assign(await makeRole(), scopeOf('Board'));
  expect((await leave('Restricted')).status).toBe(204);
});

test('a role that is disabled, deleted or taken away allows nothing more', async () => {
  const role = await makeRole();
  const assignment = await assign(role, scopeOf('Licences'));
  await bootstrap.patch(`${ROLES}/roleDefinitions/${role}`, { isEnabled: false });
  expect((await leave('Inside')).status).toBe(403);
  await bootstrap.patch(`${ROLES}/roleDefinitions/${role}`, { isEnabled: true });
  expect((await bootstrap.delete(`${ROLES}/roleAssignments/${assignment}`)).status).toBe(204);
  expect((await leave('Inside')).status).toBe(403);
  await assign(role, scopeOf('Licences'));
  expect((await bootstrap.delete(`${ROLES}/roleDefinitions/${role}`)).status).toBe(204);
  expect((await leave('Inside')).status).toBe(403);
});

test('an app under a scoped role has to be able to read groups: by a permission, or by a role only', async () => {
  const role = await makeRole();
  for (const identity of ['blind', 'reading', 'scoped']) await assign(role, scopeOf('Licences'), identity);
  const [blind, reading] = [await signInAs(emulator, 'blind'), await signInAs(emulator, 'reading')];
  expect((await leave('Inside', blind)).status).toBe(403);
  emulator.tenant.switches.scopedAppRoles = 'with-roles';
  expect((await leave('Inside', scoped)).status).toBe(403);
  await assign(await makeRole(['microsoft.directory/groups/standard/read']), '/', 'blind');
  expect((await leave('Inside', blind)).status).toBe(204);
  expect((await leave('Inside', reading)).status).toBe(404);
  emulator.tenant.switches.scopedAppRoles = 'refused';
  expect((await leave('Inside', reading)).status).toBe(403);
});

test('an app that owns a group changes its members, with no permission and no role', async () => {
  const { groups: all } = emulator.tenant.directory;
  for (const name of ['Inside', 'For roles', 'Restricted'])
    all.get(findGroup(name))?.owners.add(emulator.identities.blind?.objectId ?? '');
  const blind = await signInAs(emulator, 'blind');
  expect((await leave('Outside', blind)).status).toBe(403);
  expect((await leave('Inside', blind)).status).toBe(204);
  expect((await leave('For roles', blind)).status).toBe(403);
  expect((await leave('Restricted', blind)).status).toBe(403);
});

test('a custom role is read, changed and deleted as azuread does it; a built-in one is not', async () => {
  const role = await makeRole();
  const path = `${ROLES}/roleDefinitions/${role}`;
  expect((await bootstrap.get(path)).body).toMatchObject({
    displayName: 'Licence group members',
    isBuiltIn: false,
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: [ACTION] }],
    templateId: role,
    version: '1.0',
  });
  expect((await bootstrap.patch(path, { displayName: 'Other', description: 'x' })).status).toBe(204);
  expect((await bootstrap.get(path)).body).toMatchObject({ displayName: 'Other', description: 'x' });
  const named = await bootstrap.get(`${ROLES}/roleDefinitions?$filter=displayName eq 'Other'`);
  expect(listValues(named)).toHaveLength(1);
  expect((await bootstrap.delete(path)).status).toBe(204);
  expect((await bootstrap.get(path)).status).toBe(404);
  const [builtIn] = listValues(await bootstrap.get(`${ROLES}/roleDefinitions?$filter=displayName eq 'Global Reader'`));
  expect((await bootstrap.delete(`${ROLES}/roleDefinitions/${String(builtIn?.id)}`)).status).toBe(400);
  const nonsense = { displayName: 'x', isEnabled: true, rolePermissions: [{ allowedResourceActions: ['everything'] }] };
  expect((await bootstrap.post(`${ROLES}/roleDefinitions`, nonsense)).status).toBe(400);
  expect((await scoped.post(`${ROLES}/roleDefinitions`, nonsense)).status).toBe(403);
});

test('a unit is made, filled, found and deleted as azuread does it', async () => {
  const made = await bootstrap.post(UNITS, { displayName: 'New', visibility: 'Public', description: 'Licence groups' });
  expect([made.status, made.body]).toMatchObject([201, { displayName: 'New', description: 'Licence groups' }]);
  const path = `${UNITS}/${String(made.body.id)}`;
  expect((await bootstrap.patch(path, { displayName: 'TERRAFORM_UPDATE_1' })).status).toBe(204);
  expect((await bootstrap.patch(path, { displayName: 'New', description: '' })).status).toBe(204);
  expect(listValues(await bootstrap.get(`${UNITS}?$filter=displayName eq 'New'`))).toHaveLength(1);
  const outside = findGroup('Outside');
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${outside}` };
  expect((await bootstrap.post(`${path}/members/$ref`, reference)).status).toBe(204);
  const found = await bootstrap.get(`${path}/members?$filter=id eq '${outside}'`);
  expect([formatError(found), listValues(found)]).toMatchObject(['', [{ id: outside }]]);
  expect((await bootstrap.get(`/v1.0/groups/${outside}/memberOf`)).body.value).toMatchObject([{ displayName: 'New' }]);
  expect((await bootstrap.delete(`${path}/members/${outside}/$ref`)).status).toBe(204);
  expect(listValues(await bootstrap.get(`${path}/members`))).toEqual([]);
  expect((await bootstrap.delete(`/beta/administrativeUnits/${String(made.body.id)}`)).status).toBe(204);
  expect((await bootstrap.get(path)).status).toBe(404);
  expect((await scoped.post(UNITS, { displayName: 'x' })).status).toBe(403);
});

test('a scoped role member is the same as an assignment at the unit', async () => {
  const path = `${UNITS}/${findUnit('Licences')}/scopedRoleMembers`;
  const roleMemberInfo = { id: emulator.identities.scoped?.objectId };
  const made = await bootstrap.post(path, { roleId: await makeRole(), roleMemberInfo });
  expect([made.status, made.body.roleMemberInfo]).toMatchObject([201, roleMemberInfo]);
  expect((await leave('Inside')).status).toBe(204);
  expect((await bootstrap.get(`${path}/${String(made.body.id)}`)).body).toMatchObject({ roleMemberInfo });
  expect((await bootstrap.delete(`${path}/${String(made.body.id)}`)).status).toBe(204);
  expect(listValues(await bootstrap.get(path))).toEqual([]);
});

test('a role is given only if it, its holder and its scope are there', async () => {
  const roleDefinitionId = await makeRole();
  const principalId = emulator.identities.scoped?.objectId;
  const gone = emulator.tenant.id;
  const right = { principalId, roleDefinitionId, directoryScopeId: '/' };
  const wrong = [
    { ...right, directoryScopeId: `/administrativeUnits/${gone}` },
    { ...right, directoryScopeId: `/${gone}` },
    { ...right, roleDefinitionId: gone },
    { ...right, principalId: gone },
  ];
  for (const body of wrong) expect((await bootstrap.post(`${ROLES}/roleAssignments`, body)).status).toBe(404);
});
