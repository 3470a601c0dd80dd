// Main's history as a run is handed it: what the stack's files are held against.
import type { DormantError } from '../policy/errors.ts';
import { getAccountsFolder, getArchiveFolder } from '../policy/files/account-file.ts';
import { getEscalationsPath } from '../policy/files/escalations-file.ts';
import { getGiveBackFolder } from '../policy/files/give-back-file.ts';
import type { Signing } from '../policy/schemas/signing.ts';
import { type LineSource, listRulePaths, splitRuleVersions } from '../policy/signing/line-rules.ts';
import type { FileVersion, MainLine } from '../policy/signing/main-line.ts';
import type { VerifySignature } from '../policy/signing/signed-line.ts';

/** Of main's tip for an apply, of the pull request's base for a preview. */
export interface MainBase extends MainLine, LineSource {
  /** Versions of escalations.yaml, the oldest first. */
  lists: readonly FileVersion[];
  /** Versions of the files of give-back/, the oldest first. */
  giveBacks: readonly FileVersion[];
  /** The keys that vouch; null: none. */
  signing: Signing | null;
  /** The commit that is applied; null: nothing is, so the files are held against all of the line. */
  applied: string | null;
  verify: VerifySignature;
  /** All commits that main's tip has. */
  contained: ReadonlySet<string>;
  /** Main was set back to its tip on purpose, so that it need not have what was applied. */
  isRewound: boolean;
  /** Main's tip, where this run is behind it and so has nothing to do; null: it is not. */
  movedTo: string | null;
  /** Why main's tip is not known; null: it is. */
  doubt: DormantError | null;
}

/** What of main's line is read for a stack. */
export function listLinePaths(stack: string): string[] {
  const folders = [getAccountsFolder(stack), getArchiveFolder(stack), getGiveBackFolder(stack)];
  return [...folders.map((folder) => `${folder}/`), getEscalationsPath(stack), ...listRulePaths(stack)];
}

export function buildMainBase(
  stack: string,
  { versions, places, commits }: MainLine & Pick<LineSource, 'commits'>,
  rest: Omit<MainBase, 'versions' | 'places' | 'lists' | 'giveBacks' | keyof LineSource>,
): MainBase {
  const { rules, files } = splitRuleVersions(stack, versions);
  const [listPath, giveBack] = [getEscalationsPath(stack), `${getGiveBackFolder(stack)}/`];
  const {
    lists = [],
    giveBacks = [],
    accounts = [],
  } = Object.groupBy(files, ({ path }) => {
    if (path === listPath) return 'lists';
    return path.startsWith(giveBack) ? 'giveBacks' : 'accounts';
  });
  return { ...{ ...rest, ...rules, places, commits, lists, giveBacks }, versions: accounts };
}
