// What a user of Microsoft's JavaScript client for Graph writes, with its default middleware. It finds the tenant by
// AZURE_AUTHORITY_HOST, `baseUrl` and `customHosts`.
import { ClientSecretCredential } from '@azure/identity';
import { BatchRequestContent, BatchResponseContent, Client, PageIterator } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, GRAPH_URL } = process.env;
const { USER_ID, TARGET_ID, GROUP_ID } = process.env;

const scopes = ['https://graph.microsoft.com/.default'];
const credential = new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, {
  disableInstanceDiscovery: true,
});
const client = Client.initWithMiddleware({
  authProvider: new TokenCredentialAuthenticationProvider(credential, { scopes }),
  baseUrl: GRAPH_URL,
  customHosts: new Set([new URL(GRAPH_URL).hostname]),
});

await step('sign-in', async () => void (await credential.getToken(scopes)));
await step('users', () => listIds(client.api('/users')));
await step('filter', () => listIds(client.api('/users').filter("startswith(displayName,'A')")));
await step('batch', async () => {
  const requests = [USER_ID, TARGET_ID].map((id) => ({
    id,
    // It drops the host and adds the version.
    request: new Request(`${GRAPH_URL}/users/${id}`, { method: 'GET' }),
  }));
  const content = await new BatchRequestContent(requests).getContent();
  const answers = new BatchResponseContent(await client.api('/$batch').post(content));
  const found = await Promise.all(requests.map(({ id }) => answers.getResponseById(id).json()));
  return found.map(({ id }) => id);
});
await step('report', async () => {
  return client.api("/reports/getOffice365ActiveUserDetail(period='D7')").responseType('text').get();
});
await step('subscribedSkus', async () => {
  const { value } = await client.api('/subscribedSkus').get();
  return value.map(({ skuPartNumber }) => skuPartNumber);
});
await step('licenseDetails', async () => {
  const { value } = await client.api(`/users/${USER_ID}/licenseDetails`).get();
  return value.map(({ skuPartNumber }) => skuPartNumber);
});
await step('members', () => listIds(client.api(`/groups/${GROUP_ID}/members`)));
await step('count', () => client.api('/groups/$count').header('ConsistencyLevel', 'eventual').get());
await step('write', async () => {
  await client.api(`/users/${TARGET_ID}`).patch({ accountEnabled: false });
  const { accountEnabled } = await client.api(`/users/${TARGET_ID}`).select('id,accountEnabled').get();
  return accountEnabled;
});

async function listIds(request) {
  const found = [];
  const pages = new PageIterator(client, await request.get(), ({ id }) => {
    found.push(id);
    return true;
  });
  await pages.iterate();
  return found;
}
