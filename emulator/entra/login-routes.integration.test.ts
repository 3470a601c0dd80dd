import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { expect, test, vi } from 'vitest';
import { signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('all', { users: 0, certificates: true }, (started) => {
  emulator = started;
});

async function signIn(fields: Record<string, string>, tenant = emulator.tenant.id) {
  const { status, body } = await requestToken(
    { grant_type: 'client_credentials', ...fields },
    `/${tenant}/oauth2/v2.0/token`,
  );
  const { error_description = '', access_token = '' } = body;
  return { status, description: String(error_description), token: String(access_token) };
}

async function requestToken(
  fields: Record<string, string>,
  path = `/${emulator.tenant.id}/oauth2/v2.0/token`,
  headers = {},
) {
  const response = await fetch(`${emulator.url}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
  });
  const body: Record<string, unknown> = Object(await response.json());
  return { status: response.status, headers: response.headers, body };
}

const graph = 'https://graph.microsoft.com/.default';

/** A request that is right. */
function aRequest(): Record<string, string> {
  const { clientId, clientSecret } = identity('audit');
  return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: graph };
}

function identity(name: string) {
  const known = emulator.identities[name];
  if (!known) throw new Error(`no identity ${name}`);
  return known;
}

const authority = () => ({ authorityHost: emulator.url, disableInstanceDiscovery: true });

test('@azure/identity gets a token for the audit with a client secret', async () => {
  const { clientId, clientSecret } = identity('audit');
  const credential = new ClientSecretCredential(emulator.tenant.id, clientId, clientSecret, authority());
  const { token } = await credential.getToken(graph);
  const { roles, oid, app_displayname } = decodeJwt(token);
  expect(app_displayname).toBe('dormant-audit');
  expect(oid).toBe(identity('audit').objectId);
  expect(roles).toContain('Reports.Read.All');
  expect(roles).not.toContain('User.EnableDisableAccount.All');
});

test('@azure/identity gets a token with a certificate', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'certificate-')), 'audit.pem');
  await writeFile(file, identity('audit').certificate?.pem ?? '');
  const { clientId } = identity('audit');
  const credential = new ClientCertificateCredential(emulator.tenant.id, clientId, file, authority());
  expect((await credential.getToken(graph)).token.split('.')).toHaveLength(3);
});

test("an assertion signed with another identity's certificate is refused", async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'certificate-')), 'apply.pem');
  await writeFile(file, identity('apply').certificate?.pem ?? '');
  const { clientId } = identity('audit');
  const credential = new ClientCertificateCredential(emulator.tenant.id, clientId, file, authority());
  await expect(credential.getToken(graph)).rejects.toThrow('AADSTS700027');
});

test('a wrong secret, an unknown application and an unknown tenant are refused with their numbers', async () => {
  const { clientId, clientSecret } = identity('audit');
  const wrong = await signIn({ client_id: clientId, client_secret: 'x', scope: graph });
  expect([wrong.status, wrong.description]).toEqual([401, expect.stringContaining('AADSTS7000215')]);
  const unknown = await signIn({ client_id: emulator.tenant.id, client_secret: 'x', scope: graph });
  expect([unknown.status, unknown.description]).toEqual([400, expect.stringContaining('AADSTS700016')]);
  const elsewhere = await signIn({ client_id: clientId, client_secret: clientSecret, scope: graph }, 'fabrikam.com');
  expect([elsewhere.status, elsewhere.description]).toEqual([400, expect.stringContaining('AADSTS90002')]);
});

test("a workflow's token signs in only where a federated credential names its subject", async () => {
  const bootstrap = await signInAs(emulator, 'bootstrap');
  const { body: application } = await bootstrap.post('/v1.0/applications', {
    displayName: 'audit of a repository',
  });
  await bootstrap.post('/v1.0/servicePrincipals', { appId: application.appId });
  await bootstrap.post(`/v1.0/applications/${String(application.id)}/federatedIdentityCredentials`, {
    name: 'audit',
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'repo:contoso/dormant:environment:audit',
    audiences: ['api://AzureADTokenExchange'],
  });
  const attempt = async (sub: string) => {
    const url = `${emulator.url}/_emulator/github-oidc?sub=${sub}&audience=api://AzureADTokenExchange`;
    const { value } = Object(await (await fetch(url)).json());
    return signIn({
      client_id: String(application.appId),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: String(value),
      scope: graph,
    });
  };
  expect((await attempt('repo:contoso/dormant:environment:audit')).status).toBe(200);
  expect((await attempt('repo:contoso/dormant:environment:apply')).description).toContain('AADSTS700213');
});

