// Problems in files: as path:line:column for people, as annotations on the line for GitHub. And what a whole run should warn of.
import { errorCodes } from '../policy/error-codes.ts';
import type { Problem } from '../policy/errors.ts';
import { findPeopleFolder, quotesPeople } from '../policy/words/redact-names.ts';
import { pcError as pc } from './colors.ts';
import { escapeCommands, isOnActions, sanitiseLog } from './github-actions.ts';

/** On GitHub Actions each problem is also a workflow command. Its text cannot start another one, and names nobody. */
export function printProblems(problems: readonly Problem[], env: NodeJS.ProcessEnv = process.env): void {
  for (const { path, line, column, code, message } of toShownProblems(problems, env)) {
    const where = `${escapeCommands(path)}:${line}:${column}`;
    console.error(`${pc.bold(where)}: ${message} ${pc.dim(`(${code})`)}`);
    if (isOnActions(env)) {
      // Without a place where the file's name is a person's: the log does not show it, but the page of the run does.
      const place = findPeopleFolder(path) === null ? `file=${escapeProperty(path)},line=${line},col=${column},` : '';
      console.log(`::error ${place}title=${escapeProperty(code)}::${escapeData(message)}`);
    }
  }
}

/** As a terminal or a workflow's log shows them. */
export function toShownProblems(problems: readonly Problem[], env: NodeJS.ProcessEnv = process.env): Problem[] {
  const shown = isOnActions(env) ? problems.map(withoutNames(listNamedFiles(problems))) : problems;
  return shown.map((problem) => ({ ...problem, message: sanitiseLog(problem.message, env) }));
}

/** Files whose names are people's, numbered in the order of their problems, which the comment on the pull request has, too. */
function listNamedFiles(problems: readonly Problem[]): Map<string, number> {
  const paths = new Set(problems.map(({ path }) => path).filter((path) => findPeopleFolder(path) !== null));
  return new Map([...paths].map((path, index) => [path, index + 1]));
}

/** Of a file about people a log has its folder, a number, the line and what the code means: a sentence may quote the file. */
function withoutNames(numbers: ReadonlyMap<string, number>) {
  return (problem: Problem): Problem => {
    const { path, code, message } = problem;
    const folder = findPeopleFolder(path);
    return {
      ...problem,
      path: folder === null ? path : `${folder}(file ${numbers.get(path)})`,
      message: quotesPeople(path) ? errorCodes[code].when : message,
    };
  };
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
