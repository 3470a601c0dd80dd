import pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { appRoles } from './app-roles.ts';
import { listAppRoles } from './grants.ts';
import { declareBootstrap } from './program.ts';
import { parseSettings } from './settings.ts';
import { completeConfig, configReader, type MockedTenant, mockTenant } from './tenant.fixture.ts';

function readOutput<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

async function run(change: Record<string, string> = {}, offered: Record<string, string> = {}) {
  const tenant = await mockTenant(offered);
  const settings = parseSettings('contoso', configReader({ ...completeConfig, ...change }), undefined);
  const outputs = await declareBootstrap(settings);
  await pulumi.runtime.disconnect();
  const commands = await readOutput(outputs.exchangeCommands);
  return { tenant, settings, outputs, commands };
}

const named = (tenant: MockedTenant, type: string) => tenant.of(type).map(({ name }) => name);

test('two applications of this tenant only are made, without a secret, each with its service principal', async () => {
  const { tenant } = await run();
  expect(tenant.of('application').map(({ inputs }) => inputs)).toMatchObject([
    { displayName: 'dormant-audit-contoso', signInAudience: 'AzureADMyOrg', preventDuplicateNames: true },
    { displayName: 'dormant-apply-contoso', signInAudience: 'AzureADMyOrg', preventDuplicateNames: true },
  ]);
  expect(tenant.of('servicePrincipal').map(({ inputs }) => inputs.clientId)).toEqual(['audit-client', 'apply-client']);
  expect(new Set(tenant.made.map(({ type }) => type.split(':').at(-1)))).toEqual(
    new Set([
      'PipelineApplication',
      'Application',
      'ServicePrincipal',
      'ApplicationFederatedIdentityCredential',
      'AppRoleAssignment',
    ]),
  );
});

test('exactly the roles of the table are granted, each to the identity it belongs to', async () => {
  const { tenant, settings, outputs } = await run({ quarantine: 'true', mail: 'tenant' });
  for (const identity of ['audit', 'apply'] as const) {
    const granted = tenant
      .of('appRoleAssignment')
      .filter(({ inputs }) => inputs.principalObjectId === `${identity}-object`);
    const expected = listAppRoles(identity, settings.chosen);
    expect(granted.map(({ inputs }) => inputs.appRoleId).sort()).toEqual(
      expected.map((appRole) => appRoles[appRole].id).sort(),
    );
    expect(outputs.grants[identity]).toEqual(expected);
  }
});

test('a role of Exchange is granted on Exchange, the others on Graph', async () => {
  const { tenant } = await run();
  const onExchange = tenant
    .of('appRoleAssignment')
    .filter(({ inputs }) => inputs.resourceObjectId === 'exchange-object');
  expect(onExchange.map(({ name }) => name)).toEqual(['audit-Exchange.ManageAsApp', 'apply-Exchange.ManageAsApp']);
});

test('a tenant that converts by hand and does not ask for holds grants nothing in Exchange', async () => {
  const { tenant, commands } = await run({ exchange: 'false', holds: 'false', mail: 'none' });
  expect(named(tenant, 'appRoleAssignment').filter((name) => name.includes('Exchange'))).toEqual([]);
  expect(commands).toBeNull();
});

test('without Entra ID P1 sign-ins are not asked for', async () => {
  const { tenant } = await run({ premium: 'false' });
  expect(named(tenant, 'appRoleAssignment').filter((name) => name.includes('AuditLog'))).toEqual([]);
});

test('a sender that is scoped in Exchange has no Mail.Send for the whole tenant', async () => {
  const { tenant, commands } = await run();
  expect(named(tenant, 'appRoleAssignment')).not.toContain('apply-Mail.Send');
  expect(commands).toContain("-Role 'Application Mail.Send' -CustomResourceScope 'Dormant sender'");
});

test('jobs are trusted by environment, in both forms of the subject, the audit’s never for the apply', async () => {
  const { tenant } = await run();
  const trusted = tenant
    .of('applicationFederatedIdentityCredential')
    .map(({ inputs }) => [inputs.applicationId, inputs.subject, inputs.issuer, inputs.audiences]);
  const issuer = 'https://token.actions.githubusercontent.com';
  const audiences = ['api://AzureADTokenExchange'];
  expect(trusted).toEqual([
    ['/applications/audit', 'repo:contoso/dormant:environment:contoso-audit', issuer, audiences],
    ['/applications/audit', 'repo:contoso@4711/dormant@815:environment:contoso-audit', issuer, audiences],
    ['/applications/apply', 'repo:contoso/dormant:environment:contoso-apply', issuer, audiences],
    ['/applications/apply', 'repo:contoso@4711/dormant@815:environment:contoso-apply', issuer, audiences],
  ]);
});

test('owners are those of the configuration, or else the person who runs it', async () => {
  const owner = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
  const given = await run({ owners: `["${owner}"]` });
  for (const { inputs } of [...given.tenant.of('application'), ...given.tenant.of('servicePrincipal')])
    expect(inputs.owners).toEqual([owner]);
  const mine = await run();
  expect(mine.tenant.of('application').map(({ inputs }) => inputs.owners)).toEqual([['me'], ['me']]);
});

test('the outputs are what init goes on with', async () => {
  const { outputs } = await run();
  expect(outputs.tenantId).toBe('the-tenant');
  expect(await readOutput(outputs.auditClientId)).toBe('audit-client');
  expect(await readOutput(outputs.applyClientId)).toBe('apply-client');
});

test('a role that the tenant offers under another id is refused before anything is made', async () => {
  const tenant = await mockTenant({ 'User.Read.All': '00000000-0000-0000-0000-000000000000' });
  const settings = parseSettings('contoso', configReader(completeConfig), undefined);
  await expect(declareBootstrap(settings)).rejects.toMatchObject({ code: 'app-role-unknown' });
  expect(tenant.made).toEqual([]);
});