test('a token for Exchange does not open Graph', async () => {
  const exchange = await signInAs(emulator, 'apply', 'https://outlook.office365.com');
  expect((await exchange.get('/v1.0/users')).status).toBe(401);
});

test('no token, and a token of somebody else, are 401', async () => {
  const bare = await fetch(`${emulator.url}/v1.0/users`);
  expect(bare.status).toBe(401);
  const forged = await fetch(`${emulator.url}/v1.0/users`, { headers: { authorization: 'Bearer a.b.c' } });
  expect(await forged.text()).toContain('InvalidAuthenticationToken');
});

test.each<[string, Record<string, string>, number, string, number]>([
  ['no grant', { grant_type: '' }, 400, 'invalid_request', 900144],
  ['no client', { client_id: '' }, 400, 'invalid_request', 900144],
  ['no scope', { scope: '' }, 400, 'invalid_request', 900144],
  ['a grant of people', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ['a permission as scope', { scope: 'https://graph.microsoft.com/User.Read.All' }, 400, 'invalid_scope', 1002012],
  ['a bare permission', { scope: 'User.Read.All' }, 400, 'invalid_scope', 1002012],
  ['two resources', { scope: `${graph} https://outlook.office365.com/.default` }, 400, 'invalid_scope', 70011],
  ['a resource that is not there', { scope: 'https://vault.azure.net/.default' }, 400, 'invalid_resource', 500011],
  ['no secret', { client_secret: '' }, 401, 'invalid_client', 7000216],
  ['a wrong secret', { client_secret: 'x' }, 401, 'invalid_client', 7000215],
  ['an unknown client', { client_id: '00000000-0000-0000-0000-000000000001' }, 400, 'unauthorized_client', 700016],
  ['an assertion that is none', { client_assertion: 'a.b.c' }, 401, 'invalid_client', 50027],
])(
  '%s: refused with its number, its words, and where to read about it',
  async (_what, change, status, error, number) => {
    const refused = await requestToken({ ...aRequest(), ...change }, undefined, { 'client-request-id': 'ours' });
    expect(refused.status).toBe(status);
    expect(refused.body).toEqual({
      error,
      error_description: expect.stringMatching(
        new RegExp(`^AADSTS${number}: .+ Trace ID: \\S+ Correlation ID: ours Timestamp: [\\d-]+ [\\d:]+Z$`),
      ),
      error_codes: [number],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: refused.headers.get('request-id'),
      correlation_id: 'ours',
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    });
  },
);

test.each<[string, string]>([
  ['its id', '00000003-0000-0000-c000-000000000000/.default'],
  ['a slash too many', 'https://graph.microsoft.com//.default'],
  ['the scopes of OpenID Connect', `${graph} openid profile offline_access`],
])('a token for Graph by %s', async (_how, scope) => {
  const { body } = await requestToken({ ...aRequest(), scope });
  expect(decodeJwt(String(body.access_token)).aud).toBe('https://graph.microsoft.com');
});

test.each(['token', 'devicecode'])('%s is asked by POST alone', async (name) => {
  const response = await fetch(`${emulator.url}/organizations/oauth2/v2.0/${name}`);
  expect([response.status, Object(await response.json()).error_codes]).toEqual([400, [900561]]);
});

test('the client can show its secret in the header, too', async () => {
  const { client_id, client_secret, ...fields } = aRequest();
  const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
  expect((await requestToken(fields, undefined, { authorization })).status).toBe(200);
});

test('v1 takes a resource, and answers with text for numbers', async () => {
  const { scope: _, ...fields } = aRequest();
  const { body, headers } = await requestToken(
    { ...fields, resource: 'https://graph.microsoft.com/' },
    `/${emulator.tenant.id}/oauth2/token`,
  );
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: '3599', resource: 'https://graph.microsoft.com' });
  expect(Number(body.expires_on)).toBeGreaterThan(Date.now() / 1000 + 3000);
  expect(headers.get('cache-control')).toBe('no-store, no-cache');
});

