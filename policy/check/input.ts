// The input of the check rules, and how they point at a place in a file. Pure.
import type { ErrorCode } from '../error-codes.ts';
import type { Problem } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Escalations } from '../schemas/escalations.ts';
import type { Exemptions } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';

/** An account file on the base branch. */
interface BaseFile {
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
  escalations: ParsedYaml<Escalations> | null;
}

/** A problem at the place of `keys` in the file. */
export function buildProblem(
  parsed: ParsedYaml<unknown>,
  keys: readonly (string | number)[],
  code: ErrorCode,
  message: string,
): Problem {
  return { path: parsed.path, ...parsed.locate(keys), code, message };
}
