// dormant check: may these files be merged? Runs in review.yml on each pull request, and on a laptop before a push.
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { findKnownMain, findMainName } from '../../forge/git/known-main.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { printProblems } from '../annotations.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { checkChange } from '../check/mixed-change.ts';
import { checkSharedTenants } from '../check/shared-tenants.ts';
import { checkStrayFiles } from '../check/stray-files.ts';
import { getGlobals, printJson } from '../globals.ts';

export function createCheckCommand(): Command {
  return new Command('check')
    .description('Check policy, exemptions and account files: their schemas, and what changed against the base branch.')
    .argument('[stacks...]', 'stacks to check (default: all)')
    .option('--base <ref>', 'what the files are compared with (default: the remote’s main, as fetched last)')
    .option('--today <day>', 'the day to check for (embedded tenant only)')
    .action(check);
}

async function check(
  requestedStacks: string[],
  options: { base?: string; today?: string },
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const base = options.base ?? (await chooseBase(repo));
  const stacks = requestedStacks.length > 0 ? requestedStacks : await listStacks(repo);
  const problems = [
    ...(await checkChange(repo, base)),
    ...(await checkStrayFiles(repo)),
    ...(await checkSharedTenants(repo)),
  ];
  for (const stack of stacks) problems.push(...(await checkStackFiles({ repo, stack, base, today: options.today })));

  if (json) printJson({ ok: problems.length === 0, stacks, problems });
  else printProblems(problems);
  if (problems.length > 0) process.exitCode = 2;
  else if (!json) console.log(`${stacks.join(', ') || 'No stacks'}: no problems.`);
}

async function chooseBase(repo: string): Promise<string> {
  const git = createGit(repo);
  return (await findKnownMain(git)) ?? findMainName(git);
}
