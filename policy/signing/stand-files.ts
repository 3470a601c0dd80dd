// What of a stack's files counts, and what is refused by name: the step between what is written and what is applied. Pure.
import type { AccountFile } from '../schemas/account.ts';
import { holdBack, type SigningContext } from './account-past.ts';
import { describeUnsignedFacts } from './differences.ts';
import type { JudgedFile } from './judge-files.ts';
import type { SigningProblem } from './judge-version.ts';
import { parseSignedLine } from './signed-line.ts';

/** One file as it counts. */
export interface StandingFile {
  path: string;
  value: AccountFile;
  /** The last version at which this pipeline took something, by main's history; null: it never did. */
  lastTaken: AccountFile | null;
  /** The name of the key that vouches for it; null: it is from before signing began. */
  key: string | null;
}

/** One file that may not stand as it is written. */
export interface RefusedFile {
  path: string;
  /** As it is written: nothing in it but the stage and the names is to be used. */
  file: AccountFile;
  problems: readonly SigningProblem[];
  /** Something older of the same account counts instead. */
  isReplaced: boolean;
}

/** Each file is in the first list, in the second, or, where something older counts, in both. */
export function selectStandingFiles(
  judged: readonly JudgedFile[],
  context: SigningContext,
): { standing: StandingFile[]; refused: RefusedFile[] } {
  const standing: StandingFile[] = [];
  const refused: RefusedFile[] = [];
  for (const each of judged) {
    const { path, file, past, facts } = each;
    const problems = listProblems(each, context);
    const value = problems.length === 0 ? file : findCounting(each);
    if (problems.length > 0) refused.push({ path, file, problems, isReplaced: value !== null });
    if (value === null) continue;
    const line = value === file ? (facts?.line ?? null) : parseSignedLine(value.signed);
    standing.push({ path, value, lastTaken: past.lastTaken, key: line?.key ?? null });
  }
  return { standing, refused };
}

/** People’s word to give back makes facts that nobody signed no better. */
function listProblems({ file, facts, problems, past }: JudgedFile, context: SigningContext): readonly SigningProblem[] {
  if (problems.length > 0 || facts !== null) return problems;
  return [{ code: 'not-signed', ...describeUnsignedFacts(file, past.standing, context) }];
}

/** A file that is new and gives back counts by what main’s history says was taken. */
function findCounting({ inForce, file, past }: JudgedFile): AccountFile | null {
  const isGivingBack = file.stage === 'keep' || file.stage === 'restore';
  return inForce ?? (isGivingBack ? holdBack(past.lastTaken, file) : null);
}
