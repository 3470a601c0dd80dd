// What commands do differently in a step of GitHub Actions: a summary for people, and a log without names.
import { appendFile } from 'node:fs/promises';

export function isOnActions(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

/** Appends to the step's summary; does nothing outside of Actions. */
export async function appendSummary(markdown: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file) await appendFile(file, `${markdown.trimEnd()}\n\n`);
}

/** For a log. Addresses stay in the summary, the artifact or the comment, which are kept for less long. */
export function redactAddresses(text: string): string {
  return text.replace(/[^\s"'`<>()[\],;:=/]+@[\w-]+(\.[\w-]+)*\.[a-z][\w-]*/gi, '(an address)');
}

/**
 * The runner takes `::` at the start of a line for a command, and `##[` anywhere in it. A title, a file name or an answer
 * of Graph must not be one: https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs.
 */
export function escapeCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

/** Unchanged on a terminal; in a workflow's log without addresses and without workflow commands. */
export function sanitiseLog(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return isOnActions(env) ? escapeCommands(redactAddresses(text)) : text;
}
