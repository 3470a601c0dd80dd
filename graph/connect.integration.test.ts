import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connect } from './connect.ts';
import { anEmulator, type EmulatedTenant } from './emulator.fixture.ts';
import { createGitHubAssertion } from './github-assertion.ts';

const read = { source: 'x', path: '/users?$select=id&$top=1' };
const oneUser = (body: unknown) => expect(body).toMatchObject({ value: [{ id: expect.any(String) }] });

test('signs in by client secret', async () => {
  const { connect } = await anEmulator();
  oneUser((await connect().graph.send(read)).body);
});

test('signs in by certificate', async () => {
  const { connect, emulator, envOf } = await anEmulator({ certificates: true });
  const folder = await mkdtemp(join(tmpdir(), 'dormant-certificate-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'audit.pem');
  await writeFile(path, emulator.identities.audit?.certificate?.pem ?? '');
  const env = { ...envOf('audit'), AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: path };
  oneUser((await connect('audit', { env }).graph.send(read)).body);
});

const subject = 'repo:contoso/deprovisioning:environment:contoso';
const audience = 'api://AzureADTokenExchange';

function inAWorkflow({ emulator, envOf }: EmulatedTenant, sub: string): NodeJS.ProcessEnv {
  return {
    ...envOf('audit'),
    AZURE_CLIENT_SECRET: '',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${emulator.url}/_emulator/github-oidc?sub=${encodeURIComponent(sub)}`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of-the-job',
  };
}

function trustWorkflow({ emulator, tenant }: EmulatedTenant, trusted = audience): void {
  const issuer = 'https://token.actions.githubusercontent.com';
  const applications = [...emulator.tenant.directory.applications.values()];
  const application = applications.find(({ appId }) => appId === tenant.audit.clientId);
  application?.federatedIdentityCredentials.set('github', {
    id: 'github',
    name: 'github',
    issuer,
    subject,
    audiences: [trusted],
  });
}

test('signs in from a GitHub workflow without any secret', async () => {
  const tenant = await anEmulator();
  trustWorkflow(tenant);
  const connection = tenant.connect('audit', { env: inAWorkflow(tenant, subject) });
  oneUser((await connection.graph.send(read)).body);
});

test.each([
  ['usgov', 'api://AzureADTokenExchangeUSGov'],
  ['usgov-dod', 'api://AzureADTokenExchangeUSGov'],
  ['china', 'api://AzureADTokenExchangeChina'],
] as const)('a workflow signs in to Graph and Exchange of %s by a token made out to %s', async (cloud, trusted) => {
  const tenant = await anEmulator({ cloud });
  trustWorkflow(tenant, trusted);
  const connection = tenant.connect('audit', { env: inAWorkflow(tenant, subject) });
  oneUser((await connection.graph.send(read)).body);
  expect(await connection.readExchangeRoles()).toEqual([]);
});

test('a stack that is said to be in another cloud than its tenant is refused in Entra’s words', async () => {
  const { tenant, envOf } = await anEmulator({ cloud: 'usgov' });
  const elsewhere = connect({ ...tenant, cloud: 'emulator' }, 'audit', { env: envOf('audit') });
  await expect(elsewhere.graph.send(read)).rejects.toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringMatching(/https:\/\/graph\.microsoft\.com.*AADSTS500011/),
  });
});

test('a workflow of another repository is refused in Entra’s words', async () => {
  const tenant = await anEmulator();
  trustWorkflow(tenant);
  const env = inAWorkflow(tenant, 'repo:someone/else:environment:contoso');
  await expect(tenant.connect('audit', { env }).graph.send(read)).rejects.toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringContaining('AADSTS700213'),
  });
});

test('a job without the permission for a token is told which one it needs', async () => {
  const tenant = await anEmulator();
  const env = inAWorkflow(tenant, subject);
  const assertion = createGitHubAssertion(audience, {
    ...env,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${tenant.emulator.url}/nowhere`,
  });
  await expect(assertion?.()).rejects.toMatchObject({
    code: 'github-oidc',
    remedy: expect.stringContaining('id-token: write'),
  });
  expect(createGitHubAssertion(audience, {})).toBeNull();
});

test('parallel requests share one sign-in, and a token is kept while it lasts', async () => {
  const { connect, emulator } = await anEmulator();
  const { graph } = connect();
  await Promise.all(Array.from({ length: 5 }, () => graph.send(read)));
  await graph.send(read);
  expect(emulator.log.listEntries().filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
});

test('the identities are told apart: the apply may not read reports', async () => {
  const { connect } = await anEmulator();
  const report = { source: 'x', path: "/reports/getOffice365ActiveUserDetail(period='D180')" };
  await expect(connect('apply').graph.send(report)).rejects.toMatchObject({ status: 403 });
  await expect(connect('audit').graph.send(report)).resolves.toMatchObject({ status: 302 });
});

test('the roles in Exchange are known before anything is asked there', async () => {
  const { connect } = await anEmulator();
  expect(await connect('audit').readExchangeRoles()).toEqual([]);
  expect(await connect('apply').readExchangeRoles()).toEqual(['Exchange.ManageAsApp']);
});
