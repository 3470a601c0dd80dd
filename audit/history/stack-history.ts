// Every version of a stack's account files in a commit's first-parent history, read in one pass.
import { readBlobs } from '../../forge/git/blobs.ts';
import { type FileHistoryEntry, readFileHistory } from '../../forge/git/file-history.ts';
import { requireFullHistory } from '../../forge/git/full-history.ts';
import { createGit } from '../../forge/git/git.ts';
import { mapPlaces, readLineCommits } from '../../forge/git/line-commits.ts';
import { buildLineVersions } from '../../forge/git/main-line.ts';
import type { Day } from '../../policy/evidence.ts';
import { getAccountsFolder, getArchiveFolder } from '../../policy/files/account-file.ts';
import { getGiveBackFolder } from '../../policy/files/give-back-file.ts';
import { buildLineRules, type LineRules, listRulePaths, splitRuleVersions } from '../../policy/signing/line-rules.ts';
import {
  createVersionReader,
  type FileVersion,
  type MainLine,
  type ReadVersion,
} from '../../policy/signing/main-line.ts';
import { createBlobReader, type ReadBlob } from './read-blob.ts';

export interface StackHistory {
  /** Path → blob, of `accounts/`. */
  present: ReadonlyMap<string, string>;
  /** The same, of `archive/`. */
  archived: ReadonlyMap<string, string>;
  /** Those of `accounts/`, the latest first, each with the day on which main got it. */
  changes: readonly FileHistoryEntry[];
  /** Every version ever of both folders, by blob. */
  texts: ReadonlyMap<string, string>;
  /** Of both folders. */
  line: MainLine;
  /** Every version of the files of `give-back/`, the oldest first. */
  giveBacks: readonly FileVersion[];
  /** What the line says of moves. */
  lineRules: LineRules;
  /** Each text is read once, whoever asks. */
  read: ReadVersion;
  readBlob: ReadBlob;
}

/** A stack as it is on `today`. */
export interface DatedStack {
  stack: string;
  today: Day;
  /**
   * The day on which an apply first saw each commit of a proposal that lies on main's line itself. Asked only where the line has
   * such commits; absent: they count by their own dates.
   */
  readSeen?(): Promise<Readonly<Record<string, Day>>>;
}

/** Throws `shallow-clone`. */
export async function readStackHistory(
  repository: string,
  ref: string,
  { stack, today, readSeen }: DatedStack,
): Promise<StackHistory> {
  await requireFullHistory(repository);
  const [accounts, archive] = [`${getAccountsFolder(stack)}/`, `${getArchiveFolder(stack)}/`];
  const giveBack = `${getGiveBackFolder(stack)}/`;
  const [present, archived, all, commits] = await Promise.all([
    listYamlFiles(repository, ref, accounts),
    listYamlFiles(repository, ref, archive),
    readFileHistory(repository, ref, accounts, archive, giveBack, ...listRulePaths(stack)),
    readLineCommits(repository, ref),
  ]);
  const old = all.flatMap(({ before, after }) => [before, after].filter((blob) => blob !== null));
  const texts = await readBlobs(repository, [...present.values(), ...archived.values(), ...old]);
  const places = mapPlaces(commits);
  const { rules, files } = splitRuleVersions(stack, buildLineVersions(all, { texts, places }));
  const { giveBacks = [], versions = [] } = Object.groupBy(files, ({ path }) =>
    path.startsWith(giveBack) ? 'giveBacks' : 'versions',
  );
  const seen = commits.some(({ isProposals }) => isProposals) ? await readSeen?.() : undefined;
  const lineRules = buildLineRules({ commits, ...rules }, today, seen);
  const changes = all
    .filter(({ path }) => path.startsWith(accounts))
    .map((change) => ({ ...change, day: lineRules.days.get(places.get(change.commit) ?? -1) ?? today }));
  const line = { versions, places };
  const read = createVersionReader();
  return {
    present,
    archived,
    changes,
    texts,
    line,
    giveBacks,
    lineRules,
    read,
    readBlob: createBlobReader(texts, read),
  };
}

/** Path → blob of the YAML files at `paths`; a folder ends in `/`. */
export async function listYamlFiles(repository: string, ref: string, ...paths: string[]): Promise<Map<string, string>> {
  const listing = await createGit(repository).run(['ls-tree', '-z', `${ref}^{commit}`, '--', ...paths]);
  const files = new Map<string, string>();
  for (const line of listing.split('\0')) {
    const [, type, blob, path] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
    if (type === 'blob' && blob && path?.endsWith('.yaml')) files.set(path, blob);
  }
  return files;
}
