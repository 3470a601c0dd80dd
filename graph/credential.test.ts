import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
} from '@azure/identity';
import { expect, test } from 'vitest';
import type { Tenant } from '../policy/schemas/tenant.ts';
import { createCredential, listCredentialSources } from './credential.ts';

const tenant: Tenant = {
  tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  cloud: 'global',
  audit: { clientId: 'aaaaaaaa-0000-4000-8000-000000000001' },
  apply: { clientId: 'aaaaaaaa-0000-4000-8000-000000000002' },
  notifications: { sender: 'it@contoso.com', replyTo: 'it@contoso.com' },
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
};
const secret = { AZURE_CLIENT_SECRET: 'x' };
const certificate = { AZURE_CLIENT_CERTIFICATE_PATH: '/certificate.pem' };
const github = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/x?v=1',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
};
const managed = { IDENTITY_ENDPOINT: 'http://localhost/msi', IDENTITY_HEADER: 'h' };

test.each([
  ['a client secret', secret, ClientSecretCredential],
  ['a certificate', certificate, ClientCertificateCredential],
  ['GitHub OIDC', github, ClientAssertionCredential],
  ['a managed identity', managed, ManagedIdentityCredential],
  ['a virtual machine that says so', { ARM_USE_MSI: 'true' }, ManagedIdentityCredential],
  ['nothing, so a person by the Azure CLI', {}, AzureCliCredential],
])('signs in by %s', (_, env, kind) => {
  expect(createCredential(tenant, 'audit', env)).toBeInstanceOf(kind);
});

test('what was set on purpose comes first: secret, certificate, OIDC, managed identity', () => {
  expect(createCredential(tenant, 'audit', { ...managed, ...github, ...certificate, ...secret })).toBeInstanceOf(
    ClientSecretCredential,
  );
  expect(createCredential(tenant, 'audit', { ...managed, ...github, ...certificate })).toBeInstanceOf(
    ClientCertificateCredential,
  );
  expect(createCredential(tenant, 'audit', { ...managed, ...github })).toBeInstanceOf(ClientAssertionCredential);
});

test('in CI nobody is signed in by hand, and the error lists all that was looked for', () => {
  const attempt = () => createCredential(tenant, 'apply', { CI: 'true' });
  expect(attempt).toThrow(expect.objectContaining({ code: 'no-credential', exitCode: 2 }));
  for (const { name, lookedFor } of listCredentialSources()) {
    expect(attempt).toThrow(name);
    expect(attempt).toThrow(lookedFor);
  }
});
