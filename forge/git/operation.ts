// What is under way in a clone: until it has ended, its files are those of two commits at once.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { DormantError } from '../../policy/errors.ts';
import type { Git } from './git.ts';

/** By what git keeps in its folder meanwhile: gitrevisions(7) has the first three, git-rebase(1) the backends. */
const operations = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
} as const;

/** Throws `merge-under-way` (exit code 2). */
export async function requireNoOperation(directory: string, git: Git): Promise<void> {
  const names = Object.keys(operations);
  const paths = await git.run(['rev-parse', ...names.flatMap((name) => ['--git-path', name])]);
  const at = paths.split('\n').findIndex((path) => existsSync(resolve(directory, path)));
  const operation = Object.values(operations)[at];
  if (operation === undefined) return;
  throw new DormantError('merge-under-way', `A ${operation} is under way in this clone.`, {
    exitCode: 2,
    where: directory,
    remedy: `Finish it (git status says how), or give it up: git ${operation} --abort`,
  });
}
