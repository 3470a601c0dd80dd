// Problems in files: as path:line:column for people, as annotations on the line for GitHub. And what a whole run should warn of.
import type { Problem } from '../policy/errors.ts';
import { pcError as pc } from './colors.ts';
import { escapeCommands, isOnActions, sanitiseLog } from './github-actions.ts';

/** On GitHub Actions each problem is also a workflow command. Its text cannot start another one, and has no addresses. */
export function printProblems(problems: readonly Problem[], env: NodeJS.ProcessEnv = process.env): void {
  for (const { path, line, column, code, message: sentence } of problems) {
    const message = sanitiseLog(sentence, env);
    const where = `${escapeCommands(path)}:${line}:${column}`;
    console.error(`${pc.bold(where)}: ${message} ${pc.dim(`(${code})`)}`);
    if (isOnActions(env)) {
      const properties = `file=${escapeProperty(path)},line=${line},col=${column},title=${escapeProperty(code)}`;
      console.log(`::error ${properties}::${escapeData(message)}`);
    }
  }
}

/** Shown above a run on GitHub Actions, whatever becomes of it; elsewhere nothing. */
export function annotateRun(warnings: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  if (!isOnActions(env)) return;
  for (const warning of warnings) console.log(`::warning::${escapeData(sanitiseLog(warning, env))}`);
}

/** The escapes that the Actions runner decodes: https://github.com/actions/toolkit, packages/core, command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
