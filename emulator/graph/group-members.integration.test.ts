import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { GroupInput } from '../tenant/group-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let members: ApiClient;

const groups: GroupInput[] = [
  { displayName: 'Plain' },
  { displayName: 'By rule', membershipRule: 'user.department -eq "Sales"' },
  { displayName: 'Synced', synced: true },
  { displayName: 'Mailing', kind: 'distribution' },
  { displayName: 'Mail and security', kind: 'mail-enabled security' },
  { displayName: 'Team', kind: 'team' },
  { displayName: 'For roles', roleAssignable: true },
  { displayName: 'Restricted', restrictedUnits: ['Board'] },
];
const names = groups.map(({ displayName }) => displayName);
const people = [
  { kind: 'ana', groups: names },
  { kind: 'max', groups: ['Plain'] },
  { kind: 'lee' },
  { kind: 'admin', roles: ['User Administrator'], groups: ['Plain'] },
];
const readers = ['GroupMember.Read.All', 'User.Read.All'] as const;
const identities = {
  members: { appRoles: ['GroupMember.ReadWrite.All', 'User.Read.All'] },
  roles: { appRoles: ['GroupMember.ReadWrite.All', 'RoleManagement.ReadWrite.Directory', 'User.Read.All'] },
  reader: { appRoles: readers },
  deleter: { appRoles: [...readers, 'User.ReadWrite.All', 'GroupMember.ReadWrite.All'] },
} as const;

useTenant('each', { users: 0, people, groups, identities, switches: { weather: null } }, async (started) => {
  emulator = started;
  members = await signInAs(started, 'members');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const pathOf = (name: string) => {
  const found = [...emulator.tenant.directory.groups.values()].find(
    ({ properties }) => properties.displayName === name,
  );
  return `/v1.0/groups/${found?.id}`;
};
const refer = (kind: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id(kind)}` });
const isIn = async (kind: string, group: string) =>
  listValues(await members.get(`${pathOf(group)}/members?$select=id`)).some((member) => member.id === id(kind));
const leave = (client: ApiClient, group: string, kind = 'ana') =>
  client.delete(`${pathOf(group)}/members/${id(kind)}/$ref`);

test('a member leaves and joins by reference, in whatever spelling', async () => {
  expect((await leave(members, 'Plain')).status).toBe(204);
  expect(await isIn('ana', 'Plain')).toBe(false);
  expect(formatError(await leave(members, 'Plain'))).toContain('Request_ResourceNotFound');
  expect((await members.post(`${pathOf('Plain')}/Members/$ref`, refer('ana'))).status).toBe(204);
  expect(formatError(await members.post(`${pathOf('Plain')}/members/$ref`, refer('ana')))).toContain(
    "Request_BadRequest: One or more added object references already exist for the following modified properties: 'members'.",
  );
  const shouted = `${pathOf('Plain').replace('groups', 'GROUPS').toUpperCase().replace('/V1.0', '/v1.0')}/MEMBERS`;
  expect((await members.delete(`${shouted}/${id('ana').toUpperCase()}/$ref`)).status).toBe(204);
  const byOtherName = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${id('ana').toUpperCase()}` };
  expect((await members.post(`${pathOf('Plain')}/members/$ref`, byOtherName)).status).toBe(204);
  expect(await isIn('ana', 'Plain')).toBe(true);
});

