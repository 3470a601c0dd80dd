import pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { listExchangeEntries } from './exchange-roles.ts';
import { type GrantOption, grantOptions, listAppRoles, pipelineIdentities } from './grants.ts';
import { findBreaches } from './guarantees.ts';
import { licenseGroupRoles } from './license-group-roles.ts';
import { declareBootstrap } from './program.ts';
import { parseSettings } from './settings.ts';
import { completeConfig, configReader, mockTenant } from './tenant.fixture.ts';

const sales = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const office = '1d0a4c1e-54f7-4b39-8c5c-2f0b1f6f6a11';

async function run(change: Record<string, string>) {
  const tenant = await mockTenant();
  const settings = parseSettings('contoso', configReader({ ...completeConfig, ...change }), undefined);
  const outputs = await declareBootstrap(settings);
  await pulumi.runtime.disconnect();
  return { tenant, outputs };
}

const scoped = { licenseGroups: 'scoped', licenseGroupIds: `${sales},${office}` };

/**
 * The application permissions of `DELETE /users/{id}` and of `DELETE /groups/{id}` in Microsoft's permissions.json
 * (microsoft-graph-devx-content, permissions/new, 2026-08-07), and one that changes nearly everything.
 */
const deleting = [
  'AgentIdUser.ReadWrite.All',
  'AgentIdUser.ReadWrite.IdentityParentedBy',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementServiceConfig.ReadWrite.All',
  'User.DeleteRestore.All',
  'User.ReadWrite.All',
  'User.ReadWrite.CrossCloud',
  'Directory.ReadWrite.All',
  'Group.ReadWrite.All',
];

/** Every choice of options, of which there are 2 to the power of their number. */
function* listCombinations(): Generator<ReadonlySet<GrantOption>> {
  for (let bits = 0; bits < 2 ** grantOptions.length; bits++)
    yield new Set(grantOptions.filter((_, place) => (bits >> place) & 1));
}

test.each(pipelineIdentities)(
  'in no combination of options is there a permission that deletes people (the %s)',
  (identity) => {
    let count = 0;
    for (const chosen of listCombinations()) {
      const granted: readonly string[] = listAppRoles(identity, chosen);
      expect(granted.filter((appRole) => deleting.includes(appRole))).toEqual([]);
      count++;
    }
    expect(count).toBe(1024);
    expect(listExchangeEntries(identity).filter(({ cmdlet }) => cmdlet.startsWith('Remove-'))).toEqual([]);
  },
);

test.each(deleting)('%s would be refused before anything is made', (appRole) => {
  for (const identity of pipelineIdentities)
    expect(findBreaches(identity, [appRole]).map((breach) => breach.appRole)).toContain(appRole);
});

test('the role at the unit holds one action, and the other reads', () => {
  const { members, reader } = licenseGroupRoles;
  expect(members.actions).toEqual(['microsoft.directory/groups.security.assignedMembership/members/update']);
  expect(members.scope).toBe('unit');
  expect(reader.actions.filter((action) => !action.endsWith('/read'))).toEqual([]);
});

test('scoped: a unit of the groups, and the roles assigned to the apply, each where it belongs', async () => {
  const { tenant, outputs } = await run(scoped);
  expect(tenant.of('administrativeUnit').map(({ inputs }) => inputs)).toMatchObject([
    { displayName: 'dormant-license-groups-contoso', preventDuplicateNames: true },
  ]);
  const unitId = 'license-groups-object';
  expect(tenant.of('administrativeUnitMember').map(({ inputs }) => inputs)).toEqual([
    { administrativeUnitObjectId: unitId, memberObjectId: sales },
    { administrativeUnitObjectId: unitId, memberObjectId: office },
  ]);
  expect(tenant.of('customDirectoryRole').map(({ inputs }) => inputs.permissions)).toEqual([
    [{ allowedResourceActions: [...licenseGroupRoles.members.actions] }],
    [{ allowedResourceActions: [...licenseGroupRoles.reader.actions] }],
  ]);
  const assigned = tenant.of('directoryRoleAssignment').map(({ inputs }) => inputs);
  const principalObjectId = 'apply-object';
  expect(assigned).toHaveLength(2);
  expect(assigned).toEqual(
    expect.arrayContaining([
      { roleId: 'license-group-members-object', principalObjectId, directoryScopeId: `/administrativeUnits/${unitId}` },
      { roleId: 'license-group-reader-object', principalObjectId, directoryScopeId: '/' },
    ]),
  );
  expect(outputs.grants.apply).not.toContain('GroupMember.ReadWrite.All');
  expect(outputs.licenseGroups).toMatchObject({ rights: 'scoped', unit: { groupIds: [sales, office] } });
});

test.each([
  ['none', []],
  ['tenant', ['GroupMember.ReadWrite.All']],
] as const)('%s: no role and no unit', async (licenseGroups, granted) => {
  const { tenant, outputs } = await run({ licenseGroups });
  expect(tenant.made.filter(({ type }) => /role:|unit|directoryRole/i.test(type) && !/appRole/.test(type))).toEqual([]);
  expect(outputs.grants.apply.filter((appRole) => appRole === 'GroupMember.ReadWrite.All')).toEqual(granted);
  expect(outputs.grants.audit).not.toContain('GroupMember.ReadWrite.All');
  expect(outputs.licenseGroups).toEqual({ rights: licenseGroups, unit: null });
});

test('what a group gives besides licences is read by both, and written by neither', async () => {
  const { outputs } = await run({ groupUses: 'true', groupRules: 'false' });
  for (const identity of pipelineIdentities)
    expect(outputs.grants[identity]).toEqual(expect.arrayContaining(['Directory.Read.All', 'Policy.Read.All']));
  const without = await run({ groupRules: 'false' });
  for (const identity of pipelineIdentities)
    expect(without.outputs.grants[identity].filter((role) => /^(Directory|Policy)/.test(role))).toEqual([]);
});
