// dormant pause: takes nothing until a day, in one stack or in all, by a pull request on tenant.yaml or policy.yaml.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { getPausePath, proposePause } from '../../audit/proposal/propose-pause.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit } from '../../forge/git/git.ts';
import { askMainName } from '../../forge/git/known-main.ts';
import { requireValidPause, setPause } from '../../policy/edit/pause.ts';
import { suggestNames } from '../../policy/edit/suggest-names.ts';
import { DormantError } from '../../policy/errors.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import { pauseLabel } from '../../policy/pause/pause-label.ts';
import type { Pause } from '../../policy/schemas/pause.ts';
import { type Cloud, isEmulated } from '../../policy/schemas/tenant.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';
import { resolveToday } from '../today.ts';

interface Options {
  until?: string;
  reason?: string;
  all?: boolean;
  end?: boolean;
  main?: string;
  today?: string;
}

export function createPauseCommand(): Command {
  return new Command('pause')
    .description('Take nothing until a day: opens the pull request that says so. Audits and giving back go on.')
    .argument('[stack]', 'a folder of stacks/')
    .option('--until <day>', 'the last day, YYYY-MM-DD, in UTC')
    .option('--reason <text>', 'why, for every report and pull request until then')
    .option('--all', 'every stack, by policy.yaml')
    .option('--end', 'take the pause out again')
    .option('--main <branch>', 'the branch that pull requests are merged into (default: the remote’s own)')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(pause);
}

async function pause(named: string | undefined, options: Options, command: Command): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  const wanted = readPause(options);
  const stack = await chooseStack(repo, named, options);
  const today = await resolveToday(await findCloud(repo, stack), options.today);
  if (wanted !== null) requireValidPause(wanted, today);
  const path = getPausePath(stack);
  const github = findGitHub(process.env, { verbose });
  const git = createGit(repo, readGitAccess(process.env));
  const pull =
    github === null
      ? null
      : await proposePause(git, github, {
          ...{ stack, pause: wanted, today },
          main: options.main ?? (await askMainName(git)),
        });
  const isWritten = github === null && (await writePause(repo, path, wanted));
  const isPresent = pull === null && !isWritten;
  if (json) printJson({ stack, path, pause: wanted, pull, isWritten, isPresent });
  else console.log(describe({ stack, path, wanted, pull, isPresent }));
}

/** null: `--end`. */
function readPause({ until, reason, end = false }: Options): Pause | null {
  if (end && until === undefined && reason === undefined) return null;
  if (!end && until !== undefined && reason !== undefined) return { until, reason: reason.trim() };
  throw createUsageError('A pause needs an end and a reason; --end takes it out and needs neither.');
}

/** null: all of them. */
async function chooseStack(repo: string, named: string | undefined, { all = false }: Options): Promise<string | null> {
  if (all === (named !== undefined)) throw createUsageError('A pause is of one stack, or of all with --all.');
  if (named === undefined) return null;
  const stacks = await listStacks(repo);
  if (stacks.includes(named)) return named;
  throw new DormantError('pause', `There is no stack "${named}".`, {
    exitCode: 2,
    remedy: suggestNames(named, stacks),
  });
}

function createUsageError(message: string): DormantError {
  return new DormantError('pause', message, {
    exitCode: 2,
    remedy: `${nameProgram()} pause <stack> --until YYYY-MM-DD --reason …`,
  });
}

/** Of all stacks together: the embedded one only where there is no other. */
async function findCloud(repo: string, stack: string | null): Promise<Cloud> {
  const stacks = stack === null ? await listStacks(repo) : [stack];
  const tenants = await Promise.all(stacks.map((each) => loadTenant(openWorkingTree(repo), each)));
  const clouds = tenants.map(({ value }) => value.cloud);
  return clouds.find((cloud) => !isEmulated(cloud)) ?? clouds[0] ?? 'global';
}

/** Without GitHub: into the working tree. false: the file says so already. */
async function writePause(repo: string, path: string, wanted: Pause | null): Promise<boolean> {
  const text = await openWorkingTree(repo).read(path);
  if (text === null) throw new DormantError('pause', `There is no ${path}.`, { exitCode: 2 });
  const after = setPause({ path, text }, wanted);
  if (after !== text) await writeFile(join(repo, path), after);
  return after !== text;
}

interface Result {
  stack: string | null;
  path: string;
  wanted: Pause | null;
  pull: { number: number; url: string } | null;
  isPresent: boolean;
}

function describe({ stack, path, wanted, pull, isPresent }: Result): string {
  const whose = stack ?? 'every stack';
  const what = wanted === null ? `the pause of ${whose} ends` : `nothing is taken in ${whose} until ${wanted.until}`;
  if (isPresent) return wanted === null ? `${path} has no pause.` : `${path} has exactly this pause already.`;
  if (pull === null)
    return `${path}: ${what}, once this is merged: commit it on a branch of its own, and merge that into main.`;
  const atOnce =
    wanted === null
      ? ''
      : `\nTo stop at once, before anybody has merged it: \`gh pr edit ${pull.number} --add-label ${pauseLabel}\``;
  return `${pull.url}: ${what}, once it is merged.${atOnce}`;
}
