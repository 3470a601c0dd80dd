import { addGroup } from '@dormant-m365/emulator/tenant';
import { expect, test } from 'vitest';
import { connect } from '../../graph/connect.ts';
import { aTenantToApplyTo, type TenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { createQuarantineFinder } from './find-quarantine.ts';
import { buildQuarantineName, resolveQuarantine } from './resolve-quarantine.ts';
import type { StateQuarantine } from './state-quarantine.ts';

const name = buildQuarantineName('contoso');
const nothing: StateQuarantine = {
  ...{ groupId: null, policyId: null, members: [], urns: [], allUrns: [] },
  hasAccounts: true,
};

const resolve = (tenant: TenantToApplyTo, known: StateQuarantine = nothing, identity: 'audit' | 'apply' = 'apply') => {
  const { graph } = connect(tenant.tenant, identity, { env: tenant.envOf(identity) });
  return resolveQuarantine(createQuarantineFinder(graph), {
    stack: 'contoso',
    known,
    policies: identity === 'audit' ? 'none' : 'all',
  });
};

function aGroup({ emulator }: TenantToApplyTo, displayName: string): string {
  return addGroup(emulator.tenant.directory, emulator.tenant.clock.now(), { displayName }).id;
}

function aPolicy({ emulator }: TenantToApplyTo, displayName: string): string {
  const { createId, policies } = emulator.tenant.directory;
  const id = createId();
  policies.set(id, { id, properties: { displayName, state: 'enabled', conditions: {} }, owners: new Set() });
  return id;
}

test('what bears exactly the name is imported, in the form of the plugin’s ids', async () => {
  const tenant = await aTenantToApplyTo();
  for (const other of [name.toUpperCase(), `${name} 2`]) aGroup(tenant, other);
  const [group, policy] = [aGroup(tenant, name), aPolicy(tenant, name)];
  expect(await resolve(tenant)).toMatchObject({
    blockers: [],
    imports: { group: `/groups/${group}`, policy: `/identity/conditionalAccess/policies/${policy}` },
  });
});

test('what the state knows is not imported, under whatever name, and what it knows and is gone makes room', async () => {
  const tenant = await aTenantToApplyTo();
  const [group, policy] = [aGroup(tenant, 'Renamed'), aPolicy(tenant, name)];
  const known = { ...nothing, groupId: group, policyId: policy };
  const none = { group: null, policy: null };
  expect(await resolve(tenant, known)).toMatchObject({ blockers: [], imports: none });
  tenant.emulator.tenant.directory.groups.delete(group);
  const other = aGroup(tenant, name);
  expect(await resolve(tenant, known)).toMatchObject({
    blockers: [],
    imports: { group: `/groups/${other}`, policy: null },
  });
});

test.each([
  ['two groups of the name', [name, name], [], 2],
  ['two policies of the name', [], [name, name], 2],
  ['two of each', [name, name], [name, name], 4],
])('%s are told with their ids, and nothing is imported', async (_, groups, policies, count) => {
  const tenant = await aTenantToApplyTo();
  const ids = [...groups.map((each) => aGroup(tenant, each)), ...policies.map((each) => aPolicy(tenant, each))];
  const { blockers, imports } = await resolve(tenant);
  expect(imports).toEqual({ group: null, policy: null });
  expect(ids.filter((id) => blockers.join().includes(id))).toHaveLength(count);
});

test('what cannot be looked up is a blocker; the audit, which is not granted the policies, does not ask for them', async () => {
  const tenant = await aTenantToApplyTo();
  const group = aGroup(tenant, name);
  aPolicy(tenant, name);
  expect(await resolve(tenant, nothing, 'audit')).toMatchObject({
    blockers: [],
    imports: { group: `/groups/${group}`, policy: null },
  });
  expect(tenant.emulator.log.listEntries({ path: 'conditionalAccess', identity: 'audit' })).toEqual([]);
  tenant.emulator.faults.add({ kind: 'status', status: 403, path: '/policies$' });
  expect((await resolve(tenant)).blockers.join()).toMatch(/nothing about it is changed: .*403/);
});
