import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { createGit } from './git.ts';
import { findDefaultBranch, findRemote, toTrackingRef } from './remote.ts';

async function aClone(...remotes: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'remote-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const run = (...args: string[]) => execa('git', ['-C', folder, ...args]);
  await run('init', '--quiet', '--initial-branch=work');
  for (const name of remotes) await run('remote', 'add', name, `${folder}/${name}.git`);
  return { folder, run, git: createGit(folder) };
}

test.each([
  [[], null],
  [['upstream'], 'upstream'],
  [['fork', 'origin'], 'origin'],
])('of the remotes %j it is %s', async (remotes, expected) => {
  const { git } = await aClone(...remotes);
  expect(await findRemote(git)).toBe(expected);
});

test('among several others git’s own setting says which one counts', async () => {
  const { git, run } = await aClone('company', 'fork');
  await expect(findRemote(git)).rejects.toMatchObject({ code: 'no-remote', exitCode: 2 });
  await run('config', 'checkout.defaultRemote', 'company');
  expect(await findRemote(git)).toBe('company');
});

test('the default branch is the one that the remote says now, whatever it is called', async () => {
  const { git, folder, run } = await aClone('company');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=release/main', `${folder}/company.git`]);
  await run('-c', 'user.name=Riley', '-c', 'user.email=r@contoso.com', 'commit', '--quiet', '--allow-empty', '-m', 'x');
  await run('push', '--quiet', 'company', 'HEAD:refs/heads/release/main');
  const branch = await findDefaultBranch(git, 'company');
  expect(branch).toBe('release/main');
  await rm(`${folder}/company.git`, { recursive: true });
  await expect(findDefaultBranch(git, 'company')).rejects.toMatchObject({ code: 'git' });
  expect(toTrackingRef('company', 'main')).toBe('refs/remotes/company/main');
});
