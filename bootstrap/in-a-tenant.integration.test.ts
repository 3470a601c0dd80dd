import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import { createRoleCmdlets, runScript } from '@dormant-m365/emulator/exchange';
import pulumi from '@pulumi/pulumi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTokenClaims } from '../graph/token-claims.ts';
import { provideInto, tokenFor } from './emulated-provider.fixture.ts';
import { listAppRoles, type PipelineIdentity } from './grants.ts';
import { type BootstrapOutputs, declareBootstrap } from './program.ts';
import { type BootstrapSettings, parseSettings } from './settings.ts';
import { completeConfig, configReader } from './tenant.fixture.ts';

let emulator: Emulator;
let distrust: () => void;
let settings: BootstrapSettings;
let outputs: BootstrapOutputs;
beforeAll(async () => {
  emulator = await startEmulator({
    users: 0,
    switches: { quotaSpeed: 60 },
    people: [{ kind: 'ana' }, { kind: 'it', licenses: ['SPE_E3'] }],
  });
  distrust = emulator.trust();
  await provideInto(emulator);
  const everything = { quarantine: 'true', mail: 'tenant' };
  settings = parseSettings('contoso', configReader({ ...completeConfig, ...everything }), undefined);
  outputs = await declareBootstrap(settings);
  await pulumi.runtime.disconnect();
});
afterAll(async () => {
  distrust();
  await emulator.close();
});

const clientIdOf = (identity: PipelineIdentity): Promise<string> =>
  new Promise((resolve) => (identity === 'audit' ? outputs.auditClientId : outputs.applyClientId).apply(resolve));

const issuer = 'https://token.actions.githubusercontent.com';

/** Signs in as a GitHub job does, with GitHub's token. */
async function signIn(identity: PipelineIdentity, sub: string, scope?: string): Promise<string> {
  const assertion = await emulator.bearers.sign({ sub }, issuer, 'api://AzureADTokenExchange');
  return tokenFor(emulator, {
    client_id: await clientIdOf(identity),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...(scope ? { scope } : {}),
  });
}

const job = (identity: PipelineIdentity) => signIn(identity, `repo:contoso/dormant:environment:contoso-${identity}`);

test.each([
  ['audit', 'repo:contoso/dormant:environment:contoso-audit'],
  ['audit', 'repo:contoso@4711/dormant@815:environment:contoso-audit'],
  ['apply', 'repo:contoso/dormant:environment:contoso-apply'],
  ['apply', 'repo:contoso@4711/dormant@815:environment:contoso-apply'],
] as const)('the %s lets in %s, and Entra gives it the roles of the table', async (identity, subject) => {
  const onGraph = parseTokenClaims(await signIn(identity, subject)).roles;
  const onExchange = parseTokenClaims(await signIn(identity, subject, 'https://outlook.office365.com/.default')).roles;
  expect([...onGraph].sort()).toEqual([...listAppRoles(identity, settings.chosen, 'graph')].sort());
  expect(onExchange).toEqual(['Exchange.ManageAsApp']);
});

test.each([
  ['apply', 'repo:contoso/dormant:environment:contoso-audit', 'the audit’s job'],
  ['audit', 'repo:contoso/dormant:environment:contoso-apply', 'the apply’s job'],
  ['apply', 'repo:contoso/dormant:ref:refs/heads/main', 'a job of main without the environment'],
  ['apply', 'repo:contoso/dormant:pull_request', 'a pull request'],
  ['apply', 'repo:evil/dormant:environment:contoso-apply', 'a fork'],
  ['apply', 'repo:contoso@9/dormant@815:environment:contoso-apply', 'somebody who took the owner’s old name'],
] as const)('the %s turns away %s: %s', async (identity, subject, _who) => {
  await expect(signIn(identity, subject)).rejects.toThrow('AADSTS700213');
});

test('an application has no secret that could leak', async () => {
  const ids = [await clientIdOf('audit'), await clientIdOf('apply')];
  const made = [...emulator.tenant.directory.applications.values()].filter(({ appId }) => ids.includes(appId));
  expect(made.map(({ secrets, properties }) => [secrets.size, properties.keyCredentials ?? []])).toEqual([
    [0, []],
    [0, []],
  ]);
});

