// What a command does differently in a step of GitHub Actions: a summary that people read, and a log that names nobody.
import { appendFile } from 'node:fs/promises';

export function isOnActions(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.GITHUB_ACTIONS === 'true';
}

/** Appends to the step's summary; nothing happens outside of Actions. */
export async function appendSummary(markdown: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (file) await appendFile(file, `${markdown.trimEnd()}\n\n`);
}

/** For a log: whoever's address it is stands in the summary, in the artifact or in the comment, which are kept for less long. */
export function redactAddresses(text: string): string {
  return text.replace(/[^\s"'`<>()[\],;:=/]+@[\w-]+(\.[\w-]+)*\.[a-z][\w-]*/gi, '(an address)');
}

/**
 * The runner takes `::` at the start of a line for a command, and `##[` anywhere in it. A title, a file's name or what Graph
 * answered must not be one: https://github.com/actions/runner, src/Runner.Common/ActionCommand.cs.
 */
export function escapeCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

/** As it is on a terminal; in the log of a workflow without addresses, and without anything that the runner would obey. */
export function sanitiseLog(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return isOnActions(env) ? escapeCommands(redactAddresses(text)) : text;
}
