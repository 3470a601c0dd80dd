import { expect, test } from 'vitest';
import type { ListMany } from '../list-many.ts';
import { RequestFailed } from '../request-failed.ts';
import { noRequest } from '../request-ids.ts';
import { readPrivileges } from './read-privileges.ts';

// Who is privileged, from lists as Graph writes them: with what it leaves out, spells differently, or refuses.

type Answer = readonly object[] | { status: number; graphCode?: string; graphMessage?: string };
type Lists = Record<string, Answer>;

const group = '#microsoft.graph.group';
const user = '#microsoft.graph.user';
const ops = { id: 'ops', displayName: 'Ops' };
const helpdesk = { id: 'r1', displayName: 'Helpdesk Administrator' };
const directory = '/roleManagement/directory';
const premium = { status: 400, graphCode: 'AadPremiumLicenseRequired' };
const forbidden = { status: 403, graphCode: 'Authorization_RequestDenied' };

/** A tenant with one role and no one in it. Keys are the starts of paths, with filters; other lists are empty. */
const calm: Lists = { [`${directory}/roleDefinitions`]: [helpdesk] };

function listing(lists: Lists): ListMany {
  return async (requests) =>
    requests.map(({ path }) => {
      const plain = decodeURIComponent(path);
      const found = Object.entries(lists).find(([key]) => plain.startsWith(key))?.[1] ?? [];
      if (!('status' in found)) return { entries: found, refused: null };
      const facts = { graphCode: '', graphMessage: '', method: 'GET', path, ...noRequest, attempts: 1 };
      return { entries: null, refused: new RequestFailed({ ...facts, ...found }) };
    });
}

const read = (lists: Lists) => readPrivileges(listing({ ...lists, ...calm }));

async function holdings(lists: Lists, id = 'ana', isManagementRestricted = false) {
  return (await read(lists)).lookUp({ id, isManagementRestricted });
}

const assignments = `${directory}/roleAssignments`;
const assignable = '/groups?$filter=isAssignableToRole eq true';
const members = (id: string) => `/groups/${id}/transitiveMembers`;
const owners = (id: string) => `/groups/${id}/owners`;
const eligible = (id: string) =>
  `/identityGovernance/privilegedAccess/group/eligibilitySchedules?$filter=groupId eq '${id}'`;
const ana = { '@odata.type': user, id: 'ANA' };
const anEntry = (change: object = {}) => ({
  principalId: 'ana',
  roleDefinitionId: 'r1',
  principal: ana,
  ...change,
});
const role = (change: object = {}) => ({
  kind: 'active',
  roleName: 'Helpdesk Administrator',
  viaGroup: null,
  ...change,
});

