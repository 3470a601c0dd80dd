import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { azureadVersion, findAzureadArchive, getAzureadFolder } from '../../../stacks/engine/azuread-plugin.ts';
import { findPulumi, findPulumiArchive } from '../../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { createContext } from '../context.ts';
import { diagnose } from '../doctor.ts';
import { type AStack, aStack, finding } from '../stack.fixture.ts';
import { azureadPlugin } from './azuread-plugin.ts';
import { fullClone } from './full-clone.ts';
import { pulumiBackend } from './pulumi-backend.ts';
import { pulumiCli } from './pulumi-cli.ts';
import { gitVersion, judgeGit, judgeNode } from './versions.ts';

const git = promisify(execFile);
const installed = await findPulumi(await findPulumiArchive(), process.env);
const isPulumiHere = installed !== null;

let stack: AStack;
beforeAll(async () => {
  stack = await aStack();
});
afterAll(() => stack.close());

test.each([
  ['22.17.1', 'fail'],
  ['20.20.2', 'fail'],
  ['22.18.0', 'pass'],
  ['23.0.0', 'pass'],
  ['24.21.0', 'pass'],
])('Node %s: %s', (version, status) => {
  expect(judgeNode(version).status).toBe(status);
});

test.each([
  ['git version 2.37.9', 'fail'],
  ['git version 2.38.0', 'pass'],
  ['git version 2.50.1 (Apple Git-155)', 'pass'],
  ['git version 3.0.0.windows.1', 'pass'],
  ['a wrapper that says nothing', 'fail'],
])('%s: %s', (says, status) => {
  expect(judgeGit(says).status).toBe(status);
});

test('the git of this machine is asked for its version', async () => {
  expect(finding(await stack.diagnose({}, gitVersion), 'git').says).toMatch(/^\d+\.\d+/);
});

test.skipIf(!isPulumiHere)(
  'a backend that cannot be opened fails with the engine’s reason',
  async () => {
    const env = { PULUMI_BACKEND_URL: 'file:///nowhere/at/all' };
    expect(finding(await stack.diagnose({ env }, pulumiBackend), 'Pulumi backend')).toMatchObject({
      status: 'fail',
      says: expect.stringMatching(/no such file|not exist/i),
    });
  },
  30_000,
);

/** A backend in a folder, with an empty stack contoso of this project. */
async function aBackend(project?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-backend-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = join(folder, 'state');
  await mkdir(state);
  const env = { PULUMI_BACKEND_URL: `file://${state}?metadata=skip` };
  if (project !== undefined) {
    await writeFile(join(folder, 'Pulumi.yaml'), `name: ${project}\nruntime: nodejs\n`);
    await execa(installed?.command.command ?? '', ['stack', 'init', 'contoso', '--non-interactive'], {
      cwd: folder,
      env: { ...env, PULUMI_CONFIG_PASSPHRASE: '' },
    });
  }
  return { state, env, files: async () => (await readdir(state, { recursive: true })).sort() };
}

describe.skipIf(!isPulumiHere)('of a backend the doctor says what this identity can do there', () => {
  const backendOf = async (env: NodeJS.ProcessEnv, identity: 'audit' | 'apply') =>
    finding(await stack.diagnose({ env, identity }, pulumiBackend), 'Pulumi backend');

  test('the stack of the bootstrap, which has the same last name, is not this one', async () => {
    const { env } = await aBackend('dormant-bootstrap');
    expect(await backendOf(env, 'audit')).toMatchObject({
      status: 'pass',
      says: 'answers, and can be read; the first apply makes this stack',
    });
  });

  test('the audit leaves it exactly as it is, empty or not', async () => {
    const empty = await aBackend();
    expect(await backendOf(empty.env, 'audit')).toMatchObject({ status: 'pass' });
    expect(await empty.files()).toEqual([]);
    const { env, files } = await aBackend('dormant');
    const before = await files();
    expect(await backendOf(env, 'audit')).toMatchObject({
      status: 'pass',
      says: 'answers, and can be read; holds this stack',
    });
    expect(await files()).toEqual(before);
  });

  test('the apply tries to write, and takes away again what it made', async () => {
    const { env, files } = await aBackend('dormant');
    const isState = (name: string) => name.endsWith('.json');
    const before = (await files()).filter(isState);
    expect(await backendOf(env, 'apply')).toMatchObject({
      status: 'pass',
      says: 'answers, and can be read and written; holds this stack',
    });
    expect((await files()).filter(isState)).toEqual(before);
  });

  test('a state that is cut off fails, with the way out', async () => {
    const { env, state } = await aBackend('dormant');
    await writeFile(join(state, '.pulumi/stacks/dormant/contoso.json'), '{"version": 3, "checkp');
    expect(await backendOf(env, 'audit')).toMatchObject({
      status: 'fail',
      says: expect.stringContaining('cannot be read'),
      mend: expect.stringContaining('.bak'),
    });
  });
});

