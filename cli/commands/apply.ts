// dormant apply: makes the merged files true. Ends red when any account was refused or failed, with all of them named.
import { Command } from 'commander';
import type { GitHub } from '../../audit/proposal/github/github.ts';
import { refusePublicRepository } from '../../audit/proposal/github/refuse-public.ts';
import { type Changes, changesComment } from '../../audit/proposal/markdown/changes-comment.ts';
import { requireStackName } from '../../policy/repository.ts';
import { applyStack } from '../../stacks/run.ts';
import { appendSummary, forLog } from '../actions.ts';
import { brokenRun } from '../apply/broken.ts';
import { changesOf } from '../apply/changes.ts';
import { findClocks } from '../apply/clocks.ts';
import { tellOfApply } from '../apply/issue.ts';
import { printChanges } from '../apply/print-changes.ts';
import { clearRecord, writeRecord } from '../apply/record.ts';
import { runOptions } from '../apply/run-options.ts';
import { type Globals, globals, printJson } from '../globals.ts';
import { progressTo } from '../progress.ts';
import { githubFrom } from '../remote.ts';

interface Options {
  today?: string;
  clearLock?: boolean;
}

interface Applied {
  changes: Changes;
  needsPerson: boolean;
}

export function applyCommand(): Command {
  return new Command('apply')
    .description('Make the merged account files true in the tenant, and nothing else.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--clear-lock', 'clear the lock of a run that is known to be gone')
    .option('--today <day>', 'the day of the apply (embedded tenant only)')
    .action(apply);
}

async function apply(stack: string, options: Options, command: Command): Promise<void> {
  requireStackName(stack);
  const github = githubFrom(process.env, globals(command));
  if (github) await refusePublicRepository(github);
  const { changes, needsPerson } = await applyAndWrite(stack, options, globals(command)).catch(
    async (error: unknown) => {
      await tell(github, { changes: brokenRun(stack, 'apply', error), needsPerson: true });
      throw error;
    },
  );
  await tell(github, { changes, needsPerson });
  if (needsPerson) process.exitCode = 1;
}

async function applyAndWrite(
  stack: string,
  { today, clearLock = false }: Options,
  { repo, json, verbose }: Globals,
): Promise<Applied> {
  await clearRecord(repo, stack);
  const options = await runOptions({ repo, stack, today, identity: 'apply', verbose });
  const progress = progressTo(process.stderr, { verbose });
  const outcome = await applyStack({
    ...options,
    isForced: clearLock,
    onProgress: (done, total) => progress.report({ source: 'accounts', done, total }),
    onWaiting({ mailbox, licences, directory }) {
      progress.report({ source: 'waiting for mailboxes', done: mailbox });
      progress.report({ source: 'waiting for licences', done: licences });
      progress.report({ source: 'waiting for the directory', done: directory });
    },
    onNote: (sentence) => console.error(forLog(sentence)),
  }).finally(progress.end);
  const clocks = findClocks(outcome, options.files, options.today);
  const changes = { ...changesOf(outcome, options.files), clocks };
  const written = await writeRecord(repo, options, outcome, changes);
  if (json) printJson({ ...changes, written });
  else printChanges(changes);
  const hasFailed =
    [...outcome.unsent, ...(outcome.quarantine?.failures ?? [])].length > 0 ||
    outcome.accounts.some(({ report }) => report.failure);
  const isLimited = outcome.limited !== null;
  return { changes, needsPerson: hasFailed || isLimited || changes.refused.length > 0 };
}

/** What has happened to people has happened: that GitHub cannot be told of it is told, and the run's own end stands. */
async function tell(github: GitHub | null, { changes, needsPerson }: Applied): Promise<void> {
  await appendSummary(changesComment(changes));
  if (github === null) return;
  await tellOfApply(github, changes, needsPerson).catch((trouble: unknown) =>
    console.error(forLog(`GitHub could not be told of this apply: ${String(trouble)}`)),
  );
}
