// What a user of PnPjs writes in Node. It finds the tenant by the settings of MSAL and by `baseUrl`.
import { GraphQueryable, graphfi } from '@pnp/graph';
import '@pnp/graph/batching.js';
import '@pnp/graph/groups/index.js';
import '@pnp/graph/members/index.js';
import '@pnp/graph/users/index.js';
import { ConsistencyLevel } from '@pnp/graph/behaviors/consistency-level.js';
import { GraphDefault, MSAL } from '@pnp/nodejs';
import { TextParse } from '@pnp/queryable';
import { step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, AZURE_AUTHORITY_HOST, GRAPH_URL } = process.env;
const { USER_ID, TARGET_ID, GROUP_ID } = process.env;

const auth = {
  authority: `${AZURE_AUTHORITY_HOST}/${AZURE_TENANT_ID}`,
  knownAuthorities: [new URL(AZURE_AUTHORITY_HOST).host],
  clientId: AZURE_CLIENT_ID,
  clientSecret: AZURE_CLIENT_SECRET,
};
const graph = graphfi().using(
  GraphDefault({ baseUrl: `${GRAPH_URL}/v1.0` }),
  MSAL({ auth }, ['https://graph.microsoft.com/.default']),
);

await step('sign-in', async () => void (await graph.users.top(1)()));
await step('users', () => listIds(graph.users));
await step('filter', () => listIds(graph.users.filter("startswith(displayName,'A')")));
await step('batch', async () => {
  const [batched, execute] = graph.batched();
  const found = [];
  for (const id of [USER_ID, TARGET_ID])
    batched.users
      .getById(id)()
      .then((user) => found.push(user.id));
  await execute();
  return found;
});
await step('report', () =>
  GraphQueryable(graph.users, "../reports/getOffice365ActiveUserDetail(period='D7')").using(TextParse())(),
);
await step('subscribedSkus', async () => {
  const skus = await GraphQueryable(graph.users, '../subscribedSkus')();
  return skus.map(({ skuPartNumber }) => skuPartNumber);
});
await step('licenseDetails', async () => {
  const details = await GraphQueryable(graph.users.getById(USER_ID), 'licenseDetails')();
  return details.map(({ skuPartNumber }) => skuPartNumber);
});
await step('members', () => listIds(graph.groups.getById(GROUP_ID).members));
// Its own `count()` answers 0 in this version, whatever Graph says.
await step('count', () => GraphQueryable(graph.groups, '$count').using(ConsistencyLevel(), TextParse())());
await step('write', async () => {
  await graph.users.getById(TARGET_ID).update({ accountEnabled: false });
  const { accountEnabled } = await graph.users.getById(TARGET_ID).select('id', 'accountEnabled')();
  return accountEnabled;
});

async function listIds(collection) {
  const found = [];
  for await (const page of collection) found.push(...page.map(({ id }) => id));
  return found;
}
