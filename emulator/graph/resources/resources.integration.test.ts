import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../../api-client.fixture.ts';
import type { Emulator } from '../../emulator.ts';
import { container, findType, getElementType, getNavigation, getProperties } from '../../odata/schema.ts';
import { GRAPH_APP_ROLES, type GraphAppRole } from '../../tenant/app-roles.ts';
import { useTenant } from '../../use-tenant.fixture.ts';
import { resources } from './resources.ts';

const everyRole = Object.keys(GRAPH_APP_ROLES).filter((name): name is GraphAppRole => name in GRAPH_APP_ROLES);

let emulator: Emulator;
let all: ApiClient;

useTenant(
  'each',
  {
    users: 300,
    identities: { all: { appRoles: everyRole, directoryRoles: ['Global Administrator'] } },
    people: [
      { kind: 'boss', displayName: 'Zora Boss' },
      { kind: 'ana', displayName: 'Ana Zwei', manager: 'boss', groups: ['Choir'] },
      { kind: 'ben', displayName: 'Ben Drei', manager: 'boss', groups: ['Choir'] },
    ],
    switches: { quotaSpeed: 10_000 },
  },
  async (started) => {
    emulator = started;
    all = await signInAs(started, 'all');
  },
);

const eventual = { ConsistencyLevel: 'eventual' };
const idOf = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const list = async (path: string, headers = {}) => {
  const reply = await all.get(`/v1.0${path}`, headers);
  expect(reply.status, reply.text).toBe(200);
  return listValues(reply);
};
const choirId = () =>
  [...emulator.tenant.directory.groups.values()].find(({ properties }) => properties.displayName === 'Choir')?.id ?? '';

test('every row’s type is what the metadata says of its path', () => {
  for (const { path, typeName } of resources) {
    const [first = '', ...steps] = path.split('/').filter((step) => step !== '' && step !== '{id}');
    let type = container[first] ?? '';
    for (const step of steps) {
      if (step.startsWith('microsoft.graph.')) type = step.replace('microsoft.graph.', '');
      else type = getNavigation(getElementType(type))[step] ?? getProperties(getElementType(type))[step] ?? '';
    }
    // Of what is deleted only users are kept.
    const expected = path === '/directory/deletedItems' ? 'user' : getElementType(type);
    expect({ path, typeName }).toEqual({ path, typeName: expected });
    expect(findType(typeName), path).toBeDefined();
  }
});

test('every list is read, its first entry by its key, with the properties and the context of its type', async () => {
  const person = idOf('ana');
  const names: Readonly<Record<string, string>> = {
    users: person,
    groups: choirId(),
    applications: [...emulator.tenant.directory.applications.keys()][0] ?? '',
    servicePrincipals: [...emulator.tenant.directory.servicePrincipals.keys()][0] ?? '',
    directoryRoles: '62e90394-69f5-4237-9190-012177145e10',
    directory: [...emulator.tenant.directory.administrativeUnits.keys()][0] ?? '',
  };
  // An application has no `/me`.
  const forApplications = resources.filter(({ path }) => !path.startsWith('/me'));
  for (const { path, list: listed, get, isSingle } of forApplications) {
    const filled = path.replace('{id}', names[path.split('/')[1] ?? ''] ?? '');
    const scope = path.endsWith('/eligibilitySchedules') ? `?$filter=groupId eq '${choirId()}'` : '';
    const entries = listed ? await list(`${filled}${scope}`) : [];
    const [{ id } = { id: undefined }] = entries;
    if (get && !isSingle && typeof id === 'string') {
      const one = await all.get(`/v1.0${filled}/${id}`);
      expect([path, one.status, one.body.id]).toEqual([path, 200, id]);
      expect(String(one.body['@odata.context'])).toContain('$metadata#');
    }
  }
});

