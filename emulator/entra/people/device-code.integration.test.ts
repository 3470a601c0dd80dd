import { decodeJwt } from 'jose';
import { afterEach, expect, test, vi } from 'vitest';
import type { Emulator } from '../../emulator.ts';
import { useTenant } from '../../use-tenant.fixture.ts';
import { answerSignInPage, GRAPH_TOOLS, openPage, requestToken } from './person-client.fixture.ts';

let emulator: Emulator;

useTenant(
  'all',
  { users: 0, people: [{ kind: 'ana', displayName: 'Ana Reyes', userPrincipalName: 'ana.reyes@contoso.com' }] },
  (started) => {
    emulator = started;
  },
);

afterEach(() => {
  vi.useRealTimers();
  emulator.tenant.switches.deviceCodeFlow = 'allowed';
});

const person = { userPrincipalName: 'ana.reyes@contoso.com' };

async function start(fields: Record<string, string> = {}) {
  const response = await fetch(`${emulator.url}/organizations/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: GRAPH_TOOLS, scope: 'User.Read offline_access', ...fields }),
  });
  const body: Record<string, unknown> = Object(await response.json());
  const page = `${String(body.verification_uri)}?user_code=${String(body.user_code)}`;
  return { status: response.status, body, page, deviceCode: String(body.device_code) };
}

const poll = (device_code: string, grant_type = 'urn:ietf:params:oauth:grant-type:device_code') =>
  requestToken(emulator, { grant_type, device_code });

test('an application gets a code, an address and a sentence for the person', async () => {
  const { body } = await start();
  expect(body).toMatchObject({ verification_uri: `${emulator.url}/devicelogin`, expires_in: 900, interval: 5 });
  expect(body.user_code).toMatch(/^[A-Z2-9]{9}$/);
  expect(body.message).toContain(
    `open the page ${emulator.url}/devicelogin and enter the code ${String(body.user_code)}`,
  );
});

test('the application waits, gets the tokens once, and then nothing', async () => {
  const { page, deviceCode } = await start();
  expect(await poll(deviceCode)).toMatchObject({
    status: 400,
    body: { error: 'authorization_pending', error_codes: [70016] },
  });
  expect((await answerSignInPage(page, person)).text).toContain('You have signed in.');
  const { body } = await poll(deviceCode);
  expect(decodeJwt(String(body.access_token))).toMatchObject({ upn: person.userPrincipalName, scp: 'User.Read' });
  expect(body.refresh_token).toBeTruthy();
  expect((await poll(deviceCode)).body).toMatchObject({ error: 'bad_verification_code', error_codes: [70018] });
});

test('old clients name grant and code by their short names', async () => {
  const { page, deviceCode } = await start();
  await answerSignInPage(page, person);
  const { status } = await requestToken(emulator, { grant_type: 'device_code', code: deviceCode });
  expect(status).toBe(200);
});

test('a person types the code first, in any case', async () => {
  const { body } = await start();
  expect((await openPage(`${emulator.url}/devicelogin`)).text).toContain('Enter the code');
  const typed = String(body.user_code).toLowerCase();
  expect((await openPage(`${emulator.url}/devicelogin?user_code=${typed}`)).text).toContain(
    'Sign in to Microsoft Graph Command Line Tools',
  );
  expect((await openPage(`${emulator.url}/devicelogin?user_code=%3Cb%3E`)).text).toContain('That code didn’t work');
});

test('a person who cancels ends the waiting, and cannot answer again', async () => {
  const { page, deviceCode } = await start();
  await answerSignInPage(page, { answer: 'cancel' });
  expect((await poll(deviceCode)).body.error).toBe('authorization_declined');
  expect((await openPage(page)).text).toContain('AADSTS90120');
});

test('where an administrator is needed the person can only go back', async () => {
  const { page, deviceCode } = await start({ scope: 'Reports.Read.All' });
  const needed = await answerSignInPage(page, person);
  expect(needed.text).toContain('AADSTS90094');
  expect((await poll(deviceCode)).body.error).toBe('authorization_pending');
  await answerSignInPage(page, { answer: 'cancel' });
  expect((await poll(deviceCode)).body.error).toBe('authorization_declined');
});

test('after fifteen minutes the code is good for nothing', async () => {
  const { page, deviceCode } = await start();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 901_000 });
  expect((await poll(deviceCode)).body).toMatchObject({ error: 'expired_token', error_codes: [70020] });
  expect((await openPage(page)).text).toContain('That code didn’t work');
});

test.each<[string, Record<string, string>, number, string]>([
  ['no client', { client_id: '' }, 900144, 'invalid_request'],
  ['no scope', { scope: '' }, 900144, 'invalid_request'],
  ['an unknown client', { client_id: '00000000-0000-0000-0000-000000000001' }, 700016, 'unauthorized_client'],
])('%s: there is no code', async (_what, fields, number, error) => {
  expect(await start(fields)).toMatchObject({ status: 400, body: { error, error_codes: [number] } });
});

test('a policy that blocks the flow says so on the page, and leaves the application waiting', async () => {
  emulator.tenant.switches.deviceCodeFlow = 'blocked';
  const { page, deviceCode } = await start();
  expect((await answerSignInPage(page, person)).text).toContain('AADSTS53003');
  expect((await poll(deviceCode)).body.error).toBe('authorization_pending');
});

test('a policy that is looked at with the token tells the application', async () => {
  await fetch(`${emulator.url}/_emulator/switches`, {
    method: 'PATCH',
    body: JSON.stringify({ deviceCodeFlow: 'blocked-at-token' }),
  });
  const { page, deviceCode } = await start();
  await answerSignInPage(page, person);
  expect((await poll(deviceCode)).body).toMatchObject({ error: 'invalid_grant', error_codes: [53003] });
});
