import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isFields } from '../graph/json-fields.ts';
import { bootstrapGraph, graphAs, type ProvidedResource, provideInto, tokenFor } from './emulated-provider.fixture.ts';
import { buildImportFile } from './import-file.ts';
import { licenseGroupRoles } from './license-group-roles.ts';
import { declareBootstrap } from './program.ts';
import { type BootstrapSettings, parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';

let emulator: Emulator;
let distrust: () => void;
let settings: BootstrapSettings;
let provided: ProvidedResource[];
let graph: Awaited<ReturnType<typeof graphAs>>;
let groupIds: string[];
let clientId: string;

beforeAll(async () => {
  // As Microsoft's page says it word for word: a role at a unit is of use only to who has another that reads.
  emulator = await startEmulator({
    users: 0,
    people: [{ kind: 'ana' }],
    switches: { scopedAppRoles: 'with-roles' },
  });
  distrust = emulator.trust();
  graph = await graphAs(emulator, 'bootstrap');
  groupIds = [await makeGroup('Licences: E3'), await makeGroup('Licences: E5')];
  const config = { licenseGroups: 'scoped', licenseGroupIds: groupIds.join(',') };
  settings = parseSettings('contoso', configReader({ ...completeConfig, ...config }), undefined);
  provided = await provideInto(emulator);
  const { applyClientId } = await declareBootstrap(settings);
  clientId = await new Promise((resolve) => applyClientId.apply(resolve));
  await pulumi.runtime.disconnect();
});
afterAll(async () => {
  distrust();
  await emulator.close();
});

async function makeGroup(displayName: string): Promise<string> {
  const group = { displayName, mailEnabled: false, mailNickname: 'licences', securityEnabled: true };
  return String((await graph('POST', '/groups', group)).id);
}

async function list(path: string): Promise<Record<string, unknown>[]> {
  const { value } = await graph('GET', path);
  return Array.isArray(value) ? value.filter(isFields) : [];
}

async function findPrincipal(displayName: string): Promise<string> {
  const [found] = await list(`/servicePrincipals?$filter=displayName eq '${displayName}'`);
  return String(found?.id);
}

test('the apply may change the members of the groups in the unit, by a role of one action', async () => {
  const [unit] = await list("/directory/administrativeUnits?$filter=displayName eq 'dormant-license-groups-contoso'");
  const members = await list(`/directory/administrativeUnits/${unit?.id}/members`);
  expect(members.map(({ id }) => id).sort()).toEqual([...groupIds].sort());
  const principal = await findPrincipal('dormant-apply-contoso');
  const filter = `principalId eq '${principal}'`;
  const assigned = await list(`/roleManagement/directory/roleAssignments?$filter=${filter}&$expand=roleDefinition`);
  const byScope = assigned.sort((a, b) => String(b.directoryScopeId).localeCompare(String(a.directoryScopeId)));
  expect(byScope).toMatchObject([
    {
      directoryScopeId: `/administrativeUnits/${unit?.id}`,
      roleDefinition: {
        isBuiltIn: false,
        rolePermissions: [{ allowedResourceActions: licenseGroupRoles.members.actions }],
      },
    },
    {
      directoryScopeId: '/',
      roleDefinition: {
        isBuiltIn: false,
        rolePermissions: [{ allowedResourceActions: licenseGroupRoles.reader.actions }],
      },
    },
  ]);
});

test('the audit has no role', async () => {
  const principal = await findPrincipal('dormant-audit-contoso');
  expect(await list(`/roleManagement/directory/roleAssignments?$filter=principalId eq '${principal}'`)).toEqual([]);
});

/** The status of a request by a job of the apply, whose token has no permission of Graph to change a group. */
async function asApply(method: string, path: string, body?: unknown): Promise<number> {
  const sub = 'repo:contoso/dormant:environment:contoso-apply';
  const issuer = 'https://token.actions.githubusercontent.com';
  const token = await tokenFor(emulator, {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await emulator.bearers.sign({ sub }, issuer, 'api://AzureADTokenExchange'),
  });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${emulator.url}/v1.0${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status;
}

test('in the unit the apply takes people out and puts them back; elsewhere, and the person, it cannot touch', async () => {
  const { id } = emulator.tenant.people.requireKind('ana');
  const reference = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${id}` };
  const outside = await makeGroup('Everybody');
  for (const group of [...groupIds, outside]) await graph('POST', `/groups/${group}/members/$ref`, reference);
  const [inUnit] = groupIds;
  expect(await asApply('DELETE', `/groups/${inUnit}/members/${id}`)).toBe(403);
  expect(await asApply('GET', `/users/${id}`)).toBe(200);
  expect(await asApply('DELETE', `/groups/${inUnit}/members/${id}/$ref`)).toBe(204);
  expect(await list(`/groups/${inUnit}/members`)).toEqual([]);
  expect(await asApply('POST', `/groups/${inUnit}/members/$ref`, reference)).toBe(204);
  expect(await asApply('DELETE', `/groups/${outside}/members/${id}/$ref`)).toBe(403);
  expect(await asApply('POST', `/groups/${outside}/owners/$ref`, reference)).toBe(403);
  expect(await asApply('PATCH', `/groups/${inUnit}`, { displayName: 'Mine' })).toBe(403);
  expect(await asApply('DELETE', `/groups/${inUnit}`)).toBe(403);
  const other = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${outside}` };
  const [unit] = await list('/directory/administrativeUnits');
  expect(await asApply('POST', `/directory/administrativeUnits/${unit?.id}/members/$ref`, other)).toBe(403);
});

test('a lost state: the unit, its groups and the roles are in the file, as the engine knew them', async () => {
  const { resources } = await buildImportFile(settings, bootstrapGraph(emulator));
  const toLines = (some: readonly { type: string; name: string; id: string }[]) =>
    some.map(({ type, name, id }) => `${type} ${name} ${id}`).sort();
  expect(toLines(resources.map(({ type, logicalName, id = '' }) => ({ type, name: logicalName, id })))).toEqual(
    toLines(provided),
  );
  expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
});

test('what somebody else was given of these roles is left out of the file', async () => {
  const [role] = await list(
    "/roleManagement/directory/roleDefinitions?$filter=displayName eq 'dormant-license-group-members-contoso'",
  );
  const principalId = await findPrincipal('dormant-audit-contoso');
  const body = { principalId, roleDefinitionId: role?.id, directoryScopeId: '/' };
  const { id } = await graph('POST', '/roleManagement/directory/roleAssignments', body);
  const { resources } = await buildImportFile(settings, bootstrapGraph(emulator));
  expect(resources.filter((each) => each.id?.endsWith(String(id)))).toEqual([]);
});

test('without the role that reads, the one at the unit is of no use', async () => {
  const { id } = emulator.tenant.people.requireKind('ana');
  const [, group] = groupIds;
  const principal = await findPrincipal('dormant-apply-contoso');
  const assigned = await list(`/roleManagement/directory/roleAssignments?$filter=principalId eq '${principal}'`);
  const reader = assigned.find(({ directoryScopeId }) => directoryScopeId === '/');
  await graph('DELETE', `/roleManagement/directory/roleAssignments/${reader?.id}`);
  expect(await asApply('DELETE', `/groups/${group}/members/${id}/$ref`)).toBe(403);
});

test('two units of the name are a sentence with the ids of both', async () => {
  const { id } = await graph('POST', '/directory/administrativeUnits', {
    displayName: 'dormant-license-groups-contoso',
  });
  await expect(buildImportFile(settings, bootstrapGraph(emulator))).rejects.toMatchObject({
    code: 'bootstrap-ambiguous',
    message: expect.stringContaining(String(id)),
  });
});