test('direct reports, counted, narrowed to a type and expanded', async () => {
  const boss = idOf('boss');
  const reports = await list(`/users/${boss}/directReports?$select=displayName`);
  expect(reports).toEqual([
    { '@odata.type': '#microsoft.graph.user', displayName: 'Ana Zwei' },
    { '@odata.type': '#microsoft.graph.user', displayName: 'Ben Drei' },
  ]);
  expect((await all.get(`/v1.0/users/${boss}/directReports/$count`, eventual)).text).toBe('2');
  const { body } = await all.get(`/v1.0/users/${boss}?$select=id&$expand=directReports($select=displayName)`);
  expect(body.directReports).toEqual(reports);
  expect(await list(`/users/${boss}/directReports/microsoft.graph.group`)).toEqual([]);
});

test('the products of a person with the state of each plan', async () => {
  const { skuId } = emulator.tenant.people.requireKind('inactiveDirect').licenses[0] ?? {};
  const [details] = await list(`/users/${idOf('inactiveDirect')}/licenseDetails`);
  expect(details).toMatchObject({ skuId, servicePlans: expect.arrayContaining([]) });
  expect(JSON.stringify(details)).toContain('"provisioningStatus":"Success"');
});

test('members of a group as an advanced query: filtered, sorted, searched and counted', async () => {
  const members = `/groups/${choirId()}/members`;
  const names = async (query: string) =>
    (await list(`${members}/microsoft.graph.user?${query}&$count=true`, eventual)).map(
      ({ displayName }) => displayName,
    );
  expect(await names("$filter=startswith(displayName,'Ben')")).toEqual(['Ben Drei']);
  expect(await names('$orderby=displayName desc')).toEqual(['Ben Drei', 'Ana Zwei']);
  expect(await names('$search="displayName:zwei"')).toEqual(['Ana Zwei']);
  expect((await all.get(`/v1.0${members}/$count`, eventual)).text).toBe('2');
  expect((await all.get('/v1.0/groups/$count', eventual)).text).toBe(String(emulator.tenant.directory.groups.size));
});

test('at most twenty are expanded, and nothing says that there are more', async () => {
  const group = emulator.tenant.directory.groups.get(choirId());
  for (let index = 0; index < 30; index += 1) group?.owners.add(emulator.tenant.people.get(index).id);
  const [found] = await list("/groups?$filter=displayName eq 'Choir'&$expand=owners");
  expect(Object(found).owners).toHaveLength(20);
  expect(await list(`/groups/${choirId()}/owners`)).toHaveLength(30);
});

test('roles that somebody holds, and their holders', async () => {
  const roles = await list('/directoryRoles?$select=displayName,roleTemplateId');
  expect(roles).toContainEqual({
    displayName: 'Global Administrator',
    roleTemplateId: '62e90394-69f5-4237-9190-012177145e10',
  });
  const key = "roleTemplateId='62e90394-69f5-4237-9190-012177145e10'";
  const { body } = await all.get(`/v1.0/directoryRoles(${key})`);
  const holders = await list(`/directoryRoles/${String(body.id)}/members?$select=id`);
  expect(holders.length).toBeGreaterThan(0);
  const [instance] = await list('/roleManagement/directory/roleAssignmentScheduleInstances?$expand=roleDefinition');
  expect(instance).toMatchObject({ assignmentType: 'Assigned', roleDefinition: { isBuiltIn: true } });
  const eligible = await list('/roleManagement/directory/roleEligibilityScheduleInstances');
  expect(eligible[0]).toMatchObject({ memberType: 'Direct' });
});

test('an application and its service principal are found by the appId, too', async () => {
  const [app] = emulator.tenant.directory.applications.values();
  for (const collection of ['applications', 'servicePrincipals']) {
    const { body } = await all.get(`/v1.0/${collection}(appId='${app?.appId}')`);
    expect([collection, body.appId]).toEqual([collection, app?.appId]);
  }
  expect((await all.get("/v1.0/applications(appId='x')")).status).toBe(404);
});

