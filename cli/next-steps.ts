// `dormant` alone: the state of each stack of this repository, and what to do next.
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { getOutFolder } from '../audit/out-folder.ts';
import { DormantError } from '../policy/errors.ts';
import type { Day } from '../policy/evidence.ts';
import { getAccountsFolder } from '../policy/files/account-file.ts';
import { loadTenant } from '../policy/files/stack-files.ts';
import { formatCount, formatDay } from '../policy/words/labels.ts';
import { locatePage } from '../policy/words/locate-page.ts';
import { listStacks, openWorkingTree } from '../stacks/working-tree.ts';
import { pc } from './colors.ts';
import { getGlobals, printJson } from './globals.ts';
import { nameProgram } from './installed-folder.ts';
import { buildKeyCommand } from './keys/key-command.ts';

interface NextStep {
  run: string;
  why: string;
}

interface Standing {
  stack: string;
  /** Account files in the working tree. */
  accounts: number;
  /** The last audit with results in out/; null: none on this machine. */
  auditedOn: Day | null;
  next: NextStep[];
}

/** Throws (exit code 2) if `dormant` was given a word that is no command. */
export async function showNextSteps(command: Command): Promise<void> {
  const [word] = command.args;
  if (word !== undefined) throw createUnknownCommandError(word);
  const { repo, json } = getGlobals(command);
  const stacks: Standing[] = [];
  for (const stack of await listStacks(repo)) stacks.push(await readStanding(repo, stack));
  const next = stacks.length === 0 ? listFirstSteps(repo) : stacks.flatMap((standing) => standing.next);
  if (json) printJson({ stacks, next });
  else printStandings(stacks, next);
}

/** In a checkout of Dormant itself, in a team's repository, and where there is none yet. */
function listFirstSteps(repo: string): NextStep[] {
  const has = (path: string) => existsSync(join(repo, path));
  const addTenant = {
    run: `${nameProgram()} init <stack>`,
    why: `add your tenant; ${locatePage('guides/adopt.md')} has all steps`,
  };
  const look = { run: `${nameProgram()} look`, why: 'see what it would propose for your tenant, by your own sign-in' };
  const begin = { run: `${nameProgram()} init --new <folder>`, why: 'make a repository for what your team decides' };
  if (has('demo/story.ts'))
    return [look, { run: 'npm start', why: 'see the whole story on an embedded tenant' }, begin, addTenant];
  return has('policy/policy.yaml') ? [addTenant] : [look, begin];
}

async function readStanding(repo: string, stack: string): Promise<Standing> {
  const files = await openWorkingTree(repo).list(getAccountsFolder(stack));
  const accounts = files.filter((name) => name.endsWith('.yaml')).length;
  const auditedOn = await readLastAudit(join(getOutFolder(repo, stack), 'audit.json'));
  const steps = listSteps(stack, accounts, auditedOn);
  const next = (await lacksKey(repo, stack)) ? [{ run: buildKeyCommand(stack), why: makeKey }, ...steps] : steps;
  return { stack, accounts, auditedOn, next };
}

const makeKey = 'make the key that signs what audits see; without one nothing is proposed';

/** A tenant.yaml that cannot be read is another command's to tell. */
async function lacksKey(repo: string, stack: string): Promise<boolean> {
  return loadTenant(openWorkingTree(repo), stack).then(
    ({ value }) => value.signing?.current === undefined,
    () => false,
  );
}

function listSteps(stack: string, accounts: number, auditedOn: Day | null): NextStep[] {
  const audit = {
    run: `${nameProgram()} audit ${stack}`,
    why: 'read the tenant, and write lists, report and proposal',
  };
  const preview = { run: `${nameProgram()} preview ${stack}`, why: 'see what the apply would do with these files' };
  if (auditedOn !== null) {
    const propose = {
      run: `${nameProgram()} propose ${stack}`,
      why: `open or update its pull request; out/${stack}/report.html shows the audit`,
    };
    return [propose, audit, ...(accounts > 0 ? [preview] : [])];
  }
  if (accounts > 0) return [audit, preview];
  return [{ run: `${nameProgram()} doctor ${stack}`, why: 'see whether everything is set up' }, audit];
}

/** The keys are sorted, so the day is at the start of the file, which may have hundreds of megabytes. */
async function readLastAudit(path: string): Promise<Day | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(200) }).finally(() => file.close());
  return /"auditedOn": "(\d{4}-\d{2}-\d{2})"/.exec(buffer.toString('utf8', 0, bytesRead))?.[1] ?? null;
}

function printStandings(stacks: readonly Standing[], next: readonly NextStep[]): void {
  if (stacks.length === 0) printSteps('No tenant yet in this repository.', next);
  for (const { stack, accounts, auditedOn, next: steps } of stacks) {
    const audited = auditedOn === null ? 'not audited on this machine' : `audited on ${formatDay(auditedOn, '')}`;
    printSteps(`${stack}: ${formatCount(accounts, 'account')} in its files, ${audited}.`, steps);
  }
  console.log(pc.dim('dormant --help lists all commands.'));
}

function printSteps(title: string, steps: readonly NextStep[]): void {
  console.log(title);
  const width = Math.max(...steps.map(({ run }) => run.length));
  for (const { run, why } of steps) console.log(`  ${pc.bold(run.padEnd(width))}  ${pc.dim(why)}`);
}

function createUnknownCommandError(word: string): DormantError {
  return new DormantError('no-such-command', `There is no command "${word}".`, {
    exitCode: 2,
    where: 'dormant',
    remedy: 'Run dormant --help to see all commands.',
  });
}
