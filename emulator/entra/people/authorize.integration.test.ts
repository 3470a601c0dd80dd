import { decodeJwt } from 'jose';
import { expect, test, vi } from 'vitest';
import { signInAs } from '../../api-client.fixture.ts';
import type { Emulator } from '../../emulator.ts';
import { useTenant } from '../../use-tenant.fixture.ts';
import {
  answerSignInPage,
  buildAuthorizeUrl,
  GRAPH_TOOLS,
  openPage,
  readForm,
  readReply,
  redeemCode,
  requestToken,
} from './person-client.fixture.ts';

let emulator: Emulator;

const OWN_CLIENT = '5f0a3d0e-7c1c-4a8e-9a0b-0d6a6b6f2f10';

useTenant(
  'all',
  {
    users: 0,
    people: [
      { kind: 'ana', displayName: 'Ana <b>Reyes</b>', userPrincipalName: 'ana.reyes@contoso.com' },
      { kind: 'blocked', displayName: 'Bo Lind', userPrincipalName: 'bo.lind@contoso.com', accountEnabled: false },
      { kind: 'admin', displayName: 'Sigrid Moe', roles: ['Global Administrator'] },
      { kind: 'reports', displayName: 'Astrid Lind', roles: ['Reports Reader'] },
    ],
    publicClients: [{ appId: OWN_CLIENT, displayName: 'A <i>client</i>', redirectUris: ['http://localhost/done'] }],
  },
  (started) => {
    emulator = started;
  },
);

const person = { userPrincipalName: 'ana.reyes@contoso.com' };

async function fetchCode(change: Record<string, string> = {}, answer: Record<string, string> = person) {
  return readReply(await answerSignInPage(buildAuthorizeUrl(emulator, change), answer));
}

