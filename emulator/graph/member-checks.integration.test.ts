import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import type { GroupInput } from '../tenant/group-input.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let reader: ApiClient;
let unhidden: ApiClient;

const groups: GroupInput[] = [
  { displayName: 'Outer' },
  { displayName: 'Middle', memberOf: ['Outer'] },
  { displayName: 'Inner', memberOf: ['Middle'] },
  { displayName: 'Other' },
  { displayName: 'Club', kind: 'microsoft365', hiddenMembers: true },
];
const people = [
  { kind: 'ana', groups: ['Inner', 'Club'] },
  { kind: 'max', groups: ['Other'] },
];
const identities = {
  reader: { appRoles: ['User.Read.All', 'GroupMember.Read.All'] },
  unhidden: { appRoles: ['User.Read.All', 'GroupMember.Read.All', 'Member.Read.Hidden'] },
  users: { appRoles: ['User.Read.All'] },
  members: { appRoles: ['GroupMember.Read.All'] },
} as const;

useTenant('all', { users: 0, people, groups, identities, switches: { weather: null } }, async (started) => {
  emulator = started;
  reader = await signInAs(started, 'reader');
  unhidden = await signInAs(started, 'unhidden');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const group = (name: string) =>
  [...emulator.tenant.directory.groups.values()].find(({ properties }) => properties.displayName === name)?.id ?? '';
const checkPath = (kind: string) => `/v1.0/users/${id(kind)}/checkMemberGroups`;
const check = async (client: ApiClient, kind: string, names: readonly string[]) => {
  const { body } = await client.post(checkPath(kind), { groupIds: names.map(group) });
  const ids: unknown[] = Array.isArray(body.value) ? body.value : [];
  return names.filter((name) => ids.includes(group(name)));
};

test('whoever is in a group within a group within the group is in it, too', async () => {
  expect(await check(reader, 'ana', ['Outer', 'Middle', 'Inner', 'Other'])).toEqual(['Outer', 'Middle', 'Inner']);
  expect(await check(reader, 'max', ['Outer', 'Other'])).toEqual(['Other']);
  const listed = listValues(await reader.get(`/v1.0/groups/${group('Outer')}/transitiveMembers?$select=id`));
  expect(listed.map((member) => member.id).sort()).toEqual([group('Middle'), group('Inner'), id('ana')].sort());
});

test('at most twenty groups are asked for at once, and one id that is none fails them all', async () => {
  const ids = Array.from({ length: 21 }, () => group('Outer'));
  expect(formatError(await reader.post(checkPath('ana'), { groupIds: ids }))).toContain('Request_BadRequest');
  expect((await reader.post(checkPath('ana'), { groupIds: ids.slice(1) })).status).toBe(200);
  const odd = await reader.post(checkPath('ana'), { groupIds: [group('Outer'), 'Outer'] });
  expect(formatError(odd)).toContain('Request_BadRequest');
});

test('it asks for a permission to read users and one to read memberships', async () => {
  const groupIds = [group('Outer')];
  for (const name of ['users', 'members'] as const) {
    const client = await signInAs(emulator, name);
    expect((await client.post(checkPath('ana'), { groupIds })).status).toBe(403);
  }
});

test('who is in a group with hidden members is said to nobody without Member.Read.Hidden, and without a word', async () => {
  expect(await check(reader, 'ana', ['Club', 'Outer'])).toEqual(['Outer']);
  expect(await check(unhidden, 'ana', ['Club', 'Outer'])).toEqual(['Club', 'Outer']);
  const members = `/v1.0/groups/${group('Club')}/transitiveMembers?$select=id`;
  expect(listValues(await reader.get(members))).toEqual([]);
  expect(listValues(await unhidden.get(members))).toHaveLength(1);
  const parents = `/v1.0/users/${id('ana')}/transitiveMemberOf?$select=id`;
  expect(listValues(await reader.get(parents)).map((parent) => parent.id)).not.toContain(group('Club'));
  const { body } = await reader.get(`/v1.0/groups/${group('Club')}?$select=id,visibility`);
  expect(body.visibility).toBe('HiddenMembership');
  const plain = await reader.get(`/v1.0/groups/${group('Outer')}?$select=id,visibility`);
  expect(plain.body).toHaveProperty('visibility', null);
});
