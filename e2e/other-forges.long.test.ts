// What docs/guides/other-forges.md says, on a bare repository that stands for any forge: nothing here has a token of GitHub.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AClone, aClone, aSilentPerson } from '../cli/commands/clone.fixture.ts';

const branch = 'dormant/contoso';
const pathOf = (kind: string) => `stacks/contoso/accounts/${kind}@contoso.com.yaml`;
const people = ['ida', 'jo', 'kim'].map(aSilentPerson);

/** The weekly job. */
async function propose({ run, git }: AClone): Promise<void> {
  for (const command of ['audit', 'propose']) {
    const ended = await run('audit', command, 'contoso');
    expect([command, ended]).toEqual([command, { ...ended, exitCode: 0 }]);
  }
  await git('fetch', '-q', '--prune');
}

/** Whose files the proposal changes against main. */
async function listProposed({ git }: AClone): Promise<string[]> {
  const changed = await git('diff', '--no-renames', '--name-only', `origin/main...origin/${branch}`);
  return changed.split('\n').map((path) => /\/([^/@]+)@/.exec(path)?.[1] ?? path);
}

/** A person's commit on the proposal's branch, pushed. */
async function review({ git }: AClone, edit: () => Promise<unknown>): Promise<void> {
  await git('switch', '-q', '--force-create', 'review', `origin/${branch}`);
  await edit();
  await git('add', '--all');
  await git('commit', '-q', '-m', 'Review');
  await git('push', '-q', 'origin', `HEAD:${branch}`);
  await git('switch', '-q', 'main');
  await git('fetch', '-q');
}

/** What a merge request's button does. */
async function mergeProposal({ git }: AClone, how: 'merge' | 'squash' = 'merge'): Promise<void> {
  if (how === 'squash') {
    await git('merge', '-q', '--squash', `origin/${branch}`);
    await git('commit', '-q', '-m', 'Squashed');
  } else await git('merge', '-q', '--no-ff', '--no-edit', `origin/${branch}`);
  await git('push', '-q', 'origin', 'main');
}

async function keep({ root }: AClone, kind: string): Promise<void> {
  const path = join(root, pathOf(kind));
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^stage: .*$/m, 'stage: keep\nreason: back in March'));
}

test('the line works with git alone: propose, check, preview, merge, apply', async () => {
  const clone = await aClone({ people });
  const { git, run } = clone;
  await propose(clone);
  expect(await listProposed(clone)).toEqual(['ida', 'jo', 'kim']);
  await git('switch', '-q', '--detach', `origin/${branch}`);
  expect(await run('audit', 'check', '--base', 'origin/main')).toMatchObject({ exitCode: 0 });
  const preview = await run('audit', 'preview', 'contoso', '--base', 'origin/main');
  expect(preview).toMatchObject({ exitCode: 0, text: expect.stringContaining('notice about') });
  await git('switch', '-q', 'main');
  await mergeProposal(clone, 'squash');
  const applied = await run('apply', 'apply', 'contoso');
  expect(applied).toMatchObject({ exitCode: 0, text: expect.stringContaining('notice about') });
  const again = await run('apply', 'apply', 'contoso');
  expect(again).toMatchObject({ exitCode: 0 });
});

test('a branch that was deleted declines nobody: the next audit proposes the same accounts again', async () => {
  const clone = await aClone({ people });
  await propose(clone);
  await clone.git('push', '-q', 'origin', `:${branch}`);
  await propose(clone);
  expect(await listProposed(clone)).toEqual(['ida', 'jo', 'kim']);
});

test('a branch that nobody merges is brought up to date; a file that somebody took out of it stays out of it', async () => {
  const clone = await aClone({ people });
  await propose(clone);
  await review(clone, () => clone.git('rm', '-q', pathOf('jo')));
  await propose(clone);
  expect(await listProposed(clone)).toEqual(['ida', 'kim']);
  await clone.git('push', '-q', 'origin', `:${branch}`);
  await propose(clone);
  expect(await listProposed(clone)).toEqual(['ida', 'jo', 'kim']);
});

test('a keep that was merged, and an exemption on main, are a no that lasts', async () => {
  const clone = await aClone({ people });
  const { git, run } = clone;
  await propose(clone);
  await review(clone, () => keep(clone, 'ida'));
  await mergeProposal(clone);
  await git('push', '-q', 'origin', `:${branch}`);
  const exempt = ['exempt', 'contoso', 'jo@contoso.com', '--reason', 'parental leave', '--owner', 'HR'];
  expect(await run('audit', ...exempt, '--until', '2027-03-31')).toMatchObject({ exitCode: 0 });
  await git('commit', '-q', '-am', 'Exempt Jo');
  await git('push', '-q', 'origin', 'main');
  clone.stack.emulator.tenant.clock.advance({ days: 14 });
  await propose(clone);
  const [ida, jo, kim] = await Promise.all(
    ['ida', 'jo', 'kim'].map((kind) => git('show', `origin/${branch}:${pathOf(kind)}`).catch(() => null)),
  );
  expect([ida, jo, kim]).toEqual([
    expect.stringContaining('stage: keep'),
    null,
    expect.stringContaining('stage: review'),
  ]);
});

test('what needs GitHub says so, or is left out', async () => {
  const { run } = await aClone();
  expect(await run('audit', 'check', '--pull', '1')).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('--pull needs GITHUB_TOKEN'),
  });
  expect((await run('audit', 'doctor', 'contoso')).text).toContain('there is no GITHUB_TOKEN');
  const repeated = await run('audit', 'repeat', 'contoso');
  expect(repeated).toMatchObject({ exitCode: 0, text: expect.stringContaining('Run: npx dormant apply contoso') });
});
