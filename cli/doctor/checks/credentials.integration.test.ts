// How the identities sign in, looked at by an administrator.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { gitHubIssuer, listSubjects } from '../../../bootstrap/subjects.ts';
import { connect } from '../../../graph/connect.ts';
import { createContext } from '../context.ts';
import { diagnose } from '../doctor.ts';
import { type AStack, aStack, finding } from '../stack.fixture.ts';
import { credentials } from './credentials.ts';

const contoso = { owner: 'contoso', name: 'dormant', ownerId: '9919', repositoryId: '1296269' };
const [byNames, byIds] = listSubjects(contoso, 'contoso-audit').map(({ subject }) => subject);

let stack: AStack;
beforeAll(async () => {
  stack = await aStack();
});
afterAll(() => stack.close());
beforeEach(() => trust(byNames, byIds));

function getAudit() {
  const { clientId } = stack.emulator.identities.audit ?? {};
  const found = [...stack.emulator.tenant.directory.applications.values()].find(({ appId }) => appId === clientId);
  if (found === undefined) throw new Error('The audit has no application.');
  return found;
}

const made = { issuer: gitHubIssuer, audiences: ['api://AzureADTokenExchange'] };

/** Replaces the federated credentials of the audit, with these subjects; the last one may have more that is its own. */
function trust(...credentials: readonly (string | null | undefined | Record<string, unknown>)[]): void {
  const { federatedIdentityCredentials: trusted } = getAudit();
  trusted.clear();
  for (const [at, given] of credentials.entries()) {
    const own = typeof given === 'object' && given !== null ? given : { subject: given };
    trusted.set(`${at}`, { id: `${at}`, name: `github-${at}`, ...made, ...own });
  }
}

/** As the one who runs the bootstrap, whom Microsoft shows it all. */
async function find(name: string) {
  const { clientId = '', clientSecret } = stack.emulator.identities.bootstrap ?? {};
  const env = { ...stack.env('audit'), AZURE_CLIENT_SECRET: clientSecret };
  const context = await createContext({ root: stack.repository.root, stack: 'contoso', identity: 'audit', env });
  const tenant = { ...context.files.tenant.value, audit: { clientId } };
  const person = {
    connection: connect(tenant, 'audit', { env }),
    signIn: { ok: true, who: 'a person', appRoles: [] },
  } as const;
  return finding(await diagnose({ ...context, ...person }, [credentials]), `credentials of ${name}`);
}

test('an identity without a secret, trusted by the environment of its jobs, is as it should be', async () => {
  expect(await find('audit')).toMatchObject({ status: 'pass' });
  expect(await find('audit by federation')).toMatchObject({ status: 'pass' });
});

test('a client secret fails, with the command that deletes it', async () => {
  const { appId, properties } = getAudit();
  const keyId = '1b1d4f6e-7f0a-4a57-9a52-0f3b7a1d2c3e';
  properties.passwordCredentials = [{ keyId }];
  expect(await find('audit')).toMatchObject({
    status: 'fail',
    mend: `az ad app credential delete --id ${appId} --key-id ${keyId}`,
  });
  delete properties.passwordCredentials;
});

test.each([
  ['the environment of the apply', 'repo:contoso/dormant:environment:contoso-apply'],
  ['every environment, by a branch', 'repo:contoso/dormant:ref:refs/heads/main'],
  ['pull requests', 'repo:contoso/dormant:pull_request'],
  ['another repository', 'repo:fabrikam/dormant:environment:contoso-audit'],
  ['a repository that took the name', 'repo:contoso@9919/dormant@7:environment:contoso-audit'],
  ['whatever an expression matches', null],
])('a credential that admits %s fails, with the command that deletes it', async (_, subject) => {
  trust(byNames, byIds, subject);
  expect(await find('audit by federation')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining(subject ?? 'an expression'),
    mend: `az ad app federated-credential delete --id ${getAudit().appId} --federated-credential-id github-2`,
  });
});

test.each([
  ['another issuer', { issuer: 'https://token.actions.githubusercontent.com.fabrikam.example' }],
  ['another issuer below a longer path', { issuer: 'https://token.actions.githubusercontent.com/contoso/more' }],
  ['a server of GitHub that this repository is not on', { issuer: 'https://git.fabrikam.example/_services/token' }],
  ['another data residence', { issuer: 'https://token.actions.fabrikam.ghe.com' }],
  ['the audience that GitHub gives without being asked', { audiences: ['https://github.com/contoso'] }],
  ['the audience of another cloud', { audiences: [...made.audiences, 'api://AzureADTokenExchangeUSGov'] }],
])('our own subject by %s fails, and names it', async (_, change) => {
  trust(byIds, { subject: byNames, ...change });
  const [odd] = Object.values(change).flat().slice(-1);
  expect(await find('audit by federation')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining(`${byNames} (${'issuer' in change ? 'by' : 'for'} ${odd})`),
    mend: `az ad app federated-credential delete --id ${getAudit().appId} --federated-credential-id github-1`,
  });
});

test('an enterprise may have an address of its own below GitHub’s', async () => {
  trust({ subject: byNames, issuer: `${gitHubIssuer}/contoso-group` });
  expect(await find('audit by federation')).toMatchObject({ status: 'pass' });
});

test('no credential at all fails: no job could sign in', async () => {
  trust();
  expect(await find('audit by federation')).toMatchObject({
    status: 'fail',
    mend: 'pulumi -C bootstrap up --stack contoso',
  });
});

test('neither identity sees whom it trusts: that is skipped, and says who does', async () => {
  expect(finding(await stack.diagnose({}, credentials), 'credentials of audit by federation')).toMatchObject({
    status: 'skip',
    says: expect.stringContaining('az login'),
  });
});
