import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { createGit } from './git.ts';
import { askMainName, findKnownMain, findMainName } from './known-main.ts';
import { requireRemote } from './remote.ts';

async function aClone() {
  const folder = await mkdtemp(join(tmpdir(), 'known-main-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bare = join(folder, 'company.git');
  const run = (...args: string[]) => execa('git', ['-C', join(folder, 'clone'), ...args]);
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=trunk', bare]);
  await execa('git', ['init', '--quiet', '--initial-branch=work', join(folder, 'clone')]);
  await run('-c', 'user.name=Riley', '-c', 'user.email=r@contoso.com', 'commit', '--quiet', '--allow-empty', '-m', 'x');
  return { git: createGit(join(folder, 'clone')), bare, run };
}

test('the clone is asked before the remote, and the remote where the clone does not know', async () => {
  const { git, bare, run } = await aClone();
  await run('remote', 'add', 'company', bare);
  await run('push', '--quiet', 'company', 'HEAD:refs/heads/trunk');
  expect(await findMainName(git)).toBe('trunk');
  expect(await findKnownMain(git)).toBe('refs/remotes/company/trunk');
  await run('remote', 'set-head', 'company', 'trunk');
  await rm(bare, { recursive: true });
  expect(await findKnownMain(git)).toBe('refs/remotes/company/trunk');
  await expect(askMainName(git)).rejects.toMatchObject({ code: 'git' });
  await run('remote', 'set-head', 'company', '--delete');
  expect(await findMainName(git)).toBe('main');
  expect(await findKnownMain(git)).toBeNull();
});

test('without a remote main is the clone’s own, and no proposal is mistaken for it', async () => {
  const { git, run } = await aClone();
  const ask = async () => [await askMainName(git), await findMainName(git), await findKnownMain(git)];
  expect(await ask()).toEqual(['work', 'work', 'refs/heads/work']);
  await run('switch', '--quiet', '--create', 'dormant/contoso');
  expect(await ask()).toEqual(['work', 'work', 'refs/heads/work']);
  await run('branch', 'master');
  expect(await ask()).toEqual(['master', 'master', 'refs/heads/master']);
  await run('branch', 'main');
  expect(await ask()).toEqual(['main', 'main', 'refs/heads/main']);
  await expect(requireRemote(git)).rejects.toMatchObject({ code: 'no-remote', exitCode: 2 });
});

test('without a commit there is no main to know', async () => {
  const { git, run } = await aClone();
  await run('switch', '--quiet', '--orphan', 'new');
  await run('branch', '--delete', '--force', 'work');
  expect(await findMainName(git)).toBe('new');
  expect(await findKnownMain(git)).toBeNull();
});