test('a token says what clients read: whom it is for, from whom, whose it is, and how that was shown', async () => {
  const { clientId, objectId } = identity('audit');
  const claims = decodeJwt(String((await requestToken(aRequest())).body.access_token));
  expect(claims).toMatchObject({
    aud: 'https://graph.microsoft.com',
    iss: `https://sts.windows.net/${emulator.tenant.id}/`,
    idp: `https://sts.windows.net/${emulator.tenant.id}/`,
    appid: clientId,
    appidacr: '1',
    oid: objectId,
    sub: objectId,
    tid: emulator.tenant.id,
    idtyp: 'app',
    ver: '1.0',
    uti: expect.stringMatching(/^[\w-]{22}$/),
    rh: expect.any(String),
    aio: expect.any(String),
  });
  expect(claims).not.toHaveProperty('azp');
  const { iat = 0, nbf = 0, exp = 0 } = claims;
  expect([iat - nbf, exp - iat]).toEqual([300, 3599]);
});

/** An assertion of the audit's, with its certificate; made out as a change of the claims says. */
async function anAssertion(change: Record<string, unknown>): Promise<Record<string, string>> {
  const { clientId, certificate } = identity('audit');
  const key = await importPKCS8((certificate?.pem ?? '').replace(/^.*(?=-----BEGIN PRIVATE)/s, ''), 'RS256');
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: clientId, sub: clientId, aud: `${emulator.url}/token`, nbf: now, exp: now + 600, ...change };
  const { client_secret: _, ...fields } = aRequest();
  return {
    ...fields,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(key),
  };
}

const hourAgo = () => Math.floor(Date.now() / 1000) - 3600;

test.each<[string, () => Record<string, unknown>, number]>([
  ['expired', () => ({ exp: hourAgo() }), 700024],
  ['not valid yet', () => ({ nbf: hourAgo() + 7200 }), 700024],
  ['without an end', () => ({ exp: undefined }), 700024],
  ['of two subjects', () => ({ sub: 'somebody else' }), 50048],
  ['of another client', () => ({ iss: 'other', sub: 'other' }), 700021],
  ['with a list of audiences', () => ({ aud: ['a', 'b'] }), 50027],
])('an assertion %s is refused', async (_how, change, number) => {
  const { status, body } = await requestToken(await anAssertion(change()));
  expect([status, body.error, body.error_codes]).toEqual([401, 'invalid_client', [number]]);
});

test('an assertion that is right signs in, and its token says so', async () => {
  const { body } = await requestToken(await anAssertion({}));
  expect(decodeJwt(String(body.access_token))).toMatchObject({ appidacr: '2' });
});

test('an expired token of an outside issuer is refused as expired, whatever it is about', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: hourAgo() * 1000 });
  const expired = await emulator.bearers.sign({ sub: 'any' }, 'https://token.actions.githubusercontent.com', 'api://x');
  vi.useRealTimers();
  const { client_secret: _, ...fields } = aRequest();
  const { body } = await requestToken({ ...fields, client_assertion: expired });
  expect(body.error_codes).toEqual([700024]);
});
