// Errors on the terminal in three lines: what is wrong, where, what to do. Exit codes: 1 refused or failed, 2 bad input.
import { CommanderError } from 'commander';
import type { ErrorCode } from '../policy/error-codes.ts';
import { DormantError, InvalidInput } from '../policy/errors.ts';
import { printProblems, toShownProblems } from './annotations.ts';
import { pcError as pc } from './colors.ts';
import { sanitiseLog } from './github-actions.ts';
import { printJson } from './globals.ts';

/** On standard error; with `json` also as a document on standard output. Commander prints its own messages. */
export function printFailure(error: unknown, { json = false }: { json?: boolean } = {}): void {
  if (json && !(error instanceof CommanderError && error.exitCode === 0)) printJson({ error: toErrorDocument(error) });
  if (error instanceof CommanderError) return;
  if (error instanceof InvalidInput) {
    printProblems(error.problems);
  } else if (error instanceof DormantError) {
    console.error(formatError(error));
  } else {
    // A defect of ours: its stack is needed to fix it.
    console.error(sanitiseLog(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

/** Commander's message about a command line, in the same three lines. */
export function formatUsageFault(text: string, command: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replaceAll('\n', ' ');
  return `${formatError({ message, where: command, remedy: `Run ${command} --help to see what it takes.` })}\n`;
}

export function getExitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof DormantError ? error.exitCode : 1;
}

function formatError({ message, where, remedy }: Pick<DormantError, 'message' | 'where' | 'remedy'>): string {
  const lines = [
    `${pc.red('error')} ${sanitiseLog(message)}`,
    ...(where ? [`   ${pc.dim('at')} ${sanitiseLog(where)}`] : []),
    ...(remedy ? [`   ${pc.dim('do')} ${sanitiseLog(remedy)}`] : []),
  ];
  return lines.join('\n');
}

const defect: ErrorCode = 'defect';

function toErrorDocument(error: unknown) {
  if (error instanceof InvalidInput) return { code: error.code, problems: toShownProblems(error.problems) };
  if (error instanceof DormantError) {
    const { code, message, where, remedy } = error;
    return { code, message: sanitiseLog(message), where: sanitiseLog(where), remedy: sanitiseLog(remedy) };
  }
  const message = sanitiseLog(error instanceof Error ? error.message : String(error));
  return { code: error instanceof CommanderError ? error.code : defect, message, where: '', remedy: '' };
}
