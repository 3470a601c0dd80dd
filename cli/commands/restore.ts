// dormant restore: edits an account's file, also an archived one, to give back what was taken once it is merged.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { markRestored } from '../../policy/edit/mark-restored.ts';
import { isNamed, requireAccountFile } from '../../policy/edit/require-account-file.ts';
import { DormantError } from '../../policy/errors.ts';
import { findPathBeforeArchive } from '../../policy/files/account-file.ts';
import { loadArchive, loadStack } from '../../policy/files/stack-files.ts';
import { givesBackWords } from '../../policy/words/describe-clocks.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { getGlobals, printJson } from '../globals.ts';

export function createRestoreCommand(): Command {
  return new Command('restore')
    .description('Set an account’s file to give back its sign-in, mailbox and licences once it is merged.')
    .argument('<stack>', 'a folder of stacks/')
    .argument('<account>', 'its userPrincipalName, object id or file')
    .requiredOption('--reason <text>', 'why, for the reviewers and for anyone who asks a year later')
    .action(restore);
}

async function restore(
  stack: string,
  account: string,
  { reason }: { reason: string },
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const tree = openWorkingTree(repo);
  const { accounts } = await loadStack(tree, stack);
  const isHere = accounts.some((file) => isNamed(file, account));
  const file = requireAccountFile({ stack, accounts: isHere ? accounts : await loadArchive(tree, stack) }, account);
  const path = findPathBeforeArchive(stack, file.path) ?? file.path;
  if (path !== file.path && accounts.some((other) => other.path === path)) throw createPathTakenError(path);

  await writeFile(join(repo, path), markRestored(file, reason));
  if (path !== file.path) await rm(join(repo, file.path));
  if (json) printJson({ path, stage: 'restore', reason });
  else console.log(`${path}: stage restore, for its merge. ${givesBackWords}`);
}

function createPathTakenError(path: string): DormantError {
  return new DormantError('path-taken', 'Another account has this file name by now.', {
    exitCode: 2,
    where: path,
    remedy: 'Wait until that one has left the pipeline, or give the account back what was taken by hand.',
  });
}
