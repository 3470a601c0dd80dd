// Which files of a change may stand, held against main's history, and what is in force where one may not. Pure.
import { getStageOrder } from '../files/stage.ts';
import { foldId } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import {
  type AccountPast,
  findSincePlace,
  holdBack,
  judgeStep,
  noPast,
  readAccountPast,
  type SigningContext,
} from './account-past.ts';
import {
  type EvidenceLimit,
  findVouching,
  type JudgedVersion,
  judgeVersion,
  type SigningProblem,
} from './judge-version.ts';
import { type FileVersion, groupVersions } from './main-line.ts';

export interface JudgedFile {
  path: string;
  /** As it is written. */
  file: AccountFile;
  /** Empty: it may stand. */
  problems: readonly SigningProblem[];
  facts: JudgedVersion['facts'];
  /** What main has of its account; read when it is asked for. */
  readonly past: AccountPast;
  /** What counts: the file where it may stand, otherwise what stood before, held back as people say; null: nothing. */
  inForce: AccountFile | null;
}

/** An account file as text and value. */
interface WrittenFile {
  path: string;
  text: string;
  value: AccountFile;
}

interface JudgeFilesInput {
  files: readonly WrittenFile[];
  /** Main's versions up to the base, the oldest first. */
  versions: readonly FileVersion[];
  /** How old evidence may be that takes an account further; absent: the files are on main already. */
  limit?: EvidenceLimit;
  /** Whether an apply has made the file true already, so that its moves need not be asked about. Default: none. */
  isApplied?(path: string, file: AccountFile): boolean;
}

/** In the order of the files. */
export function judgeFiles(
  { files, versions, limit, isApplied }: JudgeFilesInput,
  context: SigningContext,
): JudgedFile[] {
  const groups = groupVersions(versions, new Set(files.map(({ value }) => foldId(value.account.id))));
  return files.map((written) => {
    const { path, value: file } = written;
    const id = foldId(file.account.id);
    const line = groups.get(id) ?? [];
    const readPast = once(() => (line.length === 0 ? noPast : readAccountPast(id, line, context)));
    const isPlain = context.lineRules === null || isApplied?.(path, file) === true || isEntering(written, line);
    const plain = isPlain ? judgePlainFile(written, line, context) : null;
    const judged = plain ?? judgeAgainst(written, readPast(), { limit, context });
    const isStanding = judged.facts !== null && judged.problems.length === 0;
    return {
      ...{ path, file, ...judged, inForce: isStanding ? file : holdBack(readPast().standing, file) },
      get past() {
        return readPast();
      },
    };
  });
}

/** `past`: all of main, with what has not been applied yet: what is in force must not hang on when an apply came. */
function judgeAgainst(
  { path, text, value }: WrittenFile,
  past: AccountPast,
  { limit, context }: { limit: EvidenceLimit | undefined; context: SigningContext },
): JudgedVersion {
  const at = Number.POSITIVE_INFINITY;
  const { facts, problems } = judgeVersion(value, { ...past, at, ...(limit ? { limit } : {}) }, context);
  const isOnMain = past.onMain?.path === path && past.onMain.text === text;
  const move = isOnMain ? past.refusedMove : (judgeStep(past, value, { ...context, at, nextAt: at })?.problem ?? null);
  const all = move === null || facts === null ? problems : [move, ...problems];
  // Main may have its signature only because it has the file.
  const isOwn = isOnMain && all.length > 1;
  return { facts, problems: isOwn ? all.filter(({ code }) => code !== 'signed-before') : all };
}

/** A first version that takes nothing and comes from nowhere: no move to ask about. */
function isEntering({ value }: WrittenFile, versions: readonly FileVersion[]): boolean {
  return value.stage === 'notify' && versions.length === 1;
}

/**
 * Most files of a stack are as one audit signed them and one merge brought them, and have not changed since: for these the
 * whole history need not be read, which costs ten times as much. null: it does. Never says more than the history would.
 */
function judgePlainFile(
  { path, text, value: file }: WrittenFile,
  versions: readonly FileVersion[],
  context: SigningContext,
): JudgedVersion | null {
  const last = versions.at(-1);
  if (last?.text !== text || last.path !== path || getStageOrder(file.stage) < 0) return null;
  if (last.at <= findSincePlace(context)) return { facts: { line: null }, problems: [] };
  const facts = findVouching(file, { ...noPast, at: last.at }, context);
  const line = facts?.line ?? null;
  if (line === null || getStageOrder(file.stage) > getStageOrder(line.furthest ?? 'keep')) return null;
  const earlier = versions.slice(0, -1).flatMap((version) => version.text ?? []);
  const isNew = earlier.every((each) => isPlain(each) && !each.includes(line.signature));
  const isNewest = earlier.every((each) => (findAuditDay(each) ?? '9999') <= file.evidence.auditedOn);
  return isNew && isNewest ? { facts, problems: [] } : null;
}

/** Without a backslash YAML has no escapes: what a text says in one word stands in it as it is. */
function isPlain(text: string): boolean {
  return !text.includes('\\');
}

/** null: it is not on the one line where the audit writes it, so only the parser can tell. */
function findAuditDay(text: string): string | null {
  if (text.split('auditedOn').length !== 2) return null;
  return /^ +auditedOn: (\d{4}-\d\d-\d\d)\r?$/m.exec(text)?.[1] ?? null;
}

function once<T>(read: () => T): () => T {
  let found: { value: T } | null = null;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}
