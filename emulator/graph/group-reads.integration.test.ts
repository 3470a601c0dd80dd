import { expect, test } from 'vitest';
import { formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { GRAPH_APP_ROLES, type GraphAppRole } from '../tenant/app-roles.ts';
import type { GroupInput } from '../tenant/group-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

const groups: GroupInput[] = [
  { displayName: 'Plain', licenses: ['VISIOCLIENT'] },
  {
    displayName: 'Gives more',
    licenses: ['SPE_E3'],
    appRoles: ['Payroll'],
    conditionalAccess: 'exclude',
    memberOf: ['Everybody'],
    units: ['Licences'],
  },
  { displayName: 'Named', conditionalAccess: 'include' },
  { displayName: 'Twin' },
  { displayName: 'Twin' },
  { displayName: 'Team', kind: 'team', licenses: ['SPE_F1'] },
  { displayName: 'Synced', synced: true, roleAssignable: true },
  { displayName: 'By rule', membershipRule: 'user.department -eq "Sales"', processingState: 'Paused' },
];
const people = [{ kind: 'ana', licenses: [], groups: ['Plain', 'Gives more'] }];
const single = (name: GraphAppRole) => [name, { appRoles: [name] }] as const;
const identities = Object.fromEntries(Object.keys(GRAPH_APP_ROLES).filter(isAppRole).map(single));

useTenant('all', { users: 0, people, groups, identities, switches: { budgets: 'off', weather: null } }, (started) => {
  emulator = started;
});

function isAppRole(name: string): name is GraphAppRole {
  return name in GRAPH_APP_ROLES;
}

const find = (name: string) =>
  [...emulator.tenant.directory.groups.values()].find(({ properties }) => properties.displayName === name)?.id ?? '';
const readAs = async (identity: string, path: string, headers = {}) =>
  (await signInAs(emulator, identity)).get(`/v1.0${path}`, headers);

const PROPERTIES =
  'displayName,groupTypes,membershipRule,membershipRuleProcessingState,onPremisesSyncEnabled,isAssignableToRole,' +
  'mailEnabled,securityEnabled,resourceProvisioningOptions,assignedLicenses';

const kinds: [string, Record<string, unknown>][] = [
  ['Plain', { groupTypes: [], mailEnabled: false, securityEnabled: true, resourceProvisioningOptions: [] }],
  ['Team', { groupTypes: ['Unified'], mailEnabled: true, resourceProvisioningOptions: ['Team'] }],
  ['Synced', { onPremisesSyncEnabled: true, isAssignableToRole: true }],
  ['By rule', { groupTypes: ['DynamicMembership'], membershipRuleProcessingState: 'Paused' }],
];

test.each(kinds)('a group shows what it is: %s', async (name, properties) => {
  const { body } = await readAs('GroupMember.Read.All', `/groups/${find(name)}?$select=${PROPERTIES}`);
  expect(body).toMatchObject({ displayName: name, ...properties });
});

test('what a group gives comes only when it is selected', async () => {
  const path = `/groups/${find('Plain')}`;
  expect((await readAs('GroupMember.Read.All', path)).body).not.toHaveProperty('assignedLicenses');
  const { body } = await readAs('GroupMember.Read.All', `${path}?$select=assignedLicenses`);
  expect(body.assignedLicenses).toMatchObject([{ disabledPlans: [] }]);
});

test('two groups of one name are two', async () => {
  const found = await readAs('GroupMember.Read.All', "/groups?$filter=displayName eq 'Twin'&$select=id");
  expect([formatError(found), listValues(found).length]).toEqual(['', 2]);
});

test('the rule is for who reads the directory or all of a group', async () => {
  const path = `/groups/${find('By rule')}?$select=membershipRule`;
  expect((await readAs('GroupMember.Read.All', path)).body.membershipRule).toBeNull();
  expect((await readAs('Group.Read.All', path)).body.membershipRule).toContain('user.department');
});

/** The least permissions of permissions.json that this tenant offers, and one that looks as if it would do. */
const reads: [what: string, path: (id: string) => string, least: GraphAppRole, not: GraphAppRole][] = [
  ['the group', (id) => `/groups/${id}`, 'GroupMember.Read.All', 'User.Read.All'],
  ['its members', (id) => `/groups/${id}/members`, 'GroupMember.Read.All', 'User.Read.All'],
  ['their number', (id) => `/groups/${id}/members/$count`, 'GroupMember.Read.All', 'User.Read.All'],
  ['what it is in', (id) => `/groups/${id}/memberOf`, 'GroupMember.Read.All', 'AdministrativeUnit.Read.All'],
  ['its app roles', (id) => `/groups/${id}/appRoleAssignments`, 'Directory.Read.All', 'Application.Read.All'],
  ['policies', () => '/identity/conditionalAccess/policies', 'Policy.Read.All', 'Directory.Read.All'],
];

test.each(reads)('the least permission is enough, another is not: %s', async (_, path, least, not) => {
  const eventual = { ConsistencyLevel: 'eventual' };
  expect((await readAs(least, path(find('Gives more')), eventual)).status).toBe(200);
  expect((await readAs(not, path(find('Gives more')), eventual)).status).toBe(403);
});

test('app roles, policies, groups and units that name a group are found from it', async () => {
  const id = find('Gives more');
  expect(listValues(await readAs('Directory.Read.All', `/groups/${id}/appRoleAssignments`))).toMatchObject([
    { principalId: id, principalType: 'Group', principalDisplayName: 'Gives more', resourceDisplayName: 'Payroll' },
  ]);
  expect(listValues(await readAs('Directory.Read.All', `/groups/${find('Plain')}/appRoleAssignments`))).toEqual([]);
  expect(listValues(await readAs('GroupMember.Read.All', `/groups/${id}/memberOf`))).toMatchObject([
    { '@odata.type': '#microsoft.graph.group', displayName: 'Everybody' },
    { '@odata.type': '#microsoft.graph.administrativeUnit', displayName: null },
  ]);
  const policies = listValues(await readAs('Policy.Read.All', '/identity/conditionalAccess/policies'));
  expect(policies).toMatchObject([
    { conditions: { users: { includeUsers: ['All'], excludeGroups: [id] } } },
    { conditions: { users: { includeGroups: [find('Named')] } } },
  ]);
});

test('a person is in the groups that give licences, too', async () => {
  const { id } = emulator.tenant.people.requireKind('ana');
  const parents = listValues(await readAs('Directory.Read.All', `/users/${id}/memberOf?$select=displayName`));
  expect(parents).toMatchObject([{ displayName: 'Plain' }, { displayName: 'Gives more' }]);
  const count = await readAs('GroupMember.Read.All', `/groups/${find('Plain')}/members/$count`, {
    ConsistencyLevel: 'eventual',
  });
  expect(count.text).toBe('1');
});

test('control routes make a group of any sort, change what it is, and take it away', async () => {
  const send = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const reply = await fetch(`${emulator.url}/_emulator${path}`, init);
    return [reply.status, Object(reply.status === 204 ? {} : await reply.json())];
  };
  const [status, { id }] = await send('POST', '/groups', { displayName: 'Later', licenses: ['SPE_E3'], synced: true });
  expect(status).toBe(201);
  const read = async () => (await readAs('Group.Read.All', `/groups/${id}`)).body;
  expect(await read()).toMatchObject({ displayName: 'Later', onPremisesSyncEnabled: true, groupTypes: [] });
  await send('PATCH', '/people/ana', { addGroups: ['Later'] });
  expect(emulator.getState('ana').groups).toContain('Later');
  const rule = 'user.department -eq "Sales"';
  expect((await send('PATCH', `/groups/${id}`, { synced: false, membershipRule: rule }))[0]).toBe(200);
  expect(await read()).toMatchObject({ onPremisesSyncEnabled: null, membershipRule: rule });
  await send('PATCH', '/groups/Later', { membershipRule: null, kind: 'team', roleAssignable: true });
  expect(await read()).toMatchObject({ groupTypes: ['Unified'], membershipRule: null, isAssignableToRole: true });
  expect((await send('DELETE', '/groups/Later'))[0]).toBe(204);
  expect((await readAs('Group.Read.All', `/groups/${id}`)).status).toBe(404);
  const held = emulator.getState('ana').licenses.map(({ assignedByGroup }) => assignedByGroup);
  expect(held).not.toContain(id);
  expect((await send('DELETE', '/groups/Later'))[0]).toBe(400);
});