test('the page says whose tenant it is, who asks for what, and fills in whom the application expects', async () => {
  const { text, headers } = await openPage(
    buildAuthorizeUrl(emulator, {
      client_id: OWN_CLIENT,
      redirect_uri: 'http://localhost:9/done',
      login_hint: '"><script>',
    }),
  );
  expect(text).toContain('Contoso (contoso.com), an embedded tenant on this machine');
  expect(text).toContain('no password is asked');
  expect(text).toContain('Sign in to A &lt;i&gt;client&lt;/i&gt;');
  expect(text).toContain('<li>User.Read</li>');
  expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
  expect(text).not.toContain('<script');
  expect(headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:9;");
});

test('the page offers somebody of each role, and names them safely', async () => {
  const { text } = await openPage(buildAuthorizeUrl(emulator));
  expect(text).toMatch(/Sigrid Moe<\/bdi><\/a>, Global Administrator/);
  expect(text).toMatch(/Astrid Lind<\/bdi><\/a>, Reports Reader/);
  expect(text).toContain('Ana &lt;b&gt;Reyes&lt;/b&gt;</bdi></a>, no role');
});

test('a code is traded for tokens that say whose they are', async () => {
  const reply = await fetchCode({ nonce: 'once' });
  expect(reply.get('state')).toBe('a state & more');
  expect(reply.get('session_state')).toBeTruthy();
  const { status, body } = await redeemCode(emulator, reply.get('code') ?? '');
  const { id } = emulator.tenant.people.requireKind('ana');
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
  expect(String(body.scope).split(' ').sort()).toEqual(['User.Read', 'openid', 'profile']);
  expect(JSON.parse(Buffer.from(String(body.client_info), 'base64url').toString())).toEqual({
    uid: id,
    utid: emulator.tenant.id,
  });
  const access = decodeJwt(String(body.access_token));
  expect(access).toMatchObject({
    aud: 'https://graph.microsoft.com',
    iss: `https://sts.windows.net/${emulator.tenant.id}/`,
    appid: GRAPH_TOOLS,
    appidacr: '0',
    oid: id,
    upn: person.userPrincipalName,
    tid: emulator.tenant.id,
    scp: 'User.Read openid profile',
    wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509'],
    ver: '1.0',
  });
  expect(access).not.toHaveProperty('roles');
  expect(decodeJwt(String(body.id_token))).toMatchObject({
    aud: GRAPH_TOOLS,
    iss: `${emulator.url}/${emulator.tenant.id}/v2.0`,
    nonce: 'once',
    oid: id,
    preferred_username: person.userPrincipalName,
    ver: '2.0',
  });
});

test('without offline_access and openid there is neither refresh token nor id token', async () => {
  const reply = await fetchCode({ scope: 'User.Read' });
  const { body } = await redeemCode(emulator, reply.get('code') ?? '');
  expect(Object.keys(body)).toEqual(expect.not.arrayContaining(['refresh_token', 'id_token']));
});

test('the answer comes in the fragment or as a form, if the application asks for that', async () => {
  const fragment = await answerSignInPage(buildAuthorizeUrl(emulator, { response_mode: 'fragment' }), person);
  expect(fragment.headers.get('location')).toMatch(/^http:\/\/localhost:51234#code=/);
  const { text } = await answerSignInPage(buildAuthorizeUrl(emulator, { response_mode: 'form_post' }), person);
  const { action, fields } = readForm(text);
  expect(action).toBe('http://localhost:51234');
  expect(fields).toMatchObject({ state: 'a state & more', code: expect.any(String) });
});

test('somebody who cancels sends the application an error', async () => {
  const reply = await fetchCode({}, { answer: 'cancel' });
  expect(reply.get('error')).toBe('access_denied');
  expect(reply.get('error_subcode')).toBe('cancel');
  expect(reply.get('error_description')).toMatch(/^AADSTS65004: .+ Trace ID: /);
  expect(reply.get('state')).toBe('a state & more');
});

test.each([
  ['blocked', 'bo.lind@contoso.com', 'AADSTS50057'],
  ['unknown', 'nobody@contoso.com', 'AADSTS50034'],
  ['somebody by his id', '00000000-0000-0000-0000-000000000000', 'AADSTS50034'],
])('a person who is %s stays on the page', async (_what, userPrincipalName, number) => {
  const page = await answerSignInPage(buildAuthorizeUrl(emulator), { userPrincipalName });
  expect([page.status, page.headers.get('location')]).toEqual([200, null]);
  expect(page.text).toContain(number);
  expect(page.text).toContain(`value="${userPrincipalName}"`);
});

test.each<[string, Record<string, string>, string]>([
  ['no client', { client_id: '' }, 'AADSTS900144'],
  ['an unknown client', { client_id: '00000000-0000-0000-0000-000000000001' }, 'AADSTS700016'],
  ['an address of somebody else', { redirect_uri: 'https://evil.example/' }, 'AADSTS50011'],
  ['another path of localhost', { redirect_uri: 'http://localhost:51234/elsewhere' }, 'AADSTS50011'],
  ['another name for localhost', { redirect_uri: 'http://127.0.0.1:51234' }, 'AADSTS50011'],
  ['a scheme that runs code', { redirect_uri: 'javascript:alert(1)' }, 'AADSTS50011'],
  ['an unknown way to answer', { response_mode: 'web_message' }, 'AADSTS70007'],
])('%s: the application is told nothing', async (_what, change, number) => {
  const page = await openPage(buildAuthorizeUrl(emulator, change));
  expect([page.status, page.headers.get('location')]).toEqual([400, null]);
  expect(page.text).toContain(number);
});

test.each<[string, Record<string, string>, string, number]>([
  ['no scope', { scope: '' }, 'invalid_request', 900144],
  ['a scope that nobody offers', { scope: 'User.Fly' }, 'invalid_client', 650053],
  ['Exchange, for Microsoft’s client', { scope: 'https://outlook.office365.com/.default' }, 'invalid_request', 65002],
  ['two services', { scope: 'User.Read https://outlook.office365.com/Exchange.Manage' }, 'invalid_scope', 28000],
  ['an implicit flow', { response_type: 'token' }, 'unsupported_response_type', 70005],
  ['nobody to be asked', { prompt: 'none' }, 'login_required', 50058],
  ['a challenge that is too short', { code_challenge: 'short' }, 'invalid_request', 501491],
  ['an unknown challenge', { code_challenge_method: 'S512' }, 'invalid_request', 50149],
])('%s: the application is told why', async (_what, change, error, number) => {
  const reply = readReply(await openPage(buildAuthorizeUrl(emulator, change)));
  expect(reply.get('error')).toBe(error);
  expect(reply.get('error_description')).toMatch(new RegExp(`^AADSTS${number}: `));
});

test('a code is good once', async () => {
  const code = (await fetchCode()).get('code') ?? '';
  expect((await redeemCode(emulator, code)).status).toBe(200);
  const { body } = await redeemCode(emulator, code);
  expect([body.error, body.error_codes]).toEqual(['invalid_grant', [54005]]);
});

test('a code is good for ten minutes', async () => {
  const code = (await fetchCode()).get('code') ?? '';
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 601_000 });
  const { body } = await redeemCode(emulator, code);
  vi.useRealTimers();
  expect([body.error, body.error_codes]).toEqual(['invalid_grant', [70008]]);
});

