// dormant apply: applies the merged files to the tenant. Fails if any account was refused or failed, and names them all.
import { Command } from 'commander';
import { getOutFolder } from '../../audit/out-folder.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { requireStackName } from '../../policy/files/stack-files.ts';
import type { NewWitness } from '../../policy/signing/key-trust.ts';
import type { StackRunOptions } from '../../stacks/engine/engine-plan.ts';
import { clearRecord, writeRecord } from '../../stacks/record/apply-record.ts';
import { buildBrokenRun, describeError } from '../../stacks/record/broken-run.ts';
import { type Changes, renderChangesSummary } from '../../stacks/record/changes-comment.ts';
import { describeClocks } from '../../stacks/record/describe-clocks.ts';
import { hideOutcome } from '../../stacks/record/hide-changes.ts';
import { summariseChanges } from '../../stacks/record/summarise-changes.ts';
import { applyStack, type StackOutcome } from '../../stacks/run-stack.ts';
import { annotateRun } from '../annotations.ts';
import { updateApplyIssue } from '../apply/apply-issue.ts';
import { updateKeyIssue } from '../apply/key-issue.ts';
import { printChanges } from '../apply/print-changes.ts';
import { buildRunOptions } from '../apply/run-options.ts';
import { type GiveBackNews, listGiveBackNews, tellGiveBacks } from '../apply/tell-give-backs.ts';
import { describeOldAudit } from '../audit/describe-old-audit.ts';
import { appendSummary, sanitiseLog } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { createProgressLine } from '../progress.ts';
import { readHidingStyle } from '../read-hiding-style.ts';

interface Options {
  today?: string;
  clearLock?: boolean;
  rewoundTo?: string;
  commitMap?: string;
}

interface ApplyResult {
  changes: Changes;
  needsPerson: boolean;
  /** The next run says what still needs a person. */
  gaveWay?: boolean;
  /** Something waits for a pause or its like to be over: whether it still needs a person shows after that. */
  isStopped?: boolean;
  /** Keys whose word does not count yet; absent: the run ended before it knew. */
  newWitnesses?: readonly NewWitness[];
  /** What became of who is given back by give-back/; absent: the run ended before it knew. */
  giveBacks?: readonly GiveBackNews[];
  /** Why the run ended early; absent: it did not. */
  error?: unknown;
}

export function createApplyCommand(): Command {
  return new Command('apply')
    .description('Make the merged account files true in the tenant, and nothing else.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--clear-lock', 'clear the lock of a run that is known to be gone')
    .option('--rewound-to <commit>', 'main was set back to this commit, its tip, on purpose')
    .option('--commit-map <file>', 'main’s history was rewritten: old and new ids, as git filter-repo writes them')
    .option('--today <day>', 'the day of the apply, or with an hour 2026-12-07T18:30 (embedded tenant only)')
    .action(apply);
}

async function apply(stack: string, options: Options, command: Command): Promise<void> {
  requireStackName(stack);
  const { repo } = getGlobals(command);
  const github = findGitHub(process.env, getGlobals(command));
  if (github) await requirePrivateRepository(github);
  const result = await applyAndWrite(stack, { ...options, github }, getGlobals(command)).catch(
    async (error: unknown): Promise<ApplyResult> => {
      const names = await readHidingStyle(repo);
      return {
        changes: { ...buildBrokenRun(stack, 'apply', error), ...(names && { names }) },
        needsPerson: true,
        error,
      };
    },
  );
  await publishResult(github, repo, result);
  if ('error' in result) throw result.error;
  if (result.needsPerson) process.exitCode = 1;
}

async function applyAndWrite(
  stack: string,
  { today, clearLock = false, rewoundTo, commitMap, github }: Options & { github: GitHub | null },
  { repo, json, verbose }: Globals,
): Promise<ApplyResult> {
  const folder = getOutFolder(repo, stack);
  await clearRecord(folder);
  const options = await buildRunOptions({ repo, stack, today, identity: 'apply', verbose, rewoundTo, commitMap });
  const progress = createProgressLine(process.stderr, { verbose });
  const run = await applyOrTell({
    ...options,
    isForced: clearLock,
    onProgress: (done, total) => progress.update({ source: 'accounts', done, total }),
    onWaiting({ mailbox, licenses, directory }) {
      progress.update({ source: 'waiting for mailboxes', done: mailbox });
      progress.update({ source: 'waiting for licences', done: licenses });
      progress.update({ source: 'waiting for the directory', done: directory });
    },
    onNote: (sentence) => progress.print(sanitiseLog(sentence)),
  }).finally(progress.end);
  const { outcome } = run;
  const clocks = describeClocks(outcome, outcome.files, options.today);
  const stopped = 'error' in run ? describeError(run.error) : null;
  const warnings = await describeOldAudit(github, options.today);
  if (!json) annotateRun(warnings);
  const notes = [...outcome.notes, ...warnings];
  const changes = { ...summariseChanges({ ...outcome, notes }, outcome.files), clocks, stopped };
  const written = await writeRecord(folder, options, { outcome, changes });
  if ('error' in run) {
    if (!json) printChanges(changes);
    return { changes, needsPerson: true, giveBacks: listGiveBackNews(hideOutcome(outcome)), error: run.error };
  }
  if (json) printJson({ ...changes, written });
  else printChanges(changes);
  const hasFailed =
    [...outcome.unsent, ...(outcome.quarantine?.failures ?? [])].length > 0 ||
    outcome.accounts.some(({ report }) => report.failure);
  const isLimited = outcome.limited !== null;
  const needsPerson = hasFailed || isLimited || changes.refused.length > 0;
  const { gaveWay, newWitnesses } = outcome;
  const giveBacks = listGiveBackNews(hideOutcome(outcome));
  return { changes, needsPerson, gaveWay, isStopped: outcome.stop !== null, newWitnesses, giveBacks };
}

/** `error`: the run ended early, and the outcome is what it had done by then. Throws where it had not begun. */
async function applyOrTell(options: StackRunOptions): Promise<{ outcome: StackOutcome; error?: unknown }> {
  const broken: StackOutcome[] = [];
  try {
    return { outcome: await applyStack({ ...options, onBroken: (outcome) => broken.push(outcome) }) };
  } catch (error) {
    const [outcome] = broken;
    if (outcome === undefined) throw error;
    return { outcome, error };
  }
}

/** The tenant has changed already: if GitHub cannot be reached, that is logged, and the result of the run stays. */
async function publishResult(
  github: GitHub | null,
  repo: string,
  { changes, needsPerson, gaveWay = false, isStopped = false, newWitnesses, giveBacks = [] }: ApplyResult,
): Promise<void> {
  await appendSummary(
    renderChangesSummary(changes, `Who is concerned stands in the artifact \`apply-${changes.stack}\` of this run.`),
  );
  if (github === null) return;
  const sayTrouble = (trouble: unknown) =>
    console.error(sanitiseLog(`GitHub could not be told of this apply: ${String(trouble)}`));
  await tellGiveBacks(github, { repo, news: giveBacks }).catch(sayTrouble);
  if (gaveWay && !needsPerson) return;
  const isOpen = isStopped && !needsPerson;
  if (!isOpen) await updateApplyIssue(github, { repo, changes, needsPerson }).catch(sayTrouble);
  if (newWitnesses !== undefined)
    await updateKeyIssue(github, { repo, stack: changes.stack, newWitnesses }).catch(sayTrouble);
}
