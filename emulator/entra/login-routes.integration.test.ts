import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('all', { users: 0, certificates: true }, (started) => {
  emulator = started;
});

async function signIn(fields: Record<string, string>, tenant = emulator.tenant.id) {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields });
  const response = await fetch(`${emulator.url}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body });
  const { error_description = '', access_token = '' } = Object(await response.json());
  return { status: response.status, description: String(error_description), token: String(access_token) };
}

function identity(name: string) {
  const known = emulator.identities[name];
  if (!known) throw new Error(`no identity ${name}`);
  return known;
}

const graph = 'https://graph.microsoft.com/.default';
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
