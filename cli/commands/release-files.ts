// dormant release-files: writes `oneDrive: release`, with its reason, into the files of one or many accounts.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { findReleases } from '../../policy/edit/find-releases.ts';
import { markReleased } from '../../policy/edit/mark-released.ts';
import { DormantError } from '../../policy/errors.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { buildReleaseDocument, printReleases } from '../accounts/print-releases.ts';
import { getGlobals, printJson } from '../globals.ts';
import { resolveToday } from '../today.ts';

interface Options {
  reason: string;
  department?: string;
  manager?: string;
  by?: string;
  dryRun?: boolean;
  today?: string;
}

export function createReleaseFilesCommand(): Command {
  return new Command('release-files')
    .description(
      'Let OneDrive files go that keep a licence: writes `oneDrive: release` into each account’s file, with the reason beside it.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .argument(
      '[accounts...]',
      'userPrincipalNames, object ids or files; if none are given, all accounts with a licence that waits for it',
    )
    .requiredOption('--reason <text>', 'why, for the reviewers and for anyone who looks for the files later')
    .option('--department <name>', 'only accounts of this department')
    .option('--manager <name>', 'only accounts of this manager, by name or mail')
    .option('--by <who>', 'who decides it (default: git’s user.name)')
    .option('--dry-run', 'list them and write nothing')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(releaseFiles);
}

async function releaseFiles(
  stack: string,
  names: string[],
  { reason, by, dryRun = false, today: todayOption, ...choice }: Options,
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await resolveToday(files.tenant.value.cloud, todayOption);
  const decision = { reason, by: by ?? (await readGitUserName(repo)), on: today };
  const found = findReleases(files, { names, ...choice }, today);
  const edits = found.releases.map(({ file }) => [file.path, markReleased(file, decision)] as const);
  const listing = { ...found, stack, today, currency: files.prices.value.currency, decision, dryRun };
  if (!json) printReleases(listing);
  if (!dryRun) for (const [path, text] of edits) await writeFile(join(repo, path), text);
  if (json) printJson(buildReleaseDocument(listing));
}

async function readGitUserName(repo: string): Promise<string> {
  const name = await createGit(repo).runOrNull(['config', 'user.name']);
  if (name) return name;
  throw new DormantError('release-reason', 'It is not known who releases the files.', {
    exitCode: 2,
    remedy: 'Give --by with a name, or set git’s user.name.',
  });
}
