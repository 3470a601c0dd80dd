// The rules a pull request's files must keep, over and above their schemas. All problems at once. Pure.
import type { Problem } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Exemptions } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import type { ParsedYaml } from '../yaml.ts';
import { tooManyChanges } from './caps.ts';
import { exemptionProblems } from './exemptions.ts';
import { protectedInStage } from './protected.ts';
import { duplicateAccounts, editedRecord } from './record.ts';
import { beyondStage, missingReason, stageJump, stageTooEarly } from './stages.ts';

/** An account file on the base branch. */
export interface BaseFile {
  file: AccountFile;
  /** The day its stage reached the base branch. */
  since: Day;
}

export interface CheckInput {
  stack: string;
  today: Day;
  /** The base branch's policy: a pull request cannot loosen a rule and use the loosened rule at once. */
  policy: Policy;
  pipelineAccounts: readonly string[];
  /** By path. */
  base: ReadonlyMap<string, BaseFile>;
  head: readonly ParsedYaml<AccountFile>[];
  exemptions: ParsedYaml<Exemptions> | null;
}

export type CheckRule = (input: CheckInput) => Problem[];

const rules: readonly CheckRule[] = [
  duplicateAccounts,
  editedRecord,
  stageJump,
  stageTooEarly,
  missingReason,
  beyondStage,
  protectedInStage,
  tooManyChanges,
  exemptionProblems,
];

/** Every problem, in the order of files and lines; empty when the stack may be merged. */
export function checkStack(input: CheckInput): Problem[] {
  const problems = rules.flatMap((rule) => rule(input));
  return problems.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

/** A problem at the place of `keys` in the file. */
export function problemAt(
  parsed: ParsedYaml<unknown>,
  keys: readonly (string | number)[],
  code: string,
  message: string,
): Problem {
  return { path: parsed.path, ...parsed.at(keys), code, message };
}
