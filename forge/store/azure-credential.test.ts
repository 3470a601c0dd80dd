import { expect, test } from 'vitest';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import { createRecordsCredential } from './azure-credential.ts';

const federated = { RECORDS_AZURE_CLIENT_ID: 'a', RECORDS_AZURE_TENANT_ID: 'b' };
const job = { CI: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'c' };

test.each<[string, Cloud, NodeJS.ProcessEnv, string]>([
  [
    'a job that may ask for a token asks for one at each sign-in',
    'global',
    { ...federated, ...job },
    'ClientAssertionCredential',
  ],
  ['a job in China, too', 'china', { ...federated, ...job }, 'ClientAssertionCredential'],
  [
    'elsewhere a token file is read',
    'global',
    { ...federated, AZURE_FEDERATED_TOKEN_FILE: '/f', CI: 'true' },
    'WorkloadIdentityCredential',
  ],
  [
    'a machine of Azure has its identity',
    'global',
    { IDENTITY_ENDPOINT: 'http://localhost' },
    'ManagedIdentityCredential',
  ],
  ['a person signs in by az login', 'global', {}, 'AzureCliCredential'],
])('%s', (_, cloud, env, expected) => {
  expect(createRecordsCredential(cloud, env).constructor.name).toBe(expected);
});

test.each<[string, NodeJS.ProcessEnv]>([
  ['an identity without its tenant', { ...job, RECORDS_AZURE_CLIENT_ID: 'a' }],
  ['the identity of the state', { ...job, AZURE_CLIENT_ID: 'a', AZURE_TENANT_ID: 'b' }],
  ['an identity in a job that may not ask for a token', { ...federated, CI: 'true' }],
])('%s signs in to nothing', (_, env) => {
  expect(() => createRecordsCredential('global', env)).toThrow(expect.objectContaining({ code: 'no-credential' }));
});
