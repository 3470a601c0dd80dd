// Main's tip as real clones of a real remote find it, and what may be applied of it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { createGit } from '../forge/git/git.ts';
import { loadTenant } from '../policy/files/stack-files.ts';
import { aSigning, contoso } from '../policy/signing/signing.fixture.ts';
import { readAppliedMain, watchMain } from './applied-main.ts';
import { openWorkingTree } from './working-tree.ts';

const stack = 'contoso';
const ana = 'stacks/contoso/accounts/ana@contoso.com.yaml';
const laptop = {};
const actions = { GITHUB_ACTIONS: 'true' };

test('what is checked out is main’s tip', async () => {
  const { clone, colleague } = await aRemote();
  const tip = await colleague.commit({ [ana]: 'stage: notify\n' });
  await clone.git.run(['pull', '--quiet']);
  expect(await clone.read()).toMatchObject({ applied: tip, movedTo: null, doubt: null, isRewound: false });
});

test('a tip that differs only in what the stack does not act on is applied and noted', async () => {
  const { clone, colleague } = await aRemote();
  const tip = await colleague.commit({
    'README.md': 'x\n',
    'stacks/fabrikam/tenant.yaml': 'x: 1\n',
    'policy/a.ts': 'x',
  });
  const main = await clone.read();
  expect(main).toMatchObject({ applied: tip, movedTo: null });
  expect(main.contained.has(tip)).toBe(true);
});

test('a clone behind main is refused on a laptop; on Actions the run gives way', async () => {
  const { clone, colleague } = await aRemote();
  const tip = await colleague.commit({ [ana]: 'stage: keep\n' });
  await expect(clone.read()).rejects.toMatchObject({
    ...{ code: 'not-main', exitCode: 2, message: expect.stringContaining(ana), remedy: 'Run `git pull`.' },
  });
  expect(await clone.read(actions)).toMatchObject({ movedTo: tip });
});

test.each<[string, (clone: Clone) => Promise<unknown>]>([
  ['an edit that nobody merged', (clone) => clone.write({ 'policy/policy.yaml': 'limits: {}\n' })],
  ['a file that git does not know', (clone) => clone.write({ [ana]: 'stage: delicense\n' })],
  [
    'a file that git ignores',
    async (clone) => {
      await clone.write({ [ana]: 'stage: delicense\n' });
      await writeFile(join(clone.folder, '.git/info/exclude'), 'stacks/\n');
    },
  ],
  ['a file that was taken away', (clone) => rm(join(clone.folder, 'exemptions.yaml'))],
  [
    'another branch',
    async (clone) => {
      await clone.git.run(['switch', '--quiet', '--create', 'proposal']);
      await clone.commit({ [ana]: 'stage: delicense\n' }, { push: false });
    },
  ],
  ['a commit that was not pushed', (clone) => clone.commit({ [ana]: 'stage: delicense\n' }, { push: false })],
])('%s is never applied, nor on Actions', async (_, change) => {
  const { clone } = await aRemote();
  await change(clone);
  for (const env of [laptop, actions])
    await expect(clone.read(env)).rejects.toMatchObject({ code: 'not-main', exitCode: 2 });
});

test('a remote that cannot be asked leaves main in doubt, and what is not merged is refused all the same', async () => {
  const { clone, bare } = await aRemote();
  const head = await clone.git.run(['rev-parse', 'HEAD']);
  await rm(bare, { recursive: true });
  expect(await clone.read()).toMatchObject({ applied: head, movedTo: null, doubt: { code: 'main-unknown' } });
  await clone.write({ [ana]: 'stage: delicense\n' });
  await expect(clone.read()).rejects.toMatchObject({ code: 'not-main' });
});

test('without a remote the head of the local default branch is main', async () => {
  const { clone } = await aRemote();
  await clone.git.run(['remote', 'remove', 'origin']);
  await clone.git.run(['branch', '--move', 'main']);
  const tip = await clone.commit({ [ana]: 'stage: keep\n' }, { push: false });
  expect(await clone.read()).toMatchObject({ applied: tip, doubt: null });
  await clone.git.run(['checkout', '--quiet', '--detach', 'HEAD^']);
  await expect(clone.read()).rejects.toMatchObject({ code: 'not-main' });
});

