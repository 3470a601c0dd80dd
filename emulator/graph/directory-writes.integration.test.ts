import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { GRAPH_APP_ROLES } from '../tenant/app-roles.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let bootstrap: ApiClient;

const identities = { members: { appRoles: ['GroupMember.Read.All', 'GroupMember.ReadWrite.All'] } } as const;

useTenant('each', { users: 0, people: [{ kind: 'ana' }, { kind: 'lee' }], identities }, async (started) => {
  emulator = started;
  bootstrap = await signInAs(started, 'bootstrap');
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;

async function registered(displayName: string) {
  const { body: application } = await bootstrap.post('/v1.0/applications', { displayName });
  const { body: principal } = await bootstrap.post('/v1.0/servicePrincipals', { appId: application.appId });
  return {
    application: String(application.id),
    appId: String(application.appId),
    principal: String(principal.id),
  };
}

async function graphPrincipal(): Promise<string> {
  const [found] = listValues(
    await bootstrap.get("/v1.0/servicePrincipals?$filter=appId eq '00000003-0000-0000-c000-000000000000'"),
  );
  return String(found?.id);
}

test('the metadata names a login host and Graph on the host that was asked', async () => {
  const metadata = Object(await (await fetch(`${emulator.url}/metadata/endpoints?api-version=2022-09-01`)).json());
  expect(metadata.microsoftGraphResourceId).toBe(`${emulator.url}/`);
  expect(metadata.authentication).toMatchObject({
    loginEndpoint: emulator.url,
    audiences: [`${emulator.url}/`],
  });
});

test('an application is made, found by name, changed, and gone after its deletion', async () => {
  const { application, appId } = await registered('dormant audit of contoso');
  const byName = await bootstrap.get("/v1.0/applications?$filter=displayName eq 'dormant audit of contoso'");
  expect(listValues(byName)).toMatchObject([{ id: application, appId, signInAudience: 'AzureADMyOrg' }]);
  expect((await bootstrap.patch(`/v1.0/applications/${application}`, { notes: 'x' })).status).toBe(204);
  expect((await bootstrap.get(`/v1.0/applications/${application}`)).body.notes).toBe('x');
  expect((await bootstrap.delete(`/v1.0/applications/${application}`)).status).toBe(204);
  expect((await bootstrap.get(`/v1.0/applications/${application}`)).status).toBe(404);
  expect(listValues(await bootstrap.get(`/v1.0/servicePrincipals?$filter=appId eq '${appId}'`))).toEqual([]);
});

test('a granted app role is in the next token, a removed one is not', async () => {
  const { application, appId, principal } = await registered('granted');
  const { body: secret } = await bootstrap.post(`/v1.0/applications/${application}/addPassword`, {});
  const grant = {
    principalId: principal,
    resourceId: await graphPrincipal(),
    appRoleId: GRAPH_APP_ROLES['User.Read.All'],
  };
  const made = await bootstrap.post(`/v1.0/servicePrincipals/${grant.resourceId}/appRoleAssignedTo`, grant);
  expect(made.status).toBe(201);
  const readUsers = async () => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: String(secret.secretText),
      scope: 'https://graph.microsoft.com/.default',
    });
    const { access_token } = Object(
      await (await fetch(`${emulator.url}/${emulator.tenant.id}/oauth2/v2.0/token`, { method: 'POST', body })).json(),
    );
    return (await fetch(`${emulator.url}/v1.0/users`, { headers: { authorization: `Bearer ${access_token}` } })).status;
  };
  expect(await readUsers()).toBe(200);
  const [held] = listValues(await bootstrap.get(`/v1.0/servicePrincipals/${principal}/appRoleAssignments`));
  expect(held).toMatchObject({ id: made.body.id, resourceDisplayName: 'Microsoft Graph' });
  await bootstrap.delete(`/v1.0/servicePrincipals/${grant.resourceId}/appRoleAssignedTo/${String(made.body.id)}`);
  expect(await readUsers()).toBe(403);
});

