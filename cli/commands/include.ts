// dormant include: takes an account of the last audit into the plan that no audit plans, such as one never used.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { getOutFolder } from '../../audit/out-folder.ts';
import { buildIncludedFile } from '../../policy/edit/include-account.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { readAuditedAccount } from '../accounts/audited-account.ts';
import { getGlobals, printJson } from '../globals.ts';
import { resolveToday } from '../today.ts';

export function createIncludeCommand(): Command {
  return new Command('include')
    .description('Take an inactive account of the last audit into the plan, at stage notify, after looking into it.')
    .argument('<stack>', 'a folder of stacks/')
    .argument('<account>', 'its userPrincipalName or object id')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(include);
}

async function include(
  stack: string,
  account: string,
  { today: todayOption }: { today?: string },
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await resolveToday(files.tenant.value.cloud, todayOption);
  const audited = await readAuditedAccount(join(getOutFolder(repo, stack), 'audit.json'), account);
  const { path, stage, text } = buildIncludedFile(account, audited, files, today);
  await mkdir(dirname(join(repo, path)), { recursive: true });
  await writeFile(join(repo, path), text);
  if (json) printJson({ path, stage });
  else console.log(`${path}: stage ${stage}. ${audited.judged?.goesOnFrom ? goesOnWords : entersWords}`);
}

const entersWords = 'Merging it tells the manager; nothing is taken yet.';
const goesOnWords = 'Merging it ends the decision that set it back on main: the next audit proposes what comes after.';
