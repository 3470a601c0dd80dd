import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGit, type Git } from '../forge/git/git.ts';
import { aPolicy } from '../policy/policy.fixture.ts';
import { readRepositoryState } from './read-state.ts';

let folder: string;
let git: Git;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dormant-state-'));
  await createGit(folder).run(['init', '--quiet', '--bare', '--initial-branch=main', 'forge.git']);
  await createGit(folder).run(['init', '--quiet', '--initial-branch=main', 'clone']);
  git = createGit(join(folder, 'clone'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const readState = () =>
  readRepositoryState(
    join(folder, 'clone'),
    { github: null, main: 'main' },
    { stack: 'contoso', today: '2026-12-07', policy: aPolicy() },
  );

test('before the first commit nothing is in force, and nothing can be proposed', async () => {
  expect(await readState()).toMatchObject({ inForce: [], archived: [], proposed: [], audited: null });
  expect(await git.runOrNull(['rev-parse', '--verify', '--quiet', 'HEAD'])).toBeNull();
});

test('a forge that nothing was pushed to yet is as good as none', async () => {
  await git.run(['remote', 'add', 'origin', join(folder, 'forge.git')]);
  expect(await readState()).toMatchObject({ inForce: [], audited: null });
});

test('once main is there, it is main that is in force', async () => {
  await git.run(['remote', 'add', 'origin', join(folder, 'forge.git')]);
  const person = ['-c', 'user.name=Ana', '-c', 'user.email=ana@contoso.com'];
  await git.run([...person, 'commit', '--quiet', '--allow-empty', '--message', 'First']);
  await git.run(['push', '--quiet', 'origin', 'main']);
  const { audited, ref } = await readState();
  expect(ref).toBe(await git.run(['rev-parse', 'HEAD']));
  expect(audited?.main).toBe(ref);
});