test('the same grant twice, an unknown role and a second principal are refused', async () => {
  const { appId, principal } = await registered('twice');
  const resourceId = await graphPrincipal();
  const path = `/v1.0/servicePrincipals/${principal}/appRoleAssignments`;
  const grant = { principalId: principal, resourceId, appRoleId: GRAPH_APP_ROLES['User.Read.All'] };
  await bootstrap.post(path, grant);
  expect(formatError(await bootstrap.post(path, grant))).toContain('already exists');
  expect((await bootstrap.post(path, { ...grant, appRoleId: id('ana') })).status).toBe(400);
  expect((await bootstrap.post('/v1.0/servicePrincipals', { appId })).status).toBe(409);
});

test('federated credentials are listed, read by name, unique and deletable', async () => {
  const { application } = await registered('federated');
  const path = `/v1.0/applications/${application}/federatedIdentityCredentials`;
  const credential = {
    name: 'apply',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:contoso/dormant:environment:apply',
    audiences: ['api://AzureADTokenExchange'],
  };
  const made = await bootstrap.post(path, credential);
  expect([made.status, made.body]).toEqual([201, expect.objectContaining(credential)]);
  expect((await bootstrap.get(`${path}/apply`)).body.id).toBe(made.body.id);
  expect((await bootstrap.post(path, { ...credential, name: 'other' })).status).toBe(409);
  expect((await bootstrap.delete(`${path}/${String(made.body.id)}`)).status).toBe(204);
  expect(listValues(await bootstrap.get(path))).toEqual([]);
});

test('a group is made with members, gets and loses one, and goes', async () => {
  const apply = await signInAs(emulator, 'apply');
  const { status, body } = await apply.post('/v1.0/groups', {
    displayName: 'Quarantine',
    mailEnabled: false,
    mailNickname: 'quarantine',
    securityEnabled: true,
    'members@odata.bind': [`https://graph.microsoft.com/v1.0/directoryObjects/${id('ana')}`],
  });
  expect(status).toBe(201);
  const path = `/v1.0/groups/${String(body.id)}`;
  const lee = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${id('lee')}` };
  expect((await apply.post(`${path}/members/$ref`, lee)).status).toBe(204);
  expect(formatError(await apply.post(`${path}/members/$ref`, lee))).toContain('already exist');
  expect((await apply.delete(`${path}/members/${id('ana')}/$ref`)).status).toBe(204);
  const members = listValues(await apply.get(`${path}/members?$select=id`));
  expect(members).toEqual([{ '@odata.type': '#microsoft.graph.user', id: id('lee') }]);
  expect((await apply.delete(path)).status).toBe(204);
  expect((await apply.get(path)).status).toBe(404);
});

test('anyone who may only create groups changes those that it owns, and no other', async () => {
  const apply = await signInAs(emulator, 'apply');
  const strange = await bootstrap.post('/v1.0/groups', {
    displayName: 'Licensing',
    mailEnabled: false,
    mailNickname: 'licensing',
    securityEnabled: true,
  });
  const path = `/v1.0/groups/${String(strange.body.id)}`;
  const ana = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${id('ana')}` };
  expect((await apply.get(path)).status).toBe(200);
  expect((await apply.post(`${path}/members/$ref`, ana)).status).toBe(403);
  expect((await apply.patch(path, { displayName: 'Ours' })).status).toBe(403);
  expect((await apply.delete(path)).status).toBe(403);
});

test('owners are referenced, looked up and taken away', async () => {
  const { application } = await registered('owned');
  const path = `/v1.0/applications/${application}/owners`;
  const reference = {
    '@odata.id': `${emulator.url}/v1.0/${emulator.tenant.id}/directoryObjects/${id('ana')}`,
  };
  expect((await bootstrap.post(`${path}/$ref`, reference)).status).toBe(204);
  expect((await bootstrap.get(`${path}/${id('ana')}/$ref`)).status).toBe(200);
  expect(listValues(await bootstrap.get(`${path}/$ref`))).toHaveLength(2); // the caller owns it, too
  expect((await bootstrap.delete(`${path}/${id('ana')}/$ref`)).status).toBe(204);
  expect((await bootstrap.get(`${path}/${id('ana')}/$ref`)).status).toBe(404);
  expect((await bootstrap.post(`${path}/$ref`, { '@odata.id': `x/${emulator.tenant.id}` })).status).toBe(404);
});

