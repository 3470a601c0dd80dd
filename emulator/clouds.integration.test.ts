import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { formatError, signInAs } from './api-client.fixture.ts';
import { CLOUD_NAMES, CLOUDS, type CloudName } from './clouds.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { CLOUD_SUPPORT } from './graph/cloud-support.ts';
import type { Switches } from './options.ts';
import { getTrustedAuthority } from './trusted-authority.fixture.ts';

const national = CLOUD_NAMES.filter((cloud) => cloud !== 'global');
const report = "/reports/getOffice365ActiveUserDetail(period='D7')";

async function inCloud<T>(
  cloud: CloudName,
  use: (emulator: Emulator) => Promise<T>,
  switches: Partial<Switches> = {},
): Promise<T> {
  const authority = await getTrustedAuthority();
  const emulator = await startEmulator({ authority, users: 0, people: [{}], cloud, switches });
  return use(emulator).finally(() => emulator.close());
}

async function signIn({ url, tenant, identities }: Emulator, fields: Record<string, string>) {
  const { clientId = '', clientSecret = '' } = identities.audit ?? {};
  const proof = fields.client_assertion === undefined ? { client_secret: clientSecret } : {};
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    ...proof,
    ...fields,
  });
  const response = await fetch(`${url}/${tenant.id}/oauth2/v2.0/token`, { method: 'POST', body });
  const { error_description = '', access_token = '' } = Object(await response.json());
  return { error: String(error_description), token: String(access_token) };
}

test.each(CLOUD_NAMES)('in %s a token is for a service of that cloud, and no other cloud’s is known', (cloud) =>
  inCloud(cloud, async (emulator) => {
    const own = CLOUDS[cloud].graph;
    const { token } = await signIn(emulator, { scope: `${own}/.default` });
    expect(decodeJwt(token).aud).toBe(own);
    for (const other of CLOUD_NAMES.filter((name) => name !== cloud))
      for (const uri of [CLOUDS[other].graph, ...CLOUDS[other].exchange])
        expect((await signIn(emulator, { scope: `${uri}/.default` })).error).toContain('AADSTS500011');
  }),
);

test.each(CLOUD_NAMES)('in %s an outside token is to be made out to that cloud', (cloud) =>
  inCloud(cloud, async (emulator) => {
    const bootstrap = await signInAs(emulator, 'bootstrap');
    const { body } = await bootstrap.post('/v1.0/applications', { displayName: 'audit of a repository' });
    await bootstrap.post('/v1.0/servicePrincipals', { appId: body.appId });
    const subject = 'repo:contoso/dormant:environment:audit';
    await bootstrap.post(`/v1.0/applications/${String(body.id)}/federatedIdentityCredentials`, {
      name: 'audit',
      issuer: 'https://token.actions.githubusercontent.com',
      subject,
      audiences: CLOUD_NAMES.map((name) => CLOUDS[name].tokenExchange),
    });
    const attempt = async (audience: string) => {
      const url = `${emulator.url}/_emulator/github-oidc?sub=${subject}&audience=${audience}`;
      const { value } = Object(await (await fetch(url)).json());
      const scope = `${CLOUDS[cloud].graph}/.default`;
      return signIn(emulator, { client_id: String(body.appId), client_assertion: String(value), scope });
    };
    const { tokenExchange } = CLOUDS[cloud];
    expect((await attempt(tokenExchange)).token).not.toBe('');
    for (const name of CLOUD_NAMES.filter((each) => CLOUDS[each].tokenExchange !== tokenExchange))
      expect((await attempt(CLOUDS[name].tokenExchange)).error).toContain('AADSTS700212');
  }),
);

test.each([
  ['global', 'v1.0', 200, 302],
  ['global', 'beta', 200, 302],
  ['usgov', 'v1.0', 400, 400],
  ['usgov', 'beta', 200, 302],
  ['usgov-dod', 'v1.0', 400, 400],
  ['usgov-dod', 'beta', 200, 302],
  ['china', 'v1.0', 400, 400],
  ['china', 'beta', 200, 302],
] as const)('%s has report settings and reports in %s: %d, %d', (cloud, version, settings, reports) =>
  inCloud(cloud, async (emulator) => {
    const audit = await signInAs(emulator, 'audit');
    const answers = [await audit.get(`/${version}/admin/reportSettings`), await audit.get(`/${version}${report}`)];
    expect(answers.map(({ status }) => status)).toEqual([settings, reports]);
    expect((await audit.get(`/${version}/users?$select=id`)).status).toBe(200);
  }),
);