async function status(token: string, method: string, path: string, body?: unknown): Promise<number> {
  const answer = await fetch(`${emulator.url}/v1.0${path}`, {
    method,
    redirect: 'manual',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.status;
}

const report = "/reports/getOffice365ActiveUserDetail(period='D7')";

test('with every grant of the table, the tenant refuses the audit every write to an account', async () => {
  const audit = await job('audit');
  const { id } = emulator.tenant.people.requireKind('ana');
  const licenses = { addLicenses: [], removeLicenses: [] };
  expect(await status(audit, 'GET', `/users/${id}`)).toBe(200);
  expect(await status(audit, 'GET', report)).toBe(302);
  expect(await status(audit, 'PATCH', `/users/${id}`, { accountEnabled: false })).toBe(403);
  expect(await status(audit, 'POST', `/users/${id}/assignLicense`, licenses)).toBe(403);
  expect(await status(audit, 'POST', `/users/${id}/revokeSignInSessions`, {})).toBe(403);
  expect(await status(audit, 'POST', `/users/${id}/sendMail`, { message: {} })).toBe(403);
  expect(await status(audit, 'DELETE', `/users/${id}`)).toBe(403);
});

test('with every grant of the table, the tenant refuses the apply every report and every deletion', async () => {
  const apply = await job('apply');
  const { id } = emulator.tenant.people.requireKind('ana');
  expect(await status(apply, 'PATCH', `/users/${id}`, { accountEnabled: false })).toBe(204);
  expect(await status(apply, 'GET', report)).toBe(403);
  expect(await status(apply, 'GET', '/admin/reportSettings')).toBe(403);
  expect(await status(apply, 'PATCH', '/admin/reportSettings', { displayConcealedNames: false })).toBe(403);
  expect(await status(apply, 'DELETE', `/users/${id}`)).toBe(403);
});

const exchange = 'https://outlook.office365.com/.default';

async function runsInExchange(identity: PipelineIdentity, CmdletName: string, Parameters: object): Promise<string> {
  const token = await signIn(identity, `repo:contoso/dormant:environment:contoso-${identity}`, exchange);
  const answer = await fetch(`${emulator.url}/adminapi/beta/${emulator.tenant.id}/InvokeCommand`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'X-AnchorMailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${emulator.tenant.id}`,
    },
    body: JSON.stringify({ CmdletInput: { CmdletName, Parameters } }),
  });
  return answer.ok ? 'done' : (/(\w+Exception)/.exec(await answer.text())?.[1] ?? String(answer.status));
}

test('Exchange lets each identity do what the script gives it, and no more', async () => {
  const { id: Identity } = emulator.tenant.people.requireKind('ana');
  expect(await runsInExchange('audit', 'Get-Mailbox', { Identity })).toBe('403');
  const script = await new Promise<string | null>((resolve) => outputs.exchangeCommands.apply(resolve));
  const { failure } = await runScript(script ?? '', createRoleCmdlets(emulator.tenant.exchange));
  expect(failure).toBeNull();
  for (const identity of ['audit', 'apply'] as const) {
    expect(await runsInExchange(identity, 'Get-Mailbox', { Identity })).toBe('done');
    expect(await runsInExchange(identity, 'Get-OrganizationConfig', {})).toBe('done');
    expect(await runsInExchange(identity, 'Remove-Mailbox', { Identity })).toBe('CommandNotFoundException');
  }
  expect(await runsInExchange('audit', 'Get-Mailbox', { ResultSize: 'Unlimited' })).toBe('done');
  expect(await runsInExchange('audit', 'Set-Mailbox', { Identity, Type: 'Shared' })).toBe('CommandNotFoundException');
  expect(await runsInExchange('apply', 'Set-Mailbox', { Identity, Type: 'Shared' })).toBe('done');
  const forwarding = { Identity, ForwardingSmtpAddress: 'smtp:eve@example.com' };
  expect(await runsInExchange('apply', 'Set-Mailbox', forwarding)).toBe('ParameterBindingException');
});
