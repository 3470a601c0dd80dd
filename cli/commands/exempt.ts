// dormant exempt: keeps an account out of every plan until a day, by an entry in exemptions.yaml that people review.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { proposeExemption } from '../../audit/proposal/propose-exemption.ts';
import { type RefreshedExemption, refreshExemptions } from '../../audit/proposal/refresh-exemptions.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit } from '../../forge/git/git.ts';
import { askMainName } from '../../forge/git/known-main.ts';
import { addEntry } from '../../policy/edit/exemption-entry.ts';
import { DormantError } from '../../policy/errors.ts';
import { exemptionsPath, loadStack } from '../../policy/files/stack-files.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { findHidingStyle } from '../../policy/words/show-name.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';
import { isOnActions, sanitiseLog } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';
import { readToday, resolveToday } from '../today.ts';

interface Options {
  reason?: string;
  owner?: string;
  until?: string;
  fromIssue?: number | 'open';
  main?: string;
  today?: string;
}

export function createExemptCommand(): Command {
  return new Command('exempt')
    .description('Keep an account out of every plan until a day: writes its entry to exemptions.yaml.')
    .argument('[stack]', 'a folder of stacks/')
    .argument('[account]', 'a userPrincipalName, an object id, or a pattern with * and ?')
    .option('--reason <text>', 'why')
    .option('--owner <who>', 'the person or team that answers for it')
    .option('--until <day>', 'the last day, YYYY-MM-DD')
    .option(
      '--from-issue <number>',
      'open the pull request that this issue’s form asks for; `open`: bring those of all open issues up to date with main',
      parseIssue,
    )
    .option('--main <branch>', 'the branch that proposals are merged into (default: the remote’s own)')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(exempt);
}

async function exempt(
  stack: string | undefined,
  account: string | undefined,
  options: Options,
  command: Command,
): Promise<void> {
  if (options.fromIssue !== undefined) return proposeFromIssue(options.fromIssue, options.main, getGlobals(command));
  const { reason, owner, until } = options;
  if (stack === undefined || account === undefined || !reason || !owner || !until) {
    throw new DormantError('exemption', 'An exemption needs a stack, an account, a reason, an owner and an end.', {
      exitCode: 2,
      remedy: `${nameProgram()} exempt <stack> <account> --reason … --owner … --until YYYY-MM-DD`,
    });
  }
  const { repo, json } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await resolveToday(files.tenant.value.cloud, options.today);
  const entry = { account, stack, reason, owner, until };
  await writeFile(join(repo, exemptionsPath), addEntry(files, entry, today));
  if (json) printJson({ path: exemptionsPath, entry });
  else console.log(`${exemptionsPath}: ${account} is exempt in ${stack} until ${until}, once this is merged.`);
}

/** An issue that asks for something impossible gets an answer there, which is a success of the run. */
async function proposeFromIssue(
  issue: number | 'open',
  main: string | undefined,
  { repo, json, verbose }: Globals,
): Promise<void> {
  const github = findGitHub(process.env, { verbose });
  if (github === null) {
    throw new DormantError('no-github', '--from-issue needs GITHUB_TOKEN and GITHUB_REPOSITORY.', {
      exitCode: 2,
      remedy: 'Set both, or give stack, account, --reason, --owner and --until.',
    });
  }
  const path = 'policy/policy.yaml';
  const policy = parseYaml(Policy, path, (await openWorkingTree(repo).read(path)) ?? '');
  const git = createGit(repo, readGitAccess(process.env));
  const run = {
    ...{ main: main ?? (await askMainName(git)), maxDays: policy.value.exemptions.maxDays },
    ...{ today: readToday(), stacks: await listStacks(repo), style: findHidingStyle(policy.value) },
  };
  const outcomes: RefreshedExemption[] =
    issue === 'open'
      ? await refreshExemptions(git, github, run)
      : [{ issue, ...(await proposeExemption(git, github, { ...run, issue })) }];
  if (json) printJson(issue === 'open' ? { outcomes } : outcomes[0]);
  else for (const outcome of outcomes) console.log(describeOutcome(outcome));
  if (outcomes.some(({ kind }) => kind === 'failed')) process.exitCode = 1;
}

function describeOutcome({ issue, kind, pull, problems }: RefreshedExemption): string {
  // What is wrong with a form may quote it; the issue has the answer.
  const said = isOnActions() ? formatCount(problems.length, 'problem') : problems.join(' ');
  const outcomes: Record<RefreshedExemption['kind'], string> = {
    proposed: `: proposed in ${pull?.url}`,
    refused: `, answered: ${said}`,
    present: ': main has its entry already',
    queued: `: ${pull?.url} waits in the merge queue, and was left as it is`,
    failed: `, failed: ${sanitiseLog(problems.join(' '))}`,
  };
  return `Issue #${issue}${outcomes[kind]}`;
}

function parseIssue(text: string): number | 'open' {
  const number = Number(text);
  if (text === 'open' || (Number.isInteger(number) && number > 0)) return text === 'open' ? text : number;
  throw new InvalidArgumentError('It must be the number of an issue, or `open`.');
}
