// dormant erase: takes people out of a stack's records whose time is over, or one person out of files and records.
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { requireBase } from '../../forge/git/known-main.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { describeErasure } from '../erase/describe-erasure.ts';
import { eraseFromRecords } from '../erase/erase-from-records.ts';
import { planPersonErasure, writeErasure } from '../erase/erase-person.ts';
import { readMainView } from '../erase/main-view.ts';
import { sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { resolveToday } from '../today.ts';

interface Options {
  dryRun?: boolean;
  base?: string;
  today?: string;
}

export function createEraseCommand(): Command {
  return new Command('erase')
    .description(
      'Erase from the records whose time is over by privacy.eraseAfterDays, or one person from files and records.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .argument('[person]', 'userPrincipalName, object id or file: all of this person, whatever the days')
    .option('--dry-run', 'only say what would go')
    .option('--base <branch>', 'main, which says from whom something is taken (default: the remote’s own)')
    .option('--today <YYYY-MM-DD>', 'the day that counts as today; the embedded tenant only')
    .action(runErase);
}

async function runErase(
  stack: string,
  name: string | undefined,
  { dryRun = false, base, today: option }: Options,
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await resolveToday(files.tenant.value.cloud, option);
  const main = await readMainView(repo, files, { today, ref: await requireBase(createGit(repo), base) });
  const planned = name === undefined ? null : planPersonErasure(name, main);
  const person = planned?.person ?? null;
  const records = await eraseFromRecords(main, { repo, env: process.env, person, dryRun });
  if (planned !== null && !dryRun) await writeErasure(repo, planned);
  const eraseAfterDays = files.policy.value.privacy?.eraseAfterDays ?? null;
  const { lines, document } = describeErasure({ stack, planned, records, dryRun, eraseAfterDays });
  if (json) printJson(document);
  else console.log(sanitiseLog(lines.join('\n')));
  if (records !== null && records.kept > 0) process.exitCode = 1;
}
