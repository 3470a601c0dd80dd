// The input of the check rules, and how they point at a place in a file. Pure.
import type { ErrorCode } from '../error-codes.ts';
import type { Problem } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { LoadedGiveBacks } from '../files/give-back-file.ts';
import type { InForceFile } from '../plan/input.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Escalations } from '../schemas/escalations.ts';
import type { Exemptions } from '../schemas/exemptions.ts';
import type { Policy } from '../schemas/policy.ts';
import type { RecordKey } from '../schemas/records.ts';
import type { Tenant } from '../schemas/tenant.ts';
import type { SigningContext } from '../signing/account-past.ts';
import type { JudgedFile } from '../signing/judge-files.ts';
import type { LineRules } from '../signing/line-rules.ts';
import type { FileVersion } from '../signing/main-line.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';

/** The files as they are, compared with nothing. */
export interface FilesInput {
  stack: string;
  today: Day;
  /** The base branch's policy: a pull request cannot loosen a rule and use the loosened rule at once. */
  policy: Policy;
  head: readonly ParsedYaml<AccountFile>[];
  exemptions: ParsedYaml<Exemptions> | null;
  escalations: ParsedYaml<Escalations> | null;
}

export interface CheckInput extends FilesInput {
  /** By the base branch's settings and by the pull request's. */
  pipelineAccounts: readonly string[];
  main: MainFiles;
  /** By the base branch's keys. */
  signing: SigningContext;
  tenant: ParsedYaml<Tenant>;
  /** The files of `archive/`: path → text. */
  archive: ReadonlyMap<string, string>;
  /** Paths of `archive/` that the branch has taken away by the pipeline's own commits alone. */
  erasedByPipeline: ReadonlySet<string>;
  /** The files of `give-back/`, read, and path → text, also of those that cannot be read. */
  giveBacks: LoadedGiveBacks;
  giveBackTexts: ReadonlyMap<string, string>;
  /** What the branch's own commits had at the path of a file that is new: path → texts, the latest first. */
  branchVersions: ReadonlyMap<string, readonly string[]>;
}

/** The base branch. */
export interface MainFiles {
  inForce: readonly InForceFile[];
  /** The files of `archive/`: path → text. */
  archive: ReadonlyMap<string, string>;
  /** Every version of both folders. */
  versions: readonly FileVersion[];
  /** The files of `give-back/`: path → text. */
  giveBacks: ReadonlyMap<string, string>;
  /** Every version of them. */
  giveBackVersions: readonly FileVersion[];
  /** What its line says of days; null: it is not known. */
  lineRules: LineRules | null;
  /** What the base branch had where this one began: what came later was not taken out here. */
  knownPaths: ReadonlySet<string>;
  exemptions: Exemptions['exemptions'];
  /** Of its tenant.yaml. */
  recordKeys: readonly RecordKey[];
  /** null: it has no such file. */
  escalations: Escalations | null;
}

/** An account on the base branch. */
export interface BaseFile {
  file: AccountFile;
  /** The day its stage reached the base branch. */
  since: Day;
}

export interface JudgedInput extends CheckInput {
  /** By path, held against the base branch's history. */
  judged: ReadonlyMap<string, JudgedFile>;
  /** By path of the pull request's file: what the base branch has of its account, wherever that is. */
  base: ReadonlyMap<string, BaseFile>;
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

/** A problem of a file as a whole. */
export function buildFileProblem(path: string, code: ErrorCode, message: string): Problem {
  return { path, line: 1, column: 1, code, message };
}