test.each<[string, Lists, object[]]>([
  ['a role', { [assignments]: [anEntry()] }, [role()]],
  [
    'a role whose ids are in capitals',
    { [assignments]: [anEntry({ principalId: 'ANA', roleDefinitionId: 'R1' })] },
    [role()],
  ],
  [
    'a role whose holder is not expanded',
    { [assignments]: [anEntry({ principal: null })], [members('ana')]: { status: 404 } },
    [role()],
  ],
  ['a role that has no name', { [assignments]: [anEntry({ roleDefinitionId: 'own' })] }, [role({ roleName: 'own' })]],
  [
    'a role that has no id',
    { [assignments]: [anEntry({ roleDefinitionId: null })] },
    [role({ roleName: 'a role without an id' })],
  ],
  ['a role whose holder is named by the principal only', { [assignments]: [anEntry({ principalId: null })] }, [role()]],
  ['a role to be activated', { [`${directory}/roleEligibilitySchedules`]: [anEntry()] }, [role({ kind: 'eligible' })]],
  [
    'a role over one unit, which is restricted',
    {
      [assignments]: [anEntry({ directoryScopeId: '/administrativeUnits/U1' })],
      '/directory/administrativeUnits?': [{ id: 'u1', displayName: 'Board', isMemberManagementRestricted: true }],
    },
    [role({ scope: { unit: 'Board', isRestricted: true } })],
  ],
  [
    'a role over a unit that may not be read',
    {
      [assignments]: [anEntry({ directoryScopeId: '/administrativeUnits/u1' })],
      '/directory/administrativeUnits?': forbidden,
    },
    [role({ scope: { unit: 'u1', isRestricted: false } })],
  ],
  [
    'a role through a group',
    {
      [assignments]: [anEntry({ principalId: 'ops', principal: { '@odata.type': group, ...ops } })],
      [members('ops')]: [ana],
    },
    [role({ viaGroup: 'Ops' })],
  ],
  [
    'a role through a group that is not expanded',
    { [assignments]: [anEntry({ principalId: 'ops', principal: null })], [members('ops')]: [ana] },
    [role({ viaGroup: 'ops' })],
  ],
  [
    'a role through a group that is not expanded and is role-assignable',
    {
      [assignable]: [ops],
      [assignments]: [anEntry({ principalId: 'OPS', principal: undefined })],
      [members('ops')]: [ana],
    },
    [role({ viaGroup: 'Ops' })],
  ],
  [
    'a role through a group without a name',
    {
      [assignments]: [anEntry({ principalId: 'ops', principal: { '@odata.type': group, displayName: null } })],
      [members('ops')]: [ana],
    },
    [role({ viaGroup: 'ops' })],
  ],
  [
    'a member of a role-assignable group',
    { [assignable]: [ops], [members('ops')]: [ana] },
    [{ kind: 'group-member', group: 'Ops' }],
  ],
  [
    'an owner of a role-assignable group',
    { [assignable]: [ops], [owners('ops')]: [ana] },
    [{ kind: 'group-owner', group: 'Ops' }],
  ],
  [
    'an eligible member of a role-assignable group',
    { [assignable]: [ops], [eligible('ops')]: [anEntry({ accessId: 'member' })] },
    [{ kind: 'eligible-group-member', group: 'Ops' }],
  ],
  [
    'an eligible owner, in another spelling',
    { [assignable]: [ops], [eligible('ops')]: [anEntry({ accessId: 'Owner', principal: null })] },
    [{ kind: 'eligible-group-owner', group: 'Ops' }],
  ],
  [
    'an eligible one of whom Graph does not say as what',
    { [assignable]: [ops], [eligible('ops')]: [anEntry({ accessId: null })] },
    [{ kind: 'eligible-group-member', group: 'Ops' }],
  ],
  [
    'a member of a group that may activate itself',
    {
      [assignable]: [ops],
      [eligible('ops')]: [anEntry({ principalId: 'team', principal: { '@odata.type': group, id: 'team' } })],
      [members('team')]: [ana],
    },
    [{ kind: 'eligible-group-member', group: 'Ops' }],
  ],
  [
    'one who may join a group that may activate itself',
    {
      [assignable]: [ops],
      [eligible('ops')]: [
        anEntry({
          principalId: 'team',
          principal: { '@odata.type': group, id: 'team', displayName: 'Team' },
        }),
      ],
      [eligible('team')]: [anEntry()],
    },
    [{ kind: 'eligible-group-member', group: 'Team' }],
  ],
  [
    'one who may join a group inside a group',
    {
      [assignable]: [ops],
      [members('ops')]: [{ '@odata.type': group, id: 'inner', displayName: 'Inner' }],
      [eligible('inner')]: [anEntry()],
    },
    [{ kind: 'eligible-group-member', group: 'Inner' }],
  ],
  [
    'a member of a restricted unit',
    {
      '/directory/administrativeUnits?': [{ id: 'U1', displayName: 'Board', isMemberManagementRestricted: true }],
      '/directory/administrativeUnits/u1/members': [ana],
    },
    [{ kind: 'restricted-unit', unit: 'Board' }],
  ],
  [
    'a member of a unit that is not restricted',
    {
      '/directory/administrativeUnits?': [
        { id: 'u1', isMemberManagementRestricted: null },
        { id: 'u2', isMemberManagementRestricted: false },
      ],
      '/directory/administrativeUnits/u1/members': [ana],
      '/directory/administrativeUnits/u2/members': [ana],
    },
    [],
  ],
])('%s is known by it', async (_, lists, expected) => {
  expect(await holdings(lists)).toEqual(expected);
});

