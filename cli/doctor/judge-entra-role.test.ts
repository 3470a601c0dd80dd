import { expect, test } from 'vitest';
import { changeMembers, licenseGroupRoles } from '../../bootstrap/license-group-roles.ts';
import { changesGroupMembers, describeDanger, isOfBootstrap } from './judge-entra-role.ts';

const roleId = '00000000-0000-4000-8000-000000000001';

/** From the tables of permissions-reference.md of entra-docs. */
test.each([
  ['User Administrator', 'users/delete', 'It deletes people.'],
  ['Global Administrator', 'users/allProperties/allTasks', 'It deletes people.'],
  ['Global Administrator', 'deletedItems/delete', 'It deletes people.'],
  ['Groups Administrator', 'groups/delete', 'It deletes groups.'],
  ['Teams Administrator', 'groups.unified/delete', 'It deletes groups.'],
  ['Privileged Role Administrator', 'groupsAssignableToRoles/delete', 'It deletes groups.'],
  [
    'Privileged Role Administrator',
    'roleAssignments/allProperties/allTasks',
    'It can give this identity any other right.',
  ],
  ['Application Administrator', 'applications/credentials/update', 'It can give this identity any other right.'],
  ['Groups Administrator', 'groups/owners/update', 'It can give this identity any other right.'],
  [
    'Privileged Role Administrator',
    'administrativeUnits/allProperties/allTasks',
    'It can give this identity any other right.',
  ],
  ['License Administrator', 'users/assignLicense', null],
  ['Helpdesk Administrator', 'users/invalidateAllRefreshTokens', null],
  ['Directory Readers', 'users/standard/read', null],
])('the danger of what %s holds: %s', (_role, action, says) => {
  expect(describeDanger({ roleId, actions: [`microsoft.directory/${action}`] })).toBe(says);
});

test('a built-in role is known by its id, also where its actions cannot be read', () => {
  expect(describeDanger({ roleId: '62e90394-69f5-4237-9190-012177145e10', actions: [] })).toContain('deletes people');
});

test.each([
  [changeMembers, true],
  ['microsoft.directory/groups/members/update', true],
  ['microsoft.directory/groups.unified.assignedMembership/members/update', true],
  ['microsoft.directory/groups/allProperties/update', true],
  ['microsoft.directory/groupsAssignableToRoles/allProperties/update', true],
  ['microsoft.directory/groups/members/read', false],
  ['microsoft.directory/groups/owners/update', false],
  ['microsoft.directory/administrativeUnits/members/update', false],
])('whether %s changes who is in a group: %s', (action, changes) => {
  expect(changesGroupMembers({ roleId, actions: [action] })).toBe(changes);
});

test('a role of the bootstrap is one only at its own scope, and with nothing added to it', () => {
  const { actions } = licenseGroupRoles.members;
  const scope = '/administrativeUnits/u';
  expect(isOfBootstrap({ actions, scope })).toBe(true);
  expect(isOfBootstrap({ actions, scope: '/' })).toBe(false);
  expect(isOfBootstrap({ actions: [...actions, 'microsoft.directory/groups/delete'], scope })).toBe(false);
  expect(isOfBootstrap({ actions: licenseGroupRoles.reader.actions, scope: '/' })).toBe(true);
});