test.skipIf(!isPulumiHere)('a backend that nobody named fails, with where to name it', async () => {
  const env = { PULUMI_BACKEND_URL: undefined };
  expect(finding(await stack.diagnose({ env }, pulumiBackend), 'Pulumi backend')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('gh variable set PULUMI_BACKEND_URL --env contoso-apply'),
  });
});

test('a shallow clone fails: its history is what tells how long an account has been in its stage', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-shallow-'));
  const { root } = stack.repository;
  const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-q', '--allow-empty', '-m', 'second'];
  await git('git', ['-C', root, 'add', '-A']);
  await git('git', ['-C', root, ...commit]);
  await git('git', ['clone', '-q', '--depth', '1', `file://${root}`, folder]);
  const options = { root: folder, stack: 'contoso', identity: 'audit', env: stack.env('audit') } as const;
  const diagnosis = await diagnose(await createContext(options), [fullClone]);
  expect(finding(diagnosis, 'git history')).toMatchObject({ status: 'fail', mend: 'git fetch --unshallow' });
  await rm(folder, { recursive: true });
});

test('the plugin of the quarantine is looked for while the policy has one: verified and here, or where it comes from', async () => {
  const name = 'azuread plugin';
  const folder = await mkdtemp(join(tmpdir(), 'dormant-plugin-'));
  const env = { PATH: folder, PULUMI_HOME: folder, XDG_CACHE_HOME: folder };
  const look = async () => finding(await stack.diagnose({ env }, azureadPlugin), name);
  expect((await look()).status).toBe('skip');
  await stack.edit('policy/policy.yaml', 'quarantine: off', 'quarantine: report-only');
  const expectNone = async () => {
    const missing = await look();
    // A machine with internet gets it when it needs it.
    if (missing.status === 'fail') expect(missing.mend).toBe('npm run -s pulumi-cli');
    else expect(missing.says).toContain('downloaded, and verified');
  };
  await expectNone();
  // Where the engine would take one that nobody has verified.
  const cached = join(folder, 'plugins', `resource-azuread-v${azureadVersion}`);
  await mkdir(cached, { recursive: true });
  for (const place of [folder, cached]) await writeFile(join(place, 'pulumi-resource-azuread'), '');
  await expectNone();
  const archive = await findAzureadArchive();
  if (archive !== null) {
    const verified = getAzureadFolder(archive, env);
    await mkdir(verified, { recursive: true });
    await writeFile(join(verified, 'pulumi-resource-azuread'), '');
    expect(await look()).toMatchObject({ status: 'pass', says: expect.stringMatching(/on this machine, verified/) });
  }
  await stack.edit('policy/policy.yaml', 'quarantine: report-only', 'quarantine: off');
  await rm(folder, { recursive: true });
});

test('the Pulumi CLI that is missing fails, with the command that installs it; a verified one says by what', async () => {
  const nowhere = await mkdtemp(join(tmpdir(), 'dormant-no-pulumi-'));
  const look = async (env: NodeJS.ProcessEnv) => finding(await stack.diagnose({ env }, pulumiCli), 'Pulumi CLI');
  expect(await look({ XDG_CACHE_HOME: nowhere })).toMatchObject({ status: 'fail', mend: 'npm run -s pulumi-cli' });
  if (isPulumiHere)
    expect((await look({ XDG_CACHE_HOME: process.env.XDG_CACHE_HOME })).says).toMatch(
      /verified by the (SHA-256|go\.sum)/,
    );
  await rm(nowhere, { recursive: true });
});
