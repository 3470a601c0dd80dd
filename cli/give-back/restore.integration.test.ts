import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { checkChange } from '../check/mixed-change.ts';
import { createRestoreCommand } from '../commands/restore.ts';

let stack: AStack;
const lines: string[] = [];
const file = 'stacks/contoso/give-back/ana.reyes@contoso.com.yaml';
const today = '2028-07-01';

beforeEach(async () => {
  stack = await aStack([aPerson()]);
  vi.spyOn(console, 'log').mockImplementation((line) => lines.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  lines.length = 0;
  return stack.remove();
});

const restore = (...words: string[]) =>
  new Command('dormant')
    .option('--repo <folder>', '', stack.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createRestoreCommand().exitOverride())
    .parseAsync(['restore', ...words, '--reason', 'back from leave', '--asked-by', 'Lee Park', '--today', today], {
      from: 'user',
    });

const who = ['-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com'];
const git = (...args: string[]) => execa('git', ['-C', stack.root, ...who, ...args]);

let commits = 0;
/** Two months after the one before it, so that no stage comes too early. */
async function commit(message: string): Promise<void> {
  const date = `${addDays('2026-12-07', 60 * commits++)}T08:00:00Z`;
  await git('add', '--all');
  const options = { env: { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date } };
  await execa('git', ['-C', stack.root, ...who, 'commit', '--quiet', `--message=${message}`], options);
}

/** As it is on main after these stages. */
async function onMain(...stages: Parameters<AStack['at']>[0][]): Promise<string> {
  await git('init', '--quiet', '--initial-branch=main');
  commits = 0;
  let path = '';
  for (const stage of stages) {
    path = await stack.at(stage);
    await commit(stage);
  }
  return path;
}

const check = () => checkStackFiles({ repo: stack.root, stack: 'contoso', base: 'main', today });

test.each(['ana.reyes@contoso.com', 'Ana Reyes', 'ANA.REYES@contoso.com'])(
  '%s is found in whichever stack has them, and the file may be merged alone',
  async (name) => {
    const path = await onMain('notify', 'review', 'disable');
    await restore(name);
    expect(await stack.read(path)).toContain('stage: disable');
    expect(await stack.read(file)).toContain('askedBy: Lee Park\n');
    expect(lines.join()).toContain('nobody who asked');
    await git('checkout', '--quiet', '-b', 'give-back');
    await commit('Give an account back');
    expect([await check(), await checkChange(stack.root, 'main')]).toEqual([[], []]);
  },
);

test('so it is for somebody who is in the archive, or only in main’s past', async () => {
  const path = await onMain('notify', 'review', 'disable', 'delicense');
  const archive = path.replace('/accounts/', '/archive/');
  await stack.write(archive, '');
  await rename(join(stack.root, path), join(stack.root, archive));
  await commit('archive');
  await restore('contoso', 'ana.reyes@contoso.com');
  expect(await check()).toEqual([]);
  await git('clean', '--quiet', '-fd');
  await git('rm', '--quiet', archive);
  await commit('taken out');
  await restore('contoso', 'ana.reyes@contoso.com');
  expect(await check()).toEqual([]);
});

test('nothing else may come with it', async () => {
  const path = await onMain('notify', 'review', 'disable');
  await git('checkout', '--quiet', '-b', 'give-back');
  await restore('ana.reyes@contoso.com');
  await stack.write(path, (await stack.read(path)).replace('stage: disable', 'stage: keep\nreason: because'));
  await stack.write('policy/policy.yaml', `${await stack.read('policy/policy.yaml')}# x\n`);
  await commit('Both');
  expect(await checkChange(stack.root, 'main')).toMatchObject([
    { path: 'policy/policy.yaml', code: 'mixed-change' },
    { path, code: 'mixed-change' },
  ]);
});

test('who has lost nothing, is given back already, or is unknown is told so before anything is written', async () => {
  await onMain('notify');
  await expect(restore('ana.reyes@contoso.com')).rejects.toMatchObject({ code: 'nothing-to-restore', exitCode: 2 });
  await stack.at('review');
  await commit('review');
  await stack.at('disable');
  await commit('disable');
  await restore('ana.reyes@contoso.com');
  await commit('merged');
  await expect(restore('ana.reyes@contoso.com')).rejects.toMatchObject({
    code: 'nothing-to-restore',
    message: expect.stringContaining('given back already'),
  });
  await stack.at('restore');
  await git('rm', '--quiet', '--force', file);
  await commit('the proposal');
  await expect(restore('ana.reyes@contoso.com')).rejects.toMatchObject({ code: 'nothing-to-restore' });
  await expect(restore('ana.reyez@contoso.com')).rejects.toMatchObject({
    code: 'no-such-account',
    remedy: expect.stringContaining('Did you mean ana.reyes@contoso.com'),
  });
  await expect(restore()).rejects.toMatchObject({ code: 'give-back-whom' });
});

test('above the number of a day the way out is named', async () => {
  await onMain('notify', 'review', 'disable');
  const policy = await stack.read('policy/policy.yaml');
  await stack.write('policy/policy.yaml', `${policy}\nrestore: { perDay: 0 }\n`);
  await expect(restore('ana.reyes@contoso.com')).rejects.toMatchObject({
    code: 'give-back-over-limit',
    message: expect.stringContaining('stage: restore'),
  });
});
