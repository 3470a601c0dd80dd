// Which files of a change may stand, held against main's history, and what is in force where one may not. Pure.
import { foldId } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { type AccountPast, holdBack, noPast, readAccountPast, type SigningContext } from './account-past.ts';
import { type EvidenceLimit, type JudgedVersion, judgeVersion, type SigningProblem } from './judge-version.ts';
import { type FileVersion, groupVersions } from './main-line.ts';

export interface JudgedFile {
  path: string;
  /** As it is written. */
  file: AccountFile;
  /** Empty: it may stand. */
  problems: readonly SigningProblem[];
  facts: JudgedVersion['facts'];
  /** What main has of its account. */
  past: AccountPast;
  /** What counts: the file where it may stand, otherwise what stood before, held back as people say; null: nothing. */
  inForce: AccountFile | null;
}

interface JudgeFilesInput {
  files: readonly { path: string; value: AccountFile }[];
  /** Main's versions up to the base, the oldest first. */
  versions: readonly FileVersion[];
  /** How old evidence may be that takes an account further; absent: the files are on main already. */
  limit?: EvidenceLimit;
}

/** In the order of the files. */
export function judgeFiles({ files, versions, limit }: JudgeFilesInput, context: SigningContext): JudgedFile[] {
  const groups = groupVersions(versions, new Set(files.map(({ value }) => foldId(value.account.id))));
  return files.map(({ path, value: file }) => {
    const id = foldId(file.account.id);
    const versionsOfAccount = groups.get(id);
    const past = versionsOfAccount === undefined ? noPast : readAccountPast(id, versionsOfAccount, context);
    return judgeFile({ path, file, past, ...(limit ? { limit } : {}) }, context);
  });
}

function judgeFile(
  { path, file, past, limit }: Pick<JudgedFile, 'path' | 'file' | 'past'> & Pick<JudgeFilesInput, 'limit'>,
  context: SigningContext,
): JudgedFile {
  const before = { ...past, at: Number.POSITIVE_INFINITY, ...(limit ? { limit } : {}) };
  const { facts, problems } = judgeVersion(file, before, context);
  const mayStand = facts !== null && problems.length === 0;
  return { path, file, facts, problems, past, inForce: mayStand ? file : holdBack(past.standing, file) };
}
