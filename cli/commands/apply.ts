// dormant apply: makes the merged files true. Ends red when any account was refused or failed, with all of them named.
import { Command } from 'commander';
import { applyStack } from '../../stacks/run.ts';
import { changesOf } from '../apply/changes.ts';
import { printChanges } from '../apply/print-changes.ts';
import { writeRecord } from '../apply/record.ts';
import { runOptions } from '../apply/run-options.ts';
import { globals, printJson } from '../globals.ts';
import { progressTo } from '../progress.ts';

interface Options {
  today?: string;
  clearLock: boolean;
}

export function applyCommand(): Command {
  return new Command('apply')
    .description('Make the merged account files true in the tenant, and nothing else.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--clear-lock', 'clear the lock of a run that is known to be gone', false)
    .option('--today <day>', 'the day of the apply (embedded tenant only)')
    .action(apply);
}

async function apply(stack: string, { today, clearLock }: Options, command: Command): Promise<void> {
  const { repo, json, verbose } = globals(command);
  const options = await runOptions(repo, stack, today);
  const progress = progressTo(process.stderr, { verbose });
  const outcome = await applyStack({
    ...options,
    isForced: clearLock,
    onProgress: (done, total) => progress.report({ source: 'accounts', done, total }),
    onNote: (sentence) => console.error(sentence),
  }).finally(progress.end);
  const changes = changesOf(outcome, options.files);
  const written = await writeRecord(repo, options, outcome, changes);
  if (json) printJson({ ...changes, written });
  else printChanges(changes);
  if (changes.refused.length > 0 || outcome.accounts.some(({ report }) => report.failure))
    process.exitCode = 1;
}
