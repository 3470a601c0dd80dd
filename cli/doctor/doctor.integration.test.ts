import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseTokenClaims } from '../../graph/token-claims.ts';
import { type Check, fail, pass } from './check.ts';
import { appRoles } from './checks/app-roles.ts';
import { otherIdentity } from './checks/other-identity.ts';
import { signIn } from './checks/sign-in.ts';
import { checks } from './checks.ts';
import { createContext } from './context.ts';
import { computeExitCode, diagnose } from './doctor.ts';
import { type AStack, aStack, finding, notPassed } from './stack.fixture.ts';
import { renderTable } from './table.ts';

/** All that starts no Pulumi. */
const quick = checks.filter(({ name }) => !name.startsWith('Pulumi'));

let stack: AStack;
beforeAll(async () => {
  stack = await aStack();
});
afterAll(() => stack.close());

const contextWith = (env: NodeJS.ProcessEnv = {}) =>
  createContext({
    root: stack.repository.root,
    stack: 'contoso',
    identity: 'audit',
    env: { ...stack.env('audit'), ...env },
  });

test.each(['audit', 'apply'] as const)(
  'with exactly the grants of the table, and all else as the guide says, nothing is wrong with the %s',
  async (identity) => {
    const diagnosis = await stack.diagnose({ identity }, ...checks);
    expect(notPassed(diagnosis)).toEqual([]);
    expect(diagnosis.counts.pass).toBeGreaterThan(25);
    expect(computeExitCode(diagnosis)).toBe(0);
  },
  30_000,
);

test('it only reads: from the tenant, from GitHub, and in the repository', async () => {
  const git = promisify(execFile);
  const status = async () => (await git('git', ['-C', stack.repository.root, 'status', '--porcelain'])).stdout;
  const before = await status();
  await stack.diagnose({ identity: 'apply' }, ...quick);
  const writes = stack.emulator.log
    .listEntries({ identity: 'apply' })
    // What is in a $batch has entries of its own.
    .filter(({ method, path }) => method !== 'GET' && !/\/(token|\$batch)$/.test(path));
  expect(writes.map(({ body }) => body?.match(/"CmdletName":"(\w+)-/)?.[1])).toEqual(writes.map(() => 'Get'));
  expect(stack.gitHub.listWrites()).toEqual([]);
  expect(await status()).toBe(before);
}, 30_000);

test('without a way to sign in, everything about the tenant is skipped, and the sign-in says what was looked for', async () => {
  const diagnosis = await stack.diagnose({ env: { AZURE_CLIENT_SECRET: '', CI: 'true' } }, ...quick);
  expect(finding(diagnosis, 'sign-in')).toMatchObject({ status: 'fail' });
  for (const name of ['app role', 'Entra ID P1', 'prices', 'emergency access accounts'])
    expect(finding(diagnosis, name)).toMatchObject({ status: 'skip', says: 'nobody is signed in' });
  expect(finding(diagnosis, 'repository is private').status).toBe('pass');
}, 30_000);

test('a wrong secret is said in Entra’s own words', async () => {
  const diagnosis = await stack.diagnose({ env: { AZURE_CLIENT_SECRET: 'wrong' } }, ...quick);
  expect(finding(diagnosis, 'sign-in').says).toContain('AADSTS7000215');
  expect(JSON.stringify(diagnosis)).not.toContain('wrong');
}, 30_000);

test('without a token for GitHub its checks are skipped, visibly', async () => {
  const diagnosis = await stack.diagnose({ env: { GITHUB_TOKEN: '' } }, ...quick);
  for (const name of ['repository is private', 'branch protection', 'environment', 'last audit'])
    expect(finding(diagnosis, name)).toMatchObject({ status: 'skip', says: 'there is no GITHUB_TOKEN' });
  expect(computeExitCode(diagnosis)).toBe(0);
}, 30_000);

test('a check that breaks is a finding of its own, and the others answer', async () => {
  const broken: Check = {
    name: 'broken',
    needs: null,
    run: async () => {
      throw new Error('the disk is gone');
    },
  };
  const whole: Check = { name: 'whole', needs: null, run: async () => pass('is whole') };
  const { findings } = await diagnose(await contextWith(), [broken, whole]);
  expect(findings).toMatchObject([
    { name: 'broken', status: 'fail', says: 'could not be checked: the disk is gone' },
    { name: 'whole', status: 'pass' },
  ]);
});

test('the table shows each finding on a line, and what mends it under it', async () => {
  const ill: Check = { name: 'ill', needs: null, run: async () => fail('is ill', 'dormant heal') };
  const table = renderTable(await diagnose(await contextWith(), [ill]));
  expect(table).toMatch(/fail {2}ill {2}is ill\n +→ dormant heal/);
  expect(table).toContain('0 passed, 0 warnings, 1 failed, 0 skipped');
});

test('a person who is signed in proves nothing about the pipeline, but sees the grants of both identities', async () => {
  const context = { ...(await contextWith()), signIn: { ok: true, who: 'a person', appRoles: [] } } as const;
  const diagnosis = await diagnose(context, [signIn, appRoles, otherIdentity]);
  expect(finding(diagnosis, 'sign-in').status).toBe('warn');
  expect(finding(diagnosis, 'app role').status).toBe('skip');
  expect(finding(diagnosis, 'grants of audit').status).toBe('pass');
  expect(finding(diagnosis, 'grants of apply').status).toBe('pass');
});

test('a token with delegated scopes is a person’s', () => {
  const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  expect(parseTokenClaims(token({ scp: 'AuditLog.Read.All' }))).toEqual({ roles: [], isApplication: false });
  expect(parseTokenClaims(token({ roles: ['Reports.Read.All'] }))).toEqual({
    roles: ['Reports.Read.All'],
    isApplication: true,
  });
  expect(parseTokenClaims('nonsense').roles).toEqual([]);
});

test('a stack whose files are wrong is bad input, with the place', async () => {
  await stack.edit('stacks/contoso/tenant.yaml', 'currency: USD', 'currency: dollars');
  await expect(contextWith()).rejects.toMatchObject({
    exitCode: 2,
    problems: [expect.objectContaining({ path: 'stacks/contoso/tenant.yaml' })],
  });
  await stack.edit('stacks/contoso/tenant.yaml', 'currency: dollars', 'currency: USD');
});