test('any object is found by its id with its type', async () => {
  const { principal, application } = await registered('typed');
  const typeOf = async (object: string) =>
    (await bootstrap.get(`/v1.0/directoryObjects/${object}`)).body['@odata.type'];
  expect(await typeOf(id('ana'))).toBe('#microsoft.graph.user');
  expect(await typeOf(principal)).toBe('#microsoft.graph.servicePrincipal');
  expect(await typeOf(application)).toBe('#microsoft.graph.application');
  expect((await bootstrap.get(`/v1.0/directoryObjects/${emulator.tenant.id}`)).status).toBe(404);
});

test('beta knows properties that v1.0 does not', async () => {
  const { principal, application } = await registered('versions');
  const select = async (path: string) => {
    const { status, body } = await bootstrap.get(path);
    return [status, body];
  };
  const saml = `servicePrincipals/${principal}?$select=id,samlMetadataUrl`;
  expect(await select(`/beta/${saml}`)).toEqual([200, expect.objectContaining({ samlMetadataUrl: null })]);
  expect(await select(`/v1.0/${saml}`)).toEqual([400, expect.anything()]);
  expect((await bootstrap.get(`/v1.0/${saml}`)).body).toMatchObject({
    error: { message: expect.stringContaining("on type 'microsoft.graph.servicePrincipal'") },
  });
  const listed = await bootstrap.get('/beta/servicePrincipals?$select=publisherName&$top=1');
  expect(listValues(listed)).toEqual([{ publisherName: null }]);
  const windows = `applications/${application}?$select=onPremisesPublishing`;
  expect((await select(`/beta/${windows}`))[0]).toBe(200);
  expect((await select(`/v1.0/${windows}`))[0]).toBe(400);
  const group = [...emulator.tenant.directory.groups.keys()][0];
  const writeback = `groups/${group}?$select=writebackConfiguration`;
  expect(await select(`/beta/${writeback}`)).toEqual([200, expect.objectContaining({ writebackConfiguration: null })]);
  expect((await select(`/v1.0/${writeback}`))[0]).toBe(400);
});

test('a group is asked what it is in: groups, and units whose names only some may read', async () => {
  const { groups, administrativeUnits } = emulator.tenant.directory;
  const [inner, outer] = [...groups.values()];
  outer?.members.add(inner?.id ?? '');
  const id = emulator.tenant.directory.createId();
  const unit = { id, displayName: 'Board', isMemberManagementRestricted: true };
  administrativeUnits.set(id, { ...unit, members: new Set([inner?.id ?? '']) });
  const path = `/beta/groups/${inner?.id}/memberOf?$select=id,displayName`;
  const asked = listValues(await (await signInAs(emulator, 'members')).get(path));
  expect(asked).toEqual([
    {
      '@odata.type': '#microsoft.graph.group',
      id: outer?.id,
      displayName: outer?.properties.displayName,
    },
    { '@odata.type': '#microsoft.graph.administrativeUnit', id, displayName: null },
  ]);
});

test('who reads members only is shown of an owner that is an application what it is, and changes no owner', async () => {
  const members = await signInAs(emulator, 'members');
  const { body } = await bootstrap.post('/v1.0/groups', {
    displayName: 'Owned',
    mailEnabled: false,
    mailNickname: 'owned',
    securityEnabled: true,
  });
  const path = `/v1.0/groups/${String(body.id)}/owners`;
  expect(listValues(await members.get(`${path}?$select=id,displayName`))).toEqual([
    {
      '@odata.type': '#microsoft.graph.servicePrincipal',
      id: emulator.identities.bootstrap?.objectId,
      displayName: null,
    },
  ]);
  const ana = { '@odata.id': `${emulator.url}/v1.0/directoryObjects/${id('ana')}` };
  expect((await members.post(`${path}/$ref`, ana)).status).toBe(403);
});

test('the audit makes no applications and no groups', async () => {
  const audit = await signInAs(emulator, 'audit');
  expect((await audit.post('/v1.0/applications', { displayName: 'x' })).status).toBe(403);
  expect((await audit.post('/v1.0/groups', { displayName: 'x' })).status).toBe(403);
});
