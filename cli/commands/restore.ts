// dormant restore: gives an account back, by a file of give-back/ that has approvers of its own, or in the account's own file.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type PreparedGiveBack, proposeGiveBack } from '../../audit/proposal/propose-give-back.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit, type Git } from '../../forge/git/git.ts';
import { askMainName, requireBase } from '../../forge/git/known-main.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { DormantError } from '../../policy/errors.ts';
import { givesBackWords } from '../../policy/words/describe-clocks.ts';
import { listStacks } from '../../stacks/working-tree.ts';
import { findGitHub, requireGitHubFor } from '../github-remote.ts';
import { proposeFromIssue } from '../give-back/from-issue.ts';
import { prepareGiveBack } from '../give-back/prepare-give-back.ts';
import { restoreInFile } from '../give-back/restore-in-file.ts';
import { getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';
import { resolveToday } from '../today.ts';

interface Options {
  reason?: string;
  askedBy?: string;
  inFile?: true;
  fromIssue?: number;
  main?: string;
  today?: string;
}

export function createRestoreCommand(): Command {
  return new Command('restore')
    .description('Give an account back what was taken, by a pull request that can do nothing else.')
    .argument('[stack]', 'a folder of stacks/ (default: whichever has the person)')
    .argument('[person]', 'a userPrincipalName, an object id, a display name or a file')
    .option('--reason <text>', 'why, for who approves and for anyone who asks a year later')
    .option('--asked-by <who>', 'who asks (default: whose token it is, or git’s user.name)')
    .option('--in-file', 'write `stage: restore` into the account’s own file, whose owners then approve it')
    .option('--from-issue <number>', 'open the pull request that this issue’s form asks for', parseIssue)
    .option('--main <branch>', 'the branch that it is to be merged into (default: the remote’s own)')
    .option('--today <day>', 'the day it is (embedded tenant only)')
    .action(restore);
}

async function restore(
  first: string | undefined,
  second: string | undefined,
  options: Options,
  command: Command,
): Promise<void> {
  const { repo, json, verbose } = getGlobals(command);
  if (options.fromIssue !== undefined) {
    const github = requireGitHubFor('--from-issue', { verbose });
    return proposeFromIssue(github, { repo, json, issue: options.fromIssue, main: options.main, today: options.today });
  }
  const [stack, person] = second === undefined ? [null, first] : [first ?? null, second];
  const { reason } = options;
  if (person === undefined || reason === undefined || reason.trim().length < 3)
    throw new DormantError('give-back-whom', 'It needs a person and a reason.', {
      exitCode: 2,
      remedy: `${nameProgram()} restore [stack] <person> --reason "back from leave"`,
    });
  if (options.inFile) return restoreInFile({ repo, json, stack, person, reason });
  const github = findGitHub(process.env, { verbose });
  const git = createGit(repo, readGitAccess(process.env));
  if (github !== null) await requirePrivateRepository(github);
  const prepared = await prepareGiveBack(repo, {
    ref: await requireBase(git),
    stacks: stack === null ? await listStacks(repo) : [stack],
    ...{ person, reason: reason.trim(), askedBy: options.askedBy ?? (await findAsker(git, github)) },
    findToday: ({ tenant }) => resolveToday(tenant.value.cloud, options.today),
  });
  if (github === null) return writeHere(prepared, { repo, json });
  const main = options.main ?? (await askMainName(git));
  const pull = await proposeGiveBack(git, github, { ...prepared, main, issue: null });
  if (json) printJson({ ...describe(prepared), pull });
  else console.log(`Proposed in ${pull.url}: once it is approved and merged, ${givesBackWords}`);
}

async function findAsker(git: Git, github: GitHub | null): Promise<string> {
  if (github !== null) return `@${(await github.readViewer()).login}`;
  const name = await git.runOrNull(['config', '--get', 'user.name']);
  if (name) return name;
  throw new DormantError('give-back-whom', 'Nobody knows who asks.', {
    exitCode: 2,
    remedy: 'Give --asked-by with a name, or set git’s user.name.',
  });
}

async function writeHere(prepared: PreparedGiveBack, { repo, json }: { repo: string; json: boolean }): Promise<void> {
  const { path, text } = prepared;
  await mkdir(join(repo, dirname(path)), { recursive: true });
  await writeFile(join(repo, path), text);
  if (json) printJson({ ...describe(prepared), pull: null });
  else
    console.log(
      `${path}: written. Commit it alone on a branch and open a pull request; the owners of that folder approve it, and nobody who asked. Once it is merged, an apply gives back. ${givesBackWords}`,
    );
}

function describe({ stack, path, value }: PreparedGiveBack) {
  return { stack, path, ...value };
}

function parseIssue(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be the number of an issue.');
}
