import { DeviceCodeCredential } from '@azure/identity';
import { PublicClientApplication } from '@azure/msal-node';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Emulator } from '../../emulator.ts';
import { useTenant } from '../../use-tenant.fixture.ts';
import { answerSignInPage, GRAPH_TOOLS, signInAt } from './person-client.fixture.ts';

let emulator: Emulator;
let administrator = '';

const people = [
  { kind: 'globalAdministrator', displayName: 'Sigrid Moe', roles: ['Global Administrator'] },
  { kind: 'reader', displayName: 'Astrid Lind', roles: ['Reports Reader'] },
] as const;

useTenant('all', { users: 0, people }, (started) => {
  emulator = started;
  administrator = emulator.tenant.people.requireKind('globalAdministrator').userPrincipalName;
});

const buildClient = (tenant = emulator.tenant.id) =>
  new PublicClientApplication({
    auth: {
      clientId: GRAPH_TOOLS,
      authority: `${emulator.url}/${tenant}`,
      knownAuthorities: [new URL(emulator.url).host],
    },
  });

const readMe = async (token: string) =>
  Object(await (await fetch(`${emulator.url}/v1.0/me`, { headers: { authorization: `Bearer ${token}` } })).json());

test('MSAL signs a person in by a browser, and refreshes the token without one', async () => {
  const client = buildClient();
  const scopes = ['User.Read', 'Reports.Read.All'];
  const result = await client.acquireTokenInteractive({ scopes, openBrowser: (url) => signInAt(url, administrator) });
  expect(result.account?.username).toBe(administrator);
  expect(result.tenantId).toBe(emulator.tenant.id);
  expect(result.scopes).toEqual(expect.arrayContaining(scopes));
  expect((await readMe(result.accessToken)).userPrincipalName).toBe(administrator);
  if (!result.account) throw new Error('no account');
  const { account } = result;
  const cached = await client.acquireTokenSilent({ account, scopes });
  expect([cached.fromCache, cached.accessToken]).toEqual([true, result.accessToken]);
  const refreshed = await client.acquireTokenSilent({ account, scopes, forceRefresh: true });
  expect(refreshed.fromCache).toBe(false);
  expect(decodeJwt(refreshed.accessToken).oid).toBe(decodeJwt(result.accessToken).oid);
});

test.each(['organizations', 'common', 'contoso.com'])('MSAL signs a person in at %s', async (tenant) => {
  const scopes = ['https://graph.microsoft.com/User.Read'];
  const client = buildClient(tenant);
  const { account, tenantId } = await client.acquireTokenInteractive({
    scopes,
    openBrowser: (url) => signInAt(url, administrator),
  });
  expect(tenantId).toBe(emulator.tenant.id);
  if (!account) throw new Error('no account');
  expect((await client.acquireTokenSilent({ account, scopes })).fromCache).toBe(true);
});

test('MSAL tells that a person has cancelled', async () => {
  const cancelled = buildClient().acquireTokenInteractive({
    scopes: ['User.Read'],
    openBrowser: (url) => signInAt(url, '', { answer: 'cancel' }),
  });
  await expect(cancelled).rejects.toThrow(/access_denied|65004/);
});

test('MSAL signs a person in by a device code', async () => {
  const result = await buildClient().acquireTokenByDeviceCode({
    scopes: ['https://graph.microsoft.com/User.Read'],
    deviceCodeCallback: ({ verificationUri, userCode }) => {
      void signInByCode(`${verificationUri}?user_code=${userCode}`);
    },
  });
  expect(result?.account?.username).toBe(administrator);
  expect((await readMe(result?.accessToken ?? '')).displayName).toBe('Sigrid Moe');
});

test('@azure/identity signs a person in by a device code', async () => {
  const credential = new DeviceCodeCredential({
    tenantId: emulator.tenant.id,
    clientId: GRAPH_TOOLS,
    authorityHost: emulator.url,
    disableInstanceDiscovery: true,
    userPromptCallback: ({ verificationUri, userCode }) => {
      void signInByCode(`${verificationUri}?user_code=${userCode}`);
    },
  });
  const { token } = await credential.getToken('https://graph.microsoft.com/.default');
  expect(decodeJwt(token)).toMatchObject({ upn: administrator, appid: GRAPH_TOOLS });
});

async function signInByCode(url: string): Promise<void> {
  expect((await answerSignInPage(url, { userPrincipalName: administrator })).text).toContain('You have signed in.');
}
