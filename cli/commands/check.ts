// dormant check: may these files be merged? Runs in review.yml for each pull request, and on a laptop before a push.
import { Command, Option } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { requireBase } from '../../forge/git/known-main.ts';
import type { Problem } from '../../policy/errors.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { printProblems, toShownProblems } from '../annotations.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { checkChange } from '../check/mixed-change.ts';
import { type CheckedMerge, publishCheck } from '../check/publish-check.ts';
import { checkSharedTenants } from '../check/shared-tenants.ts';
import { checkStrayFiles } from '../check/stray-files.ts';
import { getGlobals, parsePullNumber, printJson } from '../globals.ts';

interface Options {
  base?: string;
  pull?: number;
  mergeGroup?: true;
  today?: string;
}

export function createCheckCommand(): Command {
  return new Command('check')
    .description('Check policy, exemptions and account files: their schemas, and what changed against the base branch.')
    .argument('[stacks...]', 'stacks to check (default: all)')
    .option('--base <ref>', 'what the files are compared with (default: the remote’s main, as fetched last)')
    .addOption(
      new Option('--pull <number>', 'the pull request to report to (with GITHUB_TOKEN)')
        .argParser(parsePullNumber)
        .conflicts('mergeGroup'),
    )
    .option('--merge-group', 'report to the commit, which a merge queue has made (with GITHUB_TOKEN)')
    .option('--today <day>', 'the day to check for (embedded tenant only)')
    .action(check);
}

async function check(requestedStacks: string[], options: Options, command: Command): Promise<void> {
  const { repo, json } = getGlobals(command);
  const base = await requireBase(createGit(repo), options.base);
  const runCheck = () => findProblems(repo, requestedStacks, { base, today: options.today });
  const merge = readMerge(options);
  const { stacks, problems } = await (merge === null ? runCheck() : publishCheck({ repo, merge, base }, runCheck));
  if (json) printJson({ ok: problems.length === 0, stacks, problems: toShownProblems(problems) });
  else printProblems(problems);
  if (problems.length > 0) process.exitCode = 2;
  else if (!json) console.log(`${stacks.join(', ') || 'No stacks'}: no problems.`);
}

function readMerge({ pull, mergeGroup }: Options): CheckedMerge | null {
  if (mergeGroup) return 'merge group';
  return pull === undefined ? null : { pull };
}

async function findProblems(
  repo: string,
  requestedStacks: readonly string[],
  { base, today }: { base: string; today: string | undefined },
): Promise<{ stacks: readonly string[]; problems: Problem[] }> {
  const stacks = requestedStacks.length > 0 ? requestedStacks : await listStacks(repo);
  const problems = [
    ...(await checkChange(repo, base)),
    ...(await checkStrayFiles(repo)),
    ...(await checkSharedTenants(repo)),
  ];
  for (const stack of stacks) problems.push(...(await checkStackFiles({ repo, stack, base, today })));
  return { stacks, problems };
}
