// dormant repeat: starts the apply again where something merged was lost or left unfinished, and says that nothing is otherwise.
import { Command } from 'commander';
import { dispatchWorkflow } from '../../forge/github/dispatch.ts';
import { describeStop, type TakingStop } from '../../policy/pause/taking-stop.ts';
import { translateEngineError } from '../../stacks/engine/engine-errors.ts';
import { updateLostIssue } from '../apply/apply-issue.ts';
import { findLostApply, type LostApply } from '../apply/find-lost-apply.ts';
import { buildRunOptions } from '../apply/run-options.ts';
import { appendSummary } from '../github-actions.ts';
import { findGitHub } from '../github-remote.ts';
import { getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';

interface Options {
  today?: string;
}

export function createRepeatCommand(): Command {
  return new Command('repeat')
    .description('Start the apply again where something merged was lost or left unfinished: main is the only source.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--today <day>', 'the day of the apply, or with an hour 2026-12-07T18:30 (embedded tenant only)')
    .action(repeat);
}

async function repeat(stack: string, { today }: Options, command: Command): Promise<void> {
  const { repo: repository, json, verbose } = getGlobals(command);
  const options = await buildRunOptions({ repo: repository, stack, today, identity: 'audit', verbose });
  const { lost, stop, waiting } = await findLostApply(options).catch((error: unknown) => {
    throw translateEngineError(error);
  });
  const github = findGitHub(process.env, { verbose });
  const isStarted = github !== null && lost.length > 0;
  if (isStarted) await dispatchWorkflow(github, 'apply.yml', { stack });
  const text = [...describeWaits(stack, stop, waiting), ...describeLost(stack, { lost, stop, isStarted })].join('\n\n');
  await appendSummary(text);
  if (json) printJson({ stack, lost, stop, waiting, isStarted });
  else console.log(text);
  // What waits is neither lost nor gone through.
  const isUnsaid = stop !== null && lost.length === 0;
  if (github && !isUnsaid)
    await updateLostIssue(github, { repo: repository, stack, text: lost.length === 0 ? null : text });
}

function describeWaits(stack: string, stop: TakingStop | null, waiting: readonly string[]): string[] {
  if (stop === null) return [];
  const what =
    waiting.length === 0 ? 'Nothing waits for that.' : `${waiting.join(' ')} The first run after that goes on.`;
  return [`${stack}: ${describeStop(stop)} ${what}`];
}

function describeLost(
  stack: string,
  { lost, stop, isStarted }: Pick<LostApply, 'lost' | 'stop'> & { isStarted: boolean },
): string[] {
  if (lost.length === 0 && stop !== null) return [];
  return [describe(stack, lost, isStarted)];
}

function describe(stack: string, lost: readonly string[], isStarted: boolean): string {
  if (lost.length === 0)
    return `${stack}: applies have gone through all that main says, and nothing is left to go on with.`;
  const what = isStarted ? 'The apply was started again.' : `Run: ${nameProgram()} apply ${stack}`;
  return `${stack}: ${lost.join(' ')} Main is the only source; what got lost is repeated. ${what}`;
}
