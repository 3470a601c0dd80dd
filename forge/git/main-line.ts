// Main's first-parent line with every version of the files of some folders: what signatures are held against.

import { readBlobs } from './blobs.ts';
import { type FileHistoryEntry, readFileHistory } from './file-history.ts';
import { requireFullHistory } from './full-history.ts';
import { type DatedCommit, mapPlaces, readLineCommits } from './line-commits.ts';

/** One file after one commit; `text` null: the commit took it away, or it is no text. */
interface LineVersion {
  path: string;
  text: string | null;
  /** The commit's place on the line; 0 is the first. */
  at: number;
}

interface LineHistory {
  /** The oldest first. */
  versions: LineVersion[];
  places: ReadonlyMap<string, number>;
  /** By place. */
  commits: readonly DatedCommit[];
}

/** `folders` end in `/`. Throws `shallow-clone`: such a one lacks what came before. */
export async function readMainLine(repository: string, ref: string, folders: readonly string[]): Promise<LineHistory> {
  await requireFullHistory(repository);
  const [changes, commits] = await Promise.all([
    readFileHistory(repository, ref, ...folders),
    readLineCommits(repository, ref),
  ]);
  const places = mapPlaces(commits);
  const texts = await readBlobs(
    repository,
    changes.flatMap(({ after }) => after ?? []),
  );
  return { versions: buildLineVersions(changes, { texts, places }), places, commits };
}

/** `changes`: the latest first. */
export function buildLineVersions(
  changes: readonly FileHistoryEntry[],
  { texts, places }: { texts: ReadonlyMap<string, string>; places: ReadonlyMap<string, number> },
): LineVersion[] {
  return changes
    .filter(({ path }) => stackPath.test(path))
    .map(({ path, commit, after }) => ({
      path,
      text: after === null ? null : (texts.get(after) ?? null),
      at: places.get(commit) ?? 0,
    }))
    .reverse();
}

/** Not below: what lies in a folder of `accounts/` is nobody's file. */
const stackPath = /^(policy\/[^/]+\.(yaml|ics)|stacks\/[^/]+(\/(accounts|archive|give-back))?\/[^/]+\.yaml)$/;
