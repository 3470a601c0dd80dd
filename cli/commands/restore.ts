// dormant restore: writes the one edit that gives an account back what it had; merging it makes it so.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadStack } from '../../policy/repository.ts';
import { workingTree } from '../../stacks/working-tree.ts';
import { namedAccount } from '../accounts/named-account.ts';
import { restored } from '../accounts/restored.ts';
import { globals, printJson } from '../globals.ts';

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Set an account’s file to give back its sign-in, mailbox and licences once it is merged.')
    .argument('<stack>', 'a folder of stacks/')
    .argument('<account>', 'its userPrincipalName, object id or file')
    .requiredOption('--reason <text>', 'why, for the reviewers and for whoever asks a year from now')
    .action(restore);
}

async function restore(
  stack: string,
  account: string,
  { reason }: { reason: string },
  command: Command,
): Promise<void> {
  const { repo, json } = globals(command);
  const file = namedAccount(await loadStack(workingTree(repo), stack), account);
  await writeFile(join(repo, file.path), restored(file, reason));
  if (json) printJson({ path: file.path, stage: 'restore', reason });
  else console.log(`${file.path}: stage restore. Merging it gives back what the account had.`);
}
