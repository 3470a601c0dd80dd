// dormant upgrade: another version of Dormant for this repository, as one pull request.
import { Command } from 'commander';
import { readGitAccess } from '../../forge/git/access.ts';
import { pc } from '../colors.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';
import { createProgressPrinter } from '../print-progress.ts';
import { type UpgradeOutcome, upgrade } from '../upgrade/upgrade.ts';

export function createUpgradeCommand(): Command {
  return new Command('upgrade')
    .description('Make a branch, and with a token its pull request, by which this repository runs another version.')
    .argument('[version]', 'such as 0.2.0, an older one too, or the .tgz file of one', 'latest')
    .action(runUpgrade);
}

async function runUpgrade(wanted: string, _: object, command: Command): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  const outcome = await upgrade({
    repository: repo,
    wanted,
    access: readGitAccess(process.env),
    github: findGitHub(process.env, { verbose }),
    say: createProgressPrinter(process.stderr),
  });
  if (json) printJson(outcome);
  else if (outcome.branch === null) console.log(`This repository runs ${outcome.to} already.`);
  else printOutcome(outcome);
}

function printOutcome({ from, to, branch, files, url, next }: UpgradeOutcome): void {
  for (const { path, kind, because } of files)
    console.log(`${kind.padEnd(9)}  ${path}${because === undefined ? '' : `: ${because}`}`);
  const left = files.filter(({ kind }) => kind === 'left').length;
  if (left > 0)
    console.log(
      `\n${pc.yellow('note')} What is left is for you: the pull request has how the new version would have it.`,
    );
  console.log(`\n${pc.bold(branch)} goes from ${from ?? 'a copy'} to ${to}${url === null ? '. Next:\n' : `: ${url}`}`);
  for (const line of next) console.log(`  ${line}`);
}