test('a rewind counts only where it names main’s tip', async () => {
  const { clone, colleague } = await aRemote();
  const before = await clone.git.run(['rev-parse', 'HEAD']);
  const tip = await colleague.commit({ 'README.md': 'x\n' });
  for (const rewoundTo of [tip, tip.slice(0, 9)])
    expect(await clone.read(laptop, rewoundTo)).toMatchObject({ isRewound: true });
  for (const rewoundTo of [before, 'main', 'HEAD', '', 'f'.repeat(40)])
    await expect(clone.read(laptop, rewoundTo)).rejects.toMatchObject({ code: 'not-the-tip', exitCode: 2 });
});

test('a run sees that main has moved in what its stack acts on, and nothing else', async () => {
  const { clone, colleague, bare } = await aRemote();
  const watched = { repository: clone.folder, stack, commit: await clone.git.run(['rev-parse', 'HEAD']) };
  const ask = watchMain(watched, { env: laptop, everyMs: 0 });
  expect(await ask()).toBeNull();
  await colleague.commit({ 'README.md': 'x\n', 'stacks/fabrikam/accounts/bo.yaml': 'stage: keep\n' });
  expect(await ask()).toBeNull();
  const tip = await colleague.commit({ [ana]: 'stage: keep\n' });
  expect(await ask()).toBe(tip);
  await rm(bare, { recursive: true });
  expect(await ask()).toBe(tip);
  await expect(watchMain(watched, { env: laptop, everyMs: 0 })()).rejects.toMatchObject({ code: 'main-unknown' });
});

test('between two questions the answer is as old as is allowed', async () => {
  const { clone, colleague } = await aRemote();
  const commit = await clone.git.run(['rev-parse', 'HEAD']);
  const ask = watchMain({ repository: clone.folder, stack, commit }, { env: laptop, everyMs: 60_000 });
  expect(await ask()).toBeNull();
  await colleague.commit({ [ana]: 'stage: keep\n' });
  expect(await ask()).toBeNull();
});

type Clone = Awaited<ReturnType<typeof aClone>>;

async function aRemote() {
  const folder = await mkdtemp(join(tmpdir(), 'applied-main-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bare = join(folder, 'company.git');
  await createGit(folder).run(['init', '--quiet', '--bare', '--initial-branch=trunk', bare]);
  const colleague = await aClone(bare, join(folder, 'colleague'));
  await colleague.git.run(['switch', '--quiet', '--orphan', 'trunk']);
  const { tenantId } = contoso;
  const tenant = {
    ...{ tenantId, cloud: 'emulator', timeZone: 'Europe/Berlin', currency: 'USD', signing: aSigning() },
    ...{ audit: { clientId: tenantId }, apply: { clientId: tenantId } },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
  };
  await colleague.commit({ 'stacks/contoso/tenant.yaml': stringify(tenant), 'exemptions.yaml': 'exemptions: []\n' });
  return { bare, colleague, clone: await aClone(bare, join(folder, 'clone')) };
}

async function aClone(bare: string, folder: string) {
  await createGit(dirname(bare)).run(['clone', '--quiet', bare, folder]);
  const git = createGit(folder);
  for (const [key, value] of [['user.name', 'Riley'] as const, ['user.email', 'riley@contoso.com'] as const])
    await git.run(['config', key, value]);
  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  };
  return {
    folder,
    git,
    write,
    async commit(files: Record<string, string>, { push = true } = {}) {
      await write(files);
      await git.run(['add', '--all']);
      await git.run(['commit', '--quiet', '--message=x']);
      if (push) await git.run(['push', '--quiet', 'origin', 'HEAD:trunk']);
      return git.run(['rev-parse', 'HEAD']);
    },
    read: async (env: NodeJS.ProcessEnv = laptop, rewoundTo?: string) =>
      readAppliedMain(folder, { stack, tenant: await loadTenant(openWorkingTree(folder), stack) }, { env, rewoundTo }),
  };
}