test('what is gone is a 404: the group, and whoever is to join', async () => {
  const gone = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${emulator.tenant.id}` };
  expect((await members.post(`${pathOf('Plain')}/members/$ref`, gone)).status).toBe(404);
  expect((await members.post(`/v1.0/groups/${emulator.tenant.id}/members/$ref`, refer('lee'))).status).toBe(404);
});

const refusals: [group: string, status: number, error: string][] = [
  ['By rule', 403, 'Authorization_RequestDenied'],
  ['Synced', 400, 'Request_BadRequest: Unable to update the specified properties for on-premises mastered'],
  ['Mailing', 400, 'Request_BadRequest: Cannot Update a mail-enabled security groups and or distribution list.'],
  ['Mail and security', 400, 'Cannot Update a mail-enabled'],
  ['For roles', 403, 'Authorization_RequestDenied'],
  ['Restricted', 403, 'Authorization_RequestDenied'],
];

test.each(refusals)('nobody leaves or joins by Graph: %s', async (group, status, error) => {
  const left = await leave(members, group);
  const joined = await members.post(`${pathOf(group)}/members/$ref`, refer('lee'));
  expect([left.status, joined.status]).toEqual([status, status]);
  expect([formatError(left), formatError(joined)]).toEqual([
    expect.stringContaining(error),
    expect.stringContaining(error),
  ]);
  expect(await isIn('ana', group)).toBe(true);
});

test('a role-assignable group takes the permission for roles besides; a team is like a plain group', async () => {
  expect((await leave(await signInAs(emulator, 'roles'), 'For roles')).status).toBe(204);
  expect((await leave(members, 'Team')).status).toBe(204);
  expect((await leave(await signInAs(emulator, 'reader'), 'Plain')).status).toBe(403);
});

test('twenty join at once, all or none', async () => {
  const bind = (ids: string[]) => ({
    'members@odata.bind': ids.map((one) => `https://graph.microsoft.com/v1.0/directoryObjects/${one}`),
  });
  const path = pathOf('Restricted');
  expect((await members.patch(path, bind([id('lee')]))).status).toBe(403);
  expect((await members.patch(pathOf('Plain'), bind([id('lee'), id('ana')]))).status).toBe(400);
  expect((await members.patch(pathOf('Plain'), bind([id('lee'), emulator.tenant.id]))).status).toBe(404);
  expect((await members.patch(pathOf('Plain'), bind(Array(21).fill(id('lee'))))).status).toBe(400);
  expect(await isIn('lee', 'Plain')).toBe(false);
  expect((await members.patch(pathOf('Plain'), bind([id('lee')]))).status).toBe(204);
  expect(await isIn('lee', 'Plain')).toBe(true);
  // Everything else of a group needs more.
  expect((await members.patch(pathOf('Plain'), { displayName: 'Ours' })).status).toBe(403);
});

test('without $ref the member itself is deleted, where the app may delete people, and can be restored', async () => {
  const path = `${pathOf('Plain')}/members/${id('max')}`;
  expect((await members.delete(path)).status).toBe(403);
  expect(await isIn('max', 'Plain')).toBe(true);
  const deleter = await signInAs(emulator, 'deleter');
  const max = id('max');
  expect((await deleter.delete(path)).status).toBe(204);
  expect((await deleter.get(`/v1.0/users/${max}`)).status).toBe(404);
  expect((await deleter.get(`/v1.0/directory/deletedItems/${max}`)).status).toBe(200);
  expect((await deleter.post(`/v1.0/directory/deletedItems/${max}/restore`, {})).status).toBe(200);
});

test('without $ref nobody is deleted who is not a member, or whom Entra protects', async () => {
  const deleter = await signInAs(emulator, 'deleter');
  expect((await deleter.delete(`${pathOf('Plain')}/members/${id('lee')}`)).status).toBe(404);
  expect((await deleter.delete(`${pathOf('Plain')}/members/${id('admin')}`)).status).toBe(403);
  expect((await deleter.get(`/v1.0/users/${id('lee')}`)).status).toBe(200);
});

test('the same holds for owners of a group and for holders of a role', async () => {
  const deleter = await signInAs(emulator, 'deleter');
  emulator.applyEvents('lee', { addPrivileges: { owns: ['Plain'], roles: ['Reports Reader'] } });
  const lee = id('lee');
  expect((await members.delete(`${pathOf('Plain')}/owners/${lee}`)).status).toBe(403);
  const [role] = [...emulator.tenant.directory.roleAssignments.values()].filter(
    ({ principalId }) => principalId === lee,
  );
  // Whom a role protects, an app without a role of its own does not delete.
  const path = `/v1.0/directoryRoles/${role?.roleDefinitionId}/members/${lee}`;
  expect((await deleter.delete(path)).status).toBe(403);
  emulator.applyEvents('lee', { removeRoles: ['Reports Reader'] });
  expect((await deleter.delete(path)).status).toBe(404);
  expect((await deleter.delete(`${pathOf('Plain')}/owners/${lee}`)).status).toBe(204);
  expect((await deleter.get(`/v1.0/users/${lee}`)).status).toBe(404);
});