test('what was asked for is in the audit log: who did it, to whom, and what', async () => {
  const id = idOf('ana');
  await all.patch(`/v1.0/users/${id}`, { accountEnabled: false });
  await all.post(`/v1.0/users/${id}/revokeSignInSessions`, {});
  await all.patch('/v1.0/users/nobody@contoso.com', { accountEnabled: false });
  const audits = await list('/auditLogs/directoryAudits');
  expect(audits.map(({ activityDisplayName }) => activityDisplayName)).toEqual([
    'Update StsRefreshTokenValidFrom Timestamp',
    'Update user',
    'Disable account',
  ]);
  const { clientId, objectId } = emulator.identities.all ?? {};
  expect(audits[2]).toMatchObject({
    category: 'UserManagement',
    result: 'success',
    initiatedBy: { app: { appId: clientId, servicePrincipalId: objectId } },
    targetResources: [
      { id, type: 'User', modifiedProperties: [{ displayName: 'AccountEnabled', newValue: '[false]' }] },
    ],
  });
  expect(audits[1]?.correlationId).toBe(audits[2]?.correlationId);
  expect(await list("/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Disable account'")).toHaveLength(1);
});

test('sign-ins are those that signInActivity tells of, the latest first', async () => {
  const found = await list(`/auditLogs/signIns?$filter=userId eq '${idOf('lineManager')}'`);
  const { body } = await all.get(`/v1.0/users/${idOf('lineManager')}?$select=signInActivity`);
  const { lastSignInDateTime, lastSignInRequestId } = Object(body.signInActivity);
  expect(found).toMatchObject([
    { id: lastSignInRequestId, createdDateTime: lastSignInDateTime, status: { errorCode: 0 } },
  ]);
  const [sprayed] = await list(`/auditLogs/signIns?$filter=userId eq '${idOf('sprayed')}'`);
  expect(Object(sprayed).status).toMatchObject({ errorCode: 50_126 });
  const times = (await list('/auditLogs/signIns')).map(({ createdDateTime }) => String(createdDateTime));
  expect(times).toEqual([...times].sort().reverse());
  emulator.tenant.switches.premium = false;
  expect((await all.get('/v1.0/auditLogs/signIns')).status).toBe(403);
});

test('changes of users since a moment, with those who were deleted', async () => {
  const seen = new Set<unknown>();
  let link: unknown = '/v1.0/users/delta?$select=id,accountEnabled&$top=120';
  let pages = 0;
  let delta: unknown;
  for (; typeof link === 'string'; pages += 1) {
    const { body }: { body: Record<string, unknown> } = await all.get(link);
    for (const { id } of listValues({ body } as never)) seen.add(id);
    link = body['@odata.nextLink'];
    delta = body['@odata.deltaLink'];
  }
  expect([pages, seen.size]).toEqual([3, emulator.tenant.people.size - 2]);
  expect(listValues(await all.get(String(delta)))).toEqual([]);
  await all.patch(`/v1.0/users/${idOf('ana')}`, { accountEnabled: false });
  await all.delete(`/v1.0/users/${idOf('ben')}`);
  const later = await all.get(String(delta));
  expect(listValues(later)).toEqual([
    { id: idOf('ana'), accountEnabled: false },
    { id: idOf('ben'), '@removed': { reason: 'changed' } },
  ]);
  expect(listValues(await all.get(String(later.body['@odata.deltaLink'])))).toEqual([]);
  expect(formatError(await all.get('/v1.0/users/delta?$deltatoken=abc'))).toContain('Directory_SyncStateNotFound');
});

test('collections that were never set are empty, and a synced account has its identifier of on premises', async () => {
  const select =
    'identities,imAddresses,onPremisesProvisioningErrors,serviceProvisioningErrors,onPremisesSecurityIdentifier';
  const { body } = await all.get(`/v1.0/users/${idOf('ana')}?$select=${select}`);
  expect(body).toMatchObject({ identities: [], imAddresses: [], onPremisesProvisioningErrors: [] });
  expect(body.onPremisesSecurityIdentifier).toBeNull();
  const [synced] = await list(
    '/users?$filter=onPremisesSyncEnabled eq true&$select=onPremisesSecurityIdentifier&$top=1',
  );
  expect(synced?.onPremisesSecurityIdentifier).toMatch(/^S-1-5-21-/);
});
