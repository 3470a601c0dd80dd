import { expect, test } from 'vitest';
import type { Cloud, Tenant } from '../../policy/schemas/tenant.ts';
import { buildAzureadEnvironment, toAzureadCloud } from './azuread-sign-in.ts';

const tenantIn = (cloud: Cloud): Tenant => ({
  tenantId: '11111111-1111-4111-8111-111111111111',
  cloud,
  audit: { clientId: '22222222-2222-4222-8222-222222222222' },
  apply: { clientId: '33333333-3333-4333-8333-333333333333' },
  notifications: { sender: 'it@contoso.com', replyTo: 'it@contoso.com' },
  timeZone: 'Europe/Berlin',
  currency: 'USD',
});

const job = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/?v=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
};

test('the plugin signs in as the identity that is asked for, never as the one of the state’s storage', () => {
  const env = { AZURE_CLIENT_ID: '99999999-9999-4999-8999-999999999999', AZURE_CLIENT_SECRET: 's' };
  expect(buildAzureadEnvironment(tenantIn('global'), 'apply', env)).toEqual({
    ARM_TENANT_ID: '11111111-1111-4111-8111-111111111111',
    ARM_CLIENT_ID: '33333333-3333-4333-8333-333333333333',
    ARM_CLIENT_SECRET: 's',
  });
  expect(buildAzureadEnvironment(tenantIn('global'), 'audit', env).ARM_CLIENT_ID).toMatch(/^2/);
});

test.each([
  ['global', 'api://AzureADTokenExchange'],
  ['usgov', 'api://AzureADTokenExchangeUSGov'],
  ['usgov-dod', 'api://AzureADTokenExchangeUSGov'],
  ['china', 'api://AzureADTokenExchangeChina'],
] as const)('a job of GitHub asks for the audience of its cloud: %s', (cloud, audience) => {
  const env = buildAzureadEnvironment(tenantIn(cloud), 'apply', job);
  expect(env).toMatchObject({ ARM_USE_OIDC: 'true', ARM_OIDC_REQUEST_TOKEN: 't' });
  const { origin, searchParams } = new URL(env.ARM_OIDC_REQUEST_URL ?? '');
  expect([origin, searchParams.get('v'), searchParams.get('audience')]).toEqual([
    'https://token.example',
    '1',
    audience,
  ]);
});

test('what is set on purpose comes before what a job happens to have', () => {
  const secret = buildAzureadEnvironment(tenantIn('global'), 'apply', { ...job, AZURE_CLIENT_SECRET: 's' });
  expect(secret).not.toHaveProperty('ARM_USE_OIDC');
  const certificate = { ...job, AZURE_CLIENT_CERTIFICATE_PATH: '/cert.pem' };
  expect(Object.keys(buildAzureadEnvironment(tenantIn('global'), 'apply', certificate))).toEqual([
    'ARM_TENANT_ID',
    'ARM_CLIENT_ID',
  ]);
});

test('a managed identity is used where the machine has one', () => {
  const env = { IDENTITY_ENDPOINT: 'http://127.0.0.1:41' };
  expect(buildAzureadEnvironment(tenantIn('global'), 'apply', env)).toMatchObject({ ARM_USE_MSI: 'true' });
});

test('the embedded tenant is found by its host, and trusted by its authority', () => {
  const env = { DORMANT_EMULATOR_URL: 'https://localhost:8443', NODE_EXTRA_CA_CERTS: '/ca.pem' };
  expect(buildAzureadEnvironment(tenantIn('emulator'), 'apply', env)).toMatchObject({
    ARM_METADATA_HOSTNAME: 'localhost:8443',
    SSL_CERT_FILE: '/ca.pem',
  });
});

test.each([
  ['global', 'global'],
  ['usgov', 'usgovernment'],
  ['usgov-dod', 'dod'],
  ['china', 'china'],
] as const)('%s is %s to the plugin', (cloud, name) => {
  expect(toAzureadCloud(cloud)).toBe(name);
});
