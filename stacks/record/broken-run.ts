// A preview or an apply that ended before its result, in the same form as a result: with the reason, without accounts.
import { DormantError, formatProblem, InvalidInput } from '../../policy/errors.ts';
import type { Changes } from './changes-comment.ts';

export function buildBrokenRun(stack: string, mode: Changes['mode'], error: unknown): Changes {
  return {
    ...{ stack, mode, currency: 'USD', stopped: describeError(error) },
    ...{ disabled: [], delicensed: [], restored: [], quarantined: [], mailed: [], refused: [], failed: [] },
    withoutSignIns: false,
    sinceLastTime: [],
  };
}

export function describeError(error: unknown): string {
  if (error instanceof InvalidInput) {
    const [first] = error.problems;
    const more = error.problems.length - 1;
    if (first) return `${formatProblem(first)}${more > 0 ? ` (and ${more} more problems)` : ''}`;
  }
  if (error instanceof DormantError) return `${error.message} ${error.remedy}`.trim();
  // A defect of ours or of the engine; its message may be pages long.
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `The run failed unexpectedly: ${line}`;
}
