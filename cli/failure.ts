// Errors on the terminal: what is wrong, where, what to do. Exit codes: 1 refused or failed, 2 bad input.
import { CommanderError } from 'commander';
import { DormantError, InvalidInput } from '../policy/errors.ts';
import { forLog } from './actions.ts';
import { printProblems } from './annotations.ts';
import { pcError as pc } from './colors.ts';

/** Commander prints its own messages; everything else is printed here, on standard error. */
export function printFailure(error: unknown): void {
  if (error instanceof CommanderError) return;
  if (error instanceof InvalidInput) {
    printProblems(error.problems);
  } else if (error instanceof DormantError) {
    console.error(`${pc.red('error')} ${forLog(error.message)}`);
    if (error.where) console.error(`   ${pc.dim('at')} ${forLog(error.where)}`);
    if (error.remedy) console.error(`   ${pc.dim('do')} ${forLog(error.remedy)}`);
  } else {
    // A defect of ours: the stack is what whoever mends it needs.
    console.error(forLog(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof DormantError ? error.exitCode : 1;
}
