// The rules for a pull request's files, beyond their schemas. All problems at once. Pure.
import type { Problem } from '../errors.ts';
import { checkDuplicateAccounts, checkRecord } from './audit-record.ts';
import { checkCaps } from './caps.ts';
import { checkEscalations } from './escalations.ts';
import { checkExemptions } from './exemptions.ts';
import type { CheckInput } from './input.ts';
import { checkProtectedAccounts } from './protected-accounts.ts';
import { checkBlockLoss, checkDesired, checkReason, checkStageDays, checkStageJump } from './stages.ts';

type CheckRule = (input: CheckInput) => Problem[];

const rules: readonly CheckRule[] = [
  checkDuplicateAccounts,
  checkRecord,
  checkStageJump,
  checkStageDays,
  checkBlockLoss,
  checkReason,
  checkDesired,
  checkProtectedAccounts,
  checkCaps,
  checkExemptions,
  checkEscalations,
];

/** Every problem, in the order of files and lines; empty when the stack may be merged. */
export function checkStack(input: CheckInput): Problem[] {
  const problems = rules.flatMap((rule) => rule(input));
  return problems.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}