test.each<[string, Record<string, string>, number, string, number]>([
  ['another verifier', { code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant', 501481],
  ['no verifier', { code_verifier: '' }, 400, 'invalid_grant', 501481],
  ['another address', { redirect_uri: 'http://localhost:51235' }, 400, 'invalid_client', 500112],
  ['another client', { client_id: OWN_CLIENT }, 400, 'invalid_grant', 9002313],
  ['another code', { code: 'x' }, 400, 'invalid_grant', 9002313],
  ['no code', { code: '' }, 400, 'invalid_request', 900144],
  ['what nobody agreed to', { scope: 'Mail.Read' }, 400, 'invalid_grant', 65001],
])('a code with %s is refused', async (_what, change, status, error, number) => {
  const code = (await fetchCode()).get('code') ?? '';
  const refused = await redeemCode(emulator, code, change);
  expect([refused.status, refused.body.error, refused.body.error_codes]).toEqual([status, error, [number]]);
});

test('a refresh token gives a new one with each token, as long as the person may sign in', async () => {
  const { id } = emulator.addPerson({ displayName: 'Cy Hall', userPrincipalName: 'cy.hall@contoso.com' });
  const code = (await fetchCode({}, { userPrincipalName: 'cy.hall@contoso.com' })).get('code') ?? '';
  const first = String((await redeemCode(emulator, code)).body.refresh_token);
  const refresh = (refresh_token: string) =>
    requestToken(emulator, { grant_type: 'refresh_token', refresh_token, scope: 'User.Read offline_access' });
  const { body } = await refresh(first);
  expect(body.refresh_token).not.toBe(first);
  expect(decodeJwt(String(body.access_token)).oid).toBe(id);
  emulator.tenant.clock.advance({ minutes: 1 });
  const apply = await signInAs(emulator, 'apply');
  await apply.post(`/v1.0/users/${id}/revokeSignInSessions`, {});
  expect((await refresh(String(body.refresh_token))).body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [50173],
  });
  emulator.applyEvents(id, { accountEnabled: false });
  expect((await refresh(first)).body).toMatchObject({ error: 'invalid_grant', error_codes: [50057] });
  expect((await refresh('x')).body).toMatchObject({ error: 'invalid_grant', error_codes: [70000] });
});

test.each([
  ['whole', 'https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com/User.Read'],
  ['bare', 'user.read', 'User.Read'],
])('scopes that are written %s come back so', async (_how, scope, expected) => {
  const code = (await fetchCode({ scope })).get('code') ?? '';
  expect((await redeemCode(emulator, code)).body.scope).toBe(expected);
});

test('.default is what was agreed to before', async () => {
  await fetchCode({ scope: 'User.Read MailboxSettings.Read' });
  const code = (await fetchCode({ scope: 'https://graph.microsoft.com/.default' })).get('code') ?? '';
  const { body } = await redeemCode(emulator, code);
  expect(decodeJwt(String(body.access_token)).scp).toBe('User.Read MailboxSettings.Read');
  expect(String(body.scope)).toMatch(/https:\/\/graph\.microsoft\.com\/\.default$/);
});

test('an application of the directory signs people in if it is a public client', async () => {
  const bootstrap = await signInAs(emulator, 'bootstrap');
  const register = async (more: object) =>
    String((await bootstrap.post('/v1.0/applications', { displayName: 'an application', ...more })).body.appId);
  const open = async (client_id: string) => (await openPage(buildAuthorizeUrl(emulator, { client_id }))).text;
  const publicClient = { redirectUris: ['http://localhost'] };
  expect(await open(await register({ publicClient }))).toContain('Sign in to an application');
  expect(await open(await register({}))).toContain('AADSTS7000218');
  const anywhere = await register({ isFallbackPublicClient: true });
  const device = await fetch(`${emulator.url}/contoso.com/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: anywhere, scope: 'User.Read' }),
  });
  expect(device.status).toBe(200);
});

test.each(['common', 'organizations', 'contoso.com'])('a person signs in at %s', async (tenant) => {
  const url = buildAuthorizeUrl(emulator).replace('/organizations/', `/${tenant}/`);
  expect(readReply(await answerSignInPage(url, person)).get('code')).toBeTruthy();
});

test('another tenant is not known', async () => {
  const page = await openPage(buildAuthorizeUrl(emulator).replace('/organizations/', '/fabrikam.com/'));
  expect([page.status, page.text.includes('AADSTS90002')]).toEqual([400, true]);
});
