// What commands do differently in a step of GitHub Actions: a summary for people, and a log without names.
import { appendFile } from 'node:fs/promises';
import { redactNames } from '../policy/words/redact-names.ts';

export function isOnActions(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

/** Appends to the step's summary; does nothing outside of Actions. */
export async function appendSummary(markdown: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file) await appendFile(file, `${markdown.trimEnd()}\n\n`);
}

/**
 * The runner takes `::` at the start of a line for a command, and `##[` anywhere in it. A title, a file name or an answer
 * of Graph must not be one: https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs.
 */
export function escapeCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

/** Unchanged on a terminal; in a workflow's log without names and without workflow commands. */
export function sanitiseLog(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return isOnActions(env) ? escapeCommands(redactNames(text)) : text;
}