test('an account that says so is in a restricted unit, whether the unit may be read or not', async () => {
  const unnamed = [{ kind: 'restricted-unit', unit: null }];
  expect(await holdings({ '/directory/administrativeUnits?': forbidden }, 'ana', true)).toEqual(unnamed);
  expect(await holdings({}, 'ana', true)).toEqual(unnamed);
});

test('groups that lead into each other come to an end', async () => {
  const nested = (id: string) => [{ '@odata.type': group, id }];
  const lists = { [assignable]: [ops], [members('ops')]: nested('team'), [members('team')]: nested('ops') };
  expect(await holdings(lists, 'nobody')).toEqual([]);
});

test.each<[string, Answer, string]>([
  ['the answer of today', premium, 'unlicensed'],
  ['the same as a 403', { status: 403, graphCode: 'AadPremiumLicenseRequired' }, 'unlicensed'],
  [
    'the sentence alone',
    { status: 400, graphMessage: 'The tenant needs to have Microsoft Entra ID Governance license.' },
    'unlicensed',
  ],
  ['no permission', forbidden, 'unavailable'],
  [
    'a cloud that does not know it',
    { status: 400, graphMessage: "Resource not found for the segment 'x'." },
    'unavailable',
  ],
  ['a cloud that has not built it', { status: 501 }, 'unavailable'],
  ['an empty list', [], 'read'],
])('eligibility that is answered with %s', async (_, answer, expected) => {
  const { access } = await read({
    [assignable]: [ops],
    [`${directory}/roleEligibilitySchedules`]: answer,
    '/identityGovernance/': answer,
    '/directory/administrativeUnits?': answer,
  });
  expect(access).toEqual({
    roleEligibility: expected,
    groupEligibility: expected,
    restrictedUnits: expected,
  });
});

test('a group that PIM does not know has nobody who is eligible; one that may not be read is a gap', async () => {
  const two = [ops, { id: 'it', displayName: 'IT' }];
  const known = { [assignable]: two, [eligible('ops')]: { status: 404 } };
  expect((await read(known)).access.groupEligibility).toBe('read');
  expect((await read({ ...known, [eligible('it')]: forbidden })).access.groupEligibility).toBe('unavailable');
});

test.each([members('ops'), owners('ops')])(
  'a group that goes while it is read makes nobody privileged: %s',
  async (path) => {
    const tenant = listing({ ...calm, [assignable]: [ops], [path]: { status: 404 } });
    const without = listing({ ...calm, [path]: { status: 404 } });
    let listed = 0;
    const list: ListMany = (requests) => {
      const isListing = requests.some((request) => decodeURIComponent(request.path).startsWith(assignable));
      return (isListing && ++listed > 1 ? without : tenant)(requests);
    };
    const { lookUp } = await readPrivileges(list);
    expect(lookUp({ id: 'ana', isManagementRestricted: false })).toEqual([]);
    expect(listed).toBe(2);
  },
);

test.each([members('ops'), owners('ops')])(
  'a group that is listed, and still is when it is not found, has people whom nobody knows: %s',
  async (path) => {
    const answer = holdings({ [assignable]: [ops], [path]: { status: 404 } });
    await expect(answer).rejects.toMatchObject({ code: 'unexpected-answer', message: expect.stringContaining('Ops') });
  },
);

test.each([
  ['role definitions', `${directory}/roleDefinitions`],
  ['role assignments', assignments],
  ['role-assignable groups', assignable],
  ['the members of a group', members('ops')],
  ['the owners of a group', owners('ops')],
])('%s that may not be read are no answer: nobody knows who is privileged', async (_, path) => {
  const lists = { ...calm, [assignable]: [ops], [path]: forbidden };
  await expect(readPrivileges(listing(lists))).rejects.toMatchObject({
    status: 403,
  });
});

test('an assignment that names nobody is no answer either', async () => {
  await expect(read({ [assignments]: [{ roleDefinitionId: 'r1' }] })).rejects.toMatchObject({
    code: 'unexpected-answer',
  });
});
