// What an administrator types with CLI for Microsoft 365. It knows no other hosts than Microsoft's, so it reaches the tenant
// through a proxy, as from a company's network.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { step } from '../steps.mjs';

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, USER_ID, TARGET_ID, GROUP_ID } = process.env;
const program = fileURLToPath(new URL('node_modules/@pnp/cli-microsoft365/dist/index.js', import.meta.url));

await step('sign-in', async () => {
  const application = ['--appId', AZURE_CLIENT_ID, '--tenant', AZURE_TENANT_ID, '--secret', AZURE_CLIENT_SECRET];
  await runM365('login', '--authType', 'secret', ...application);
});
await step('users', async () => (await readJson('entra user list')).map(({ id }) => id));
await step('filter', async () => (await readJson('entra user list', '--displayName', 'A')).map(({ id }) => id));
await step('batch', async () => {
  const requests = [USER_ID, TARGET_ID].map((id) => ({ id, method: 'GET', url: `/users/${id}` }));
  const { responses } = await readJson(
    'request',
    ...['--url', '@graph/$batch', '--method', 'post', '--content-type', 'application/json'],
    ...['--body', JSON.stringify({ requests })],
  );
  return responses.map(({ body }) => body.id);
});
await step('report', () => runM365('tenant report activeuserdetail', '--period', 'D7', '--output', 'csv'));
await step('subscribedSkus', async () =>
  (await readJson('entra license list')).map(({ skuPartNumber }) => skuPartNumber),
);
// `entra user license list` is for people who have signed in themselves.
await step('licenseDetails', async () => {
  const { value } = await readJson('request', '--url', `@graph/users/${USER_ID}/licenseDetails`);
  return value.map(({ skuPartNumber }) => skuPartNumber);
});
await step('members', async () =>
  (await readJson('entra group member list', '--groupId', GROUP_ID, '--role', 'Member')).map(({ id }) => id),
);
await step('count', () =>
  runM365('request', '--url', '@graph/groups/$count', '--ConsistencyLevel', 'eventual', '--output', 'text'),
);
await step('write', async () => {
  await runM365('entra user set', '--id', TARGET_ID, '--accountEnabled', 'false');
  const { accountEnabled } = await readJson('entra user get', '--id', TARGET_ID, '--properties', 'id,accountEnabled');
  return accountEnabled;
});

async function readJson(command, ...options) {
  return JSON.parse(await runM365(command, ...options, '--output', 'json'));
}

/** One command in a process of its own, as in a terminal; what it says on its standard error is why it failed. */
async function runM365(command, ...options) {
  const args = [program, ...command.split(' '), ...options];
  const limits = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, args, limits).catch(({ stderr, stdout: said }) => {
    throw new Error(`${stderr}${said}`.trim());
  });
  return stdout;
}
