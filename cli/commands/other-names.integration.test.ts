// A clone whose remote is not called origin and whose default branch is not called main, through the commands that need both.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { aStack } from '../doctor/stack.fixture.ts';

const file = 'stacks/contoso/accounts/ida@contoso.com.yaml';

/** A company with one inactive person, and what a fork's owner has: two remotes, of which git's own setting names one. */
async function aClone() {
  const ida = { kind: 'ida', userPrincipalName: 'ida@contoso.com', inactiveDays: 160 };
  const people = [ida, { kind: 'sender', userPrincipalName: 'it@contoso.com', mail: 'it@contoso.com' }];
  const stack = await aStack({ people, switches: { mailScopes: { apply: ['it@contoso.com'] } } });
  onTestFinished(() => stack.close());
  const { root } = stack.repository;
  const git = async (...args: string[]) => {
    const names = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com'];
    return (await execa('git', ['-C', root, ...names, ...args])).stdout;
  };
  await git('init', '-q', '--bare', '--initial-branch=trunk', join(root, 'company.git'));
  await git('remote', 'add', 'upstream', join(root, 'company.git'));
  await git('remote', 'add', 'fork', join(root, 'fork.git'));
  await git('config', 'checkout.defaultRemote', 'upstream');
  await git('branch', '--move', 'trunk');
  await git('add', '-A', 'policy', 'stacks', 'exemptions.yaml', '.github');
  await git('commit', '-q', '--allow-empty', '-m', 'Adopt Dormant');
  await git('push', '-q', 'upstream', 'trunk');
  const run = async (identity: 'audit' | 'apply', ...args: string[]) => {
    const env = {
      ...stack.env(identity),
      ...{ GITHUB_TOKEN: '', GITHUB_REPOSITORY: '', NODE_EXTRA_CA_CERTS: stack.emulator.caFile },
      ...{ DORMANT_FACTS_KEY: aPrivateKey(), PULUMI_BACKEND_URL: '', NO_COLOR: '1' },
    };
    const command = new URL('../dormant.ts', import.meta.url).pathname;
    const all = [command, ...args, '--repo', root];
    const { stdout, stderr, exitCode } = await execa(process.execPath, all, { env, extendEnv: false, reject: false });
    return { exitCode, text: `${stdout}\n${stderr}` };
  };
  return { root, git, run };
}

test('a remote upstream and a default branch trunk: audit, proposal, check, preview, apply and key', async () => {
  const { root, git, run } = await aClone();
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  await rm(join(root, file)); // the proposal is the branch's, not the working tree's
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await git('ls-remote', 'upstream', 'refs/heads/*')).toMatch(/dormant\/contoso\n.*trunk$/);

  await git('fetch', '-q', 'upstream');
  await git('switch', '-q', '--detach', 'upstream/dormant/contoso');
  expect(await run('audit', 'check', 'contoso')).toMatchObject({ exitCode: 0 });
  await git('switch', '-q', 'trunk');
  await git('merge', '-q', '--no-ff', '--no-edit', 'upstream/dormant/contoso');
  expect(await run('apply', 'apply', 'contoso')).toMatchObject({ exitCode: 2, text: expect.stringContaining(file) });
  await git('push', '-q', 'upstream', 'trunk');
  expect(await run('audit', 'preview', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('apply', 'apply', 'contoso')).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('notice about'),
  });
  expect(await run('audit', 'audit', 'contoso')).toMatchObject({ exitCode: 0 });
  expect(await run('audit', 'propose', 'contoso')).toMatchObject({ exitCode: 0 });

  const tip = await git('rev-parse', 'upstream/trunk');
  expect(await run('audit', 'key', 'revoke', 'contoso', 'tests')).toMatchObject({ exitCode: 0 });
  expect(await git('diff', 'stacks/contoso/tenant.yaml')).toContain(tip);
});
