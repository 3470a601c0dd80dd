import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { findOrAddGroup } from '../tenant/groups.ts';
import { useTenant } from '../use-tenant.fixture.ts';

// Who is privileged beside the holders of built-in roles, and what Graph and Entra say about each.

let emulator: Emulator;
let audit: ApiClient;
let apply: ApiClient;

useTenant('each', { users: 200 }, async (started) => {
  emulator = started;
  [audit, apply] = await Promise.all([signInAs(started, 'audit'), signInAs(started, 'apply')]);
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const disable = (kind: string) => apply.patch(`/v1.0/users/${id(kind)}`, { accountEnabled: false });
const groupId = (name: string) => findOrAddGroup(emulator.tenant.directory, name, 0).id;
const eligible = '/v1.0/identityGovernance/privilegedAccess/group/eligibilitySchedules';
const units = '/v1.0/directory/administrativeUnits';

test('eligible members and owners of a group are listed for this group, and in no other list', async () => {
  const of = async (name: string) =>
    listValues(await audit.get(`${eligible}?$filter=groupId eq '${groupId(name)}'&$expand=principal`));
  expect(await of('Role: Helpdesk administrators')).toMatchObject([
    { accessId: 'member', principalId: id('eligibleGroupMember'), principal: { id: expect.any(String) } },
  ]);
  expect(await of('Role: spare, not assigned')).toMatchObject([
    { accessId: 'owner', principalId: id('eligibleGroupOwner') },
  ]);
  const lists = ['roleAssignments', 'roleEligibilitySchedules'];
  for (const list of lists) {
    const text = (await audit.get(`/v1.0/roleManagement/directory/${list}?$top=999`)).text;
    expect(text).not.toContain(id('eligibleGroupMember'));
  }
});

test('without a filter by group or principal the eligible are not listed', async () => {
  expect((await audit.get(eligible)).status).toBe(400);
  expect((await audit.get(`${eligible}?$filter=accessId eq 'owner'`)).status).toBe(400);
  const own = await audit.get(`${eligible}?$filter=principalId eq '${id('eligibleGroupOwner')}'`);
  expect(listValues(own)).toHaveLength(1);
});

test.each(['premium', 'premiumP2'] as const)('without %s nobody is eligible, and PIM says so', async (name) => {
  emulator.tenant.switches[name] = false;
  const path = `${eligible}?$filter=groupId eq '${groupId('Role: spare, not assigned')}'`;
  expect(formatError(await audit.get(path))).toContain('AadPremiumLicenseRequired');
});

test('owners of a group come in pages', async () => {
  const path = `/v1.0/groups/${groupId('Role: spare, not assigned')}/owners?$select=id`;
  emulator.applyEvents('inactiveDirect', { addPrivileges: { owns: ['Role: spare, not assigned'] } });
  const first = await audit.get(`${path}&$top=1`);
  expect(listValues(first)).toHaveLength(1);
  const second = await audit.get(String(first.body['@odata.nextLink']));
  expect([...listValues(first), ...listValues(second)].map((owner) => owner.id).sort()).toEqual(
    [id('inactiveDirect'), id('roleAssignableGroupOwner')].sort(),
  );
});

test('a unit says whether it is restricted, and so does each of its members, on $select only', async () => {
  expect(listValues(await audit.get(`${units}?$select=id,displayName,isMemberManagementRestricted`))).toEqual([
    { id: expect.any(String), displayName: 'Works council', isMemberManagementRestricted: true },
  ]);
  const [unit] = listValues(await audit.get(units));
  expect(listValues(await audit.get(`${units}/${unit?.id}/members?$select=id`))).toMatchObject([
    { '@odata.type': '#microsoft.graph.user', id: id('restrictedUnitMember') },
  ]);
  const restriction = async (kind: string, select = '?$select=id,isManagementRestricted') =>
    (await audit.get(`/v1.0/users/${id(kind)}${select}`)).body.isManagementRestricted;
  expect(await restriction('restrictedUnitMember')).toBe(true);
  expect(await restriction('inactiveDirect')).toBeNull();
  expect(await restriction('restrictedUnitMember', '')).toBeUndefined();
});

test('a role over one unit names it as its scope', async () => {
  const assignments = listValues(
    await audit.get(
      `/v1.0/roleManagement/directory/roleAssignments?$filter=principalId eq '${id('restrictedUnitAdministrator')}'`,
    ),
  );
  expect(assignments).toMatchObject([
    { directoryScopeId: expect.stringMatching(/^\/administrativeUnits\/[0-9a-f-]{36}$/) },
  ]);
});

test('a role of the company’s own is among the definitions, and not built in', async () => {
  const own = listValues(await audit.get('/v1.0/roleManagement/directory/roleDefinitions?$filter=isBuiltIn eq false'));
  expect(own).toMatchObject([{ displayName: 'Licence desk', isBuiltIn: false }]);
});

test.each([
  'roleAssignableGroupMember',
  'roleAssignableGroupOwner',
  'customRoleHolder',
  'restrictedUnitMember',
  'restrictedUnitAdministrator',
])('%s answers 403 to an app without an Entra role', async (kind) => {
  const reply = await disable(kind);
  expect(formatError(reply)).toBe('Authorization_RequestDenied: Insufficient privileges to complete the operation.');
  expect(emulator.getState(kind).accountEnabled).toBe(true);
});

test.each(['eligibleGroupMember', 'eligibleGroupOwner'])('Entra does not refuse to block %s', async (kind) => {
  expect((await disable(kind)).status).toBe(204);
});

test('a licence of somebody in a restricted unit is not taken either, but their mailbox can be converted', async () => {
  const path = `/v1.0/users/${id('restrictedUnitMember')}/assignLicense`;
  expect((await apply.post(path, { addLicenses: [], removeLicenses: [] })).status).toBe(403);
  const exchange = await signInAs(emulator, 'apply', 'https://outlook.office365.com');
  const reply = await exchange.post(`/adminapi/beta/${emulator.tenant.id}/InvokeCommand`, {
    CmdletInput: {
      CmdletName: 'Set-Mailbox',
      Parameters: { Identity: id('restrictedUnitMember'), Type: 'Shared' },
    },
  });
  expect(reply.status).toBe(200);
});

test.each([
  ['User Administrator', 'privilegedActive', 204],
  ['User Administrator', 'globalAdministrator', 403],
  ['User Administrator', 'privilegedThroughGroup', 403],
  ['Privileged Authentication Administrator', 'globalAdministrator', 204],
  ['Privileged Authentication Administrator', 'roleAssignableGroupOwner', 204],
  ['Privileged Authentication Administrator', 'restrictedUnitMember', 403],
])('an app that is %s and blocks %s is answered %s', async (role, kind, status) => {
  const { directory } = emulator.tenant;
  const objectId = emulator.identities.apply?.objectId ?? '';
  emulator.applyEvents('inactiveE5', { addRoles: [role] });
  for (const grant of directory.roleAssignments.values())
    if (grant.principalId === id('inactiveE5'))
      directory.roleAssignments.set(grant.id, { ...grant, principalId: objectId });
  expect((await disable(kind)).status).toBe(status);
});

test('what was given can be taken again', async () => {
  const owns = { owns: ['Role: spare, not assigned'] };
  emulator.applyEvents('inactiveDirect', { addPrivileges: { ...owns, restrictedUnits: ['Works council'] } });
  expect((await disable('inactiveDirect')).status).toBe(403);
  emulator.applyEvents('inactiveDirect', {
    removePrivileges: { ...owns, restrictedUnits: ['Works council'] },
  });
  expect((await disable('inactiveDirect')).status).toBe(204);
});
