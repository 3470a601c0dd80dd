// What a user of Microsoft's Graph SDK for TypeScript writes, which Kiota generates. It finds the tenant by
// AZURE_AUTHORITY_HOST, the adapter's `baseUrl` and the hosts that the authentication provider is allowed.
import { ClientSecretCredential } from '@azure/identity';
import { AzureIdentityAuthenticationProvider } from '@microsoft/kiota-authentication-azure';
import { createGraphServiceClient, GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import '@microsoft/msgraph-sdk-users';
import { createUserCollectionResponseFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import { BatchRequestBuilder, BatchRequestContent, PageIterator } from '@microsoft/msgraph-sdk-core';
import { lack, step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, GRAPH_URL, USER_ID, TARGET_ID } = process.env;

const scopes = ['https://graph.microsoft.com/.default'];
const credential = new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, {
  disableInstanceDiscovery: true,
});
const { hostname, host } = new URL(GRAPH_URL);
const adapter = new GraphRequestAdapter(
  new AzureIdentityAuthenticationProvider(credential, scopes, undefined, new Set([hostname, host])),
);
adapter.baseUrl = `${GRAPH_URL}/v1.0`;
const client = createGraphServiceClient(adapter);
const errors = { XXX: createODataErrorFromDiscriminatorValue };

await step('sign-in', async () => void (await credential.getToken(scopes)));
await step('users', () => listIds());
await step('filter', () => listIds({ queryParameters: { filter: "startswith(displayName,'A')" } }));
await step('batch', async () => {
  const batch = new BatchRequestContent(adapter, errors);
  const ids = [USER_ID, TARGET_ID];
  for (const id of ids) batch.addBatchRequest(client.users.byUserId(id).toGetRequestInformation(), id);
  const answers = await new BatchRequestBuilder(adapter, errors).postBatchResponseContentAsync(batch);
  // This preview takes an item's body for base64 and finds nothing in one that is JSON: all that it knows is the status.
  return ids.filter((id) => answers.getResponseById(id).status === 200);
});
lack('report', 'not in its package of users');
lack('subscribedSkus', 'not in its package of users');
await step('licenseDetails', async () => {
  const { value } = await client.users.byUserId(USER_ID).licenseDetails.get();
  return value.map(({ skuPartNumber }) => skuPartNumber);
});
lack('members', 'not in its package of users');
lack('count', 'not in its package of users');
await step('write', async () => {
  const target = client.users.byUserId(TARGET_ID);
  await target.patch({ accountEnabled: false });
  const { accountEnabled } = await target.get({ queryParameters: { select: ['id', 'accountEnabled'] } });
  return accountEnabled;
});

async function listIds(configuration) {
  const found = [];
  const first = await client.users.get(configuration);
  const each = ({ id }) => {
    found.push(id);
    return true;
  };
  await new PageIterator(adapter, first, each, createUserCollectionResponseFromDiscriminatorValue, errors).iterate();
  return found;
}