test.each([400, 404] as const)('what a cloud lacks it says in Graph’s form, with %d, in a batch too', (status) =>
  inCloud(
    'usgov',
    async (emulator) => {
      const audit = await signInAs(emulator, 'audit');
      const alone = await audit.get('/v1.0/admin/reportSettings');
      expect([alone.status, formatError(alone)]).toEqual([
        status,
        expect.stringContaining("Resource not found for the segment 'reportSettings'."),
      ]);
      const requests = [{ id: '1', method: 'GET', url: '/admin/reportSettings' }];
      const { body } = await audit.post('/v1.0/$batch', { requests });
      expect(body).toMatchObject({ responses: [{ id: '1', status }] });
    },
    { missingCalls: status },
  ),
);

test.each(CLOUD_NAMES)('of %s’s active users 21Vianet alone does not tell Yammer and Teams', (cloud) =>
  inCloud(cloud, async (emulator) => {
    const { headers } = await (await signInAs(emulator, 'audit')).get(`/beta${report}`);
    const csv = await (await fetch(headers.get('location') ?? '')).text();
    const [header = ''] = csv.split('\r\n');
    expect(/Yammer|Teams/.test(header)).toBe(cloud !== 'china');
    expect(header).toContain('SharePoint Last Activity Date');
  }),
);

test.each([
  [null, 'https://partner.outlook.cn'],
  ['https://outlook.office365.cn', 'https://outlook.office365.cn'],
])('with exchangeHost %j, 21Vianet’s Exchange answers by %s and by no other name', (exchangeHost, answering) =>
  inCloud(
    'china',
    async (emulator) => {
      for (const uri of CLOUDS.china.exchange) {
        const { error } = await signIn(emulator, { scope: `${uri}/.default` });
        expect(error === '').toBe(uri === answering);
      }
    },
    { exchangeHost },
  ),
);

test.each(national)('%s has no agent users, and DoD no clock for OneDrives', (cloud) =>
  inCloud(cloud, async ({ tenant: { switches } }) => {
    expect(switches).toMatchObject({
      agentUsers: false,
      oneDriveClock: cloud === 'usgov-dod' ? 'off' : 'on',
    });
  }),
);

test('every call of the table of clouds names its page', () => {
  for (const [call, { page }] of Object.entries(CLOUD_SUPPORT)) expect(page, call).toMatch(/^[a-z0-9-]+( \(u\))?$/);
});

test.each(CLOUD_NAMES)(
  'in %s the login host’s documents lead to its keys, and name the issuer of its tokens',
  (cloud) =>
    inCloud(cloud, async (emulator) => {
      const read = async (path: string) => {
        const response = await fetch(path.startsWith('https:') ? path : `${emulator.url}${path}`);
        return { status: response.status, body: Object(await response.json()) };
      };
      const { token } = await signInAs(emulator, 'audit');
      const { id } = emulator.tenant;
      const v1 = (await read(`/${id}/.well-known/openid-configuration`)).body;
      expect(v1).toMatchObject({ issuer: decodeJwt(token).iss, msgraph_host: new URL(CLOUDS[cloud].graph).host });
      const v2 = (await read('/organizations/v2.0/.well-known/openid-configuration')).body;
      expect(v2).toMatchObject({
        issuer: `${emulator.url}/{tenantid}/v2.0`,
        token_endpoint: `${emulator.url}/organizations/oauth2/v2.0/token`,
      });
      for (const { jwks_uri } of [v1, v2]) {
        const keys = createLocalJWKSet((await read(jwks_uri)).body);
        expect((await jwtVerify(token, keys)).payload.tid).toBe(id);
      }
      const elsewhere = await read('/fabrikam.com/v2.0/.well-known/openid-configuration');
      expect([elsewhere.status, elsewhere.body]).toMatchObject([
        400,
        { error: 'invalid_tenant', error_codes: [90002], error_uri: `https://${CLOUDS[cloud].login}/error?code=90002` },
      ]);
      const endpoint = `${emulator.url}/common/v2.0/.well-known/openid-configuration`;
      expect((await read('/common/discovery/instance?api-version=1.1')).body.tenant_discovery_endpoint).toBe(endpoint);
      expect((await read('/metadata/endpoints?api-version=2022-09-01')).body).toMatchObject({
        name: CLOUDS[cloud].azureName,
        authentication: { loginEndpoint: emulator.url },
      });
    }),
);
