import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { createRestoreCommand } from './restore.ts';

let stack: AStack;
beforeEach(async () => {
  stack = await aStack([aPerson()]);
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  return stack.remove();
});

const restore = (account: string) =>
  new Command('dormant')
    .option('--repo <folder>', '', stack.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createRestoreCommand().exitOverride())
    .parseAsync(['restore', 'contoso', account, '--reason', 'back after a year'], { from: 'user' });

const who = ['-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com'];
const git = (...args: string[]) => execa('git', ['-C', stack.root, ...who, ...args]);

/** As the audit leaves it half a year after the licences went, merged. */
async function archived(): Promise<{ path: string; archive: string }> {
  const path = await stack.at('delicense');
  const archive = path.replace('/accounts/', '/archive/');
  await stack.write(archive, '');
  await rename(join(stack.root, path), join(stack.root, archive));
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=archive');
  return { path, archive };
}

test('who is in the archive comes out of it, and the check lets that pass', async () => {
  const { path, archive } = await archived();
  await restore('ana.reyes@contoso.com');
  expect(await stack.read(path)).toContain('stage: restore');
  await expect(stack.read(archive)).rejects.toThrow('ENOENT');
  await git('add', '--all');
  expect(await checkStackFiles({ repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-07-01' })).toEqual([]);
});

test('a new file that asks for a restore of somebody from whom main never took anything does not pass', async () => {
  const path = await stack.at('notify');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=notify');
  await git('rm', '--quiet', path);
  await git('commit', '--quiet', '--message=forget');
  await stack.at('restore');
  const query = { repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-07-01' };
  expect(await checkStackFiles(query)).toMatchObject([{ path, code: 'stage-jump' }]);
});

test('a name that somebody else has taken since is left to them', async () => {
  const { path, archive } = await archived();
  const theirs = (await stack.read(archive)).replaceAll(
    /id: [0-9a-f-]{36}/g,
    'id: 00000000-0000-4000-8000-000000000001',
  );
  await stack.write(path, theirs);
  await expect(restore(archive)).rejects.toMatchObject({
    code: 'path-taken',
    exitCode: 2,
  });
  expect(await stack.read(path)).toBe(theirs);
});
