// The rules a pull request's files must keep, over and above their schemas. All problems at once. Pure.
import type { Problem } from '../errors.ts';
import { tooManyChanges } from './caps.ts';
import { escalationProblems } from './escalations.ts';
import { exemptionProblems } from './exemptions.ts';
import type { CheckInput } from './input.ts';
import { protectedInStage } from './protected.ts';
import { duplicateAccounts, editedRecord } from './record.ts';
import { beyondStage, blockTakesMore, missingReason, stageJump, stageTooEarly } from './stages.ts';

type CheckRule = (input: CheckInput) => Problem[];

const rules: readonly CheckRule[] = [
  duplicateAccounts,
  editedRecord,
  stageJump,
  stageTooEarly,
  blockTakesMore,
  missingReason,
  beyondStage,
  protectedInStage,
  tooManyChanges,
  exemptionProblems,
  escalationProblems,
];

/** Every problem, in the order of files and lines; empty when the stack may be merged. */
export function checkStack(input: CheckInput): Problem[] {
  const problems = rules.flatMap((rule) => rule(input));
  return problems.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}
