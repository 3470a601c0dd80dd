import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DormantError } from '../../policy/errors.ts';
import { fetchBranches } from './fetch-branches.ts';
import { createGit } from './git.ts';
import { requireBase } from './known-main.ts';
import { findMainTip, readHead } from './main-tip.ts';
import { requireNoOperation } from './operation.ts';
import { findRemote } from './remote.ts';

async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'git-errors-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function anEmptyRepository() {
  const folder = await aFolder();
  await execa('git', ['init', '--quiet', '--initial-branch=main', folder]);
  const run = (...args: string[]) =>
    execa('git', ['-C', folder, '-c', 'user.name=Riley', '-c', 'user.email=r@contoso.com', ...args]);
  return { folder, run, git: createGit(folder) };
}

async function aRepository() {
  const made = await anEmptyRepository();
  await made.run('commit', '--quiet', '--allow-empty', '--message=first');
  return made;
}

/** Its code and what its sentence has. */
async function refuse(promise: Promise<unknown>): Promise<[string, string]> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof DormantError) return [error.code, `${error.exitCode} ${error.message} ${error.remedy}`];
  throw new Error(`It did not end with an error of ours: ${String(error)}`);
}

test('git is not installed', async () => {
  const { git } = await aRepository();
  vi.stubEnv('PATH', await aFolder());
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await refuse(findRemote(git))).toEqual(['git-missing', expect.stringMatching(/^1 .*Install git 2\.38/)]);
});

test('git is older than what it is asked for', async () => {
  const { git } = await aRepository();
  const { stdout: real } = await execa('which', ['git']);
  const folder = await aFolder();
  // As 2.37 answers to --write-tree: its usage, and 129.
  const old = `#!/bin/sh
case " $* " in *" --write-tree "*) echo 'usage: git merge-tree <base-tree> <branch1> <branch2>' >&2; exit 129;; esac
exec ${real} "$@"
`;
  await writeFile(join(folder, 'git'), old);
  await chmod(join(folder, 'git'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const merge = git.runOrNull(['merge-tree', '--write-tree', 'HEAD', 'HEAD']);
  expect(await refuse(merge)).toEqual(['git-too-old', expect.stringContaining('git version')]);
});

test('the folder belongs to somebody else', async () => {
  const { git, folder } = await aRepository();
  vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1'); // git's own way to be tested: its t/t0033-safe-directory.sh
  onTestFinished(() => void vi.unstubAllEnvs());
  const advice = `git config --global --add safe.directory ${folder}`;
  expect(await refuse(findRemote(git))).toEqual(['foreign-repository', expect.stringContaining(advice)]);
});

test('there is no repository, no folder, or nothing is committed', async () => {
  const folder = await aFolder();
  expect(await refuse(findRemote(createGit(folder)))).toEqual(['no-repository', expect.stringMatching(/^2 /)]);
  expect(await refuse(findRemote(createGit(join(folder, 'x'))))).toEqual(['no-repository', expect.anything()]);
  const { git } = await anEmptyRepository();
  expect(await refuse(readHead(git))).toEqual(['no-commits', expect.stringMatching(/^2 /)]);
  expect(await refuse(findMainTip(git))).toEqual(['no-commits', expect.anything()]);
  expect(await refuse(requireBase(git))).toEqual(['no-main', expect.stringContaining('Commit to main first')]);
  expect(await refuse(fetchBranches(git, { remote: '.', main: 'main' }))).toEqual(['no-main', expect.anything()]);
});

test('a clone of one branch does not know main, and its remote has it', async () => {
  const { folder, run } = await aRepository();
  await run('branch', 'side');
  const clone = join(await aFolder(), 'clone');
  await execa('git', ['clone', '--quiet', '--single-branch', '--branch=side', folder, clone]);
  const git = createGit(clone);
  const [code, says] = await refuse(requireBase(git));
  expect([code, says]).toEqual(['no-main', expect.stringContaining('it has no refs/remotes/origin/main')]);
  expect(await refuse(requireBase(git, 'origin/mian'))).toEqual(['no-main', expect.stringContaining('origin/mian')]);
  const [, ...command] = /git fetch [^`]*/.exec(says)?.[0].split(' ') ?? [];
  await git.run(command);
  expect(await requireBase(git)).toBe('refs/remotes/origin/main');
  expect(await refuse(fetchBranches(git, { remote: 'origin', main: 'trunk' }))).toEqual([
    'no-main',
    expect.stringMatching(/^2 The remote origin has no branch trunk/),
  ]);
});

test('a remote that cannot be reached is git’s reason, not the last line of its advice', async () => {
  const { git, run } = await aRepository();
  await run('remote', 'add', 'origin', '/nowhere');
  const [code, says] = await refuse(fetchBranches(git, { remote: 'origin', main: 'main' }));
  expect([code, says]).toEqual(['git', expect.stringContaining("'/nowhere' does not appear to be a git repository")]);
});

test.each(['merge', 'rebase', 'cherry-pick', 'revert'])('a %s is under way', async (operation) => {
  const { folder, git, run } = await aRepository();
  const commit = async (text: string) => {
    await writeFile(join(folder, 'a'), text);
    await run('add', 'a');
    await run('commit', '--quiet', `--message=${text}`);
  };
  await commit('a');
  await run('switch', '--quiet', '--create', 'side');
  await commit('b');
  await commit('c');
  await run('switch', '--quiet', '--detach', 'main');
  await commit('d');
  await requireNoOperation(folder, git);
  await run(operation, operation === 'revert' ? 'side~1' : 'side').catch(() => null);
  const [code, says] = await refuse(requireNoOperation(folder, git));
  expect([code, says]).toEqual(['merge-under-way', expect.stringContaining(`git ${operation} --abort`)]);
  await run(operation, '--abort');
  await requireNoOperation(folder, git);
});

test('a detached head is as good as any other place', async () => {
  const { git, run } = await aRepository();
  await run('switch', '--quiet', '--detach');
  expect(await requireBase(git)).toBe('refs/heads/main');
  expect(await findMainTip(git)).toBe(await readHead(git));
});
