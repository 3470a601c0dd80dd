// Main's first-parent line with every version of the files of some folders: what signatures are held against.
import { readBlobs } from './blobs.ts';
import { type FileHistoryEntry, readFileHistory, readFirstParentLine } from './file-history.ts';

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
}

/** Of a full clone: a shallow one lacks what came before. `folders` end in `/`. */
export async function readMainLine(repository: string, ref: string, folders: readonly string[]): Promise<LineHistory> {
  const [changes, places] = await Promise.all([
    readFileHistory(repository, ref, ...folders),
    readFirstParentLine(repository, ref),
  ]);
  const texts = await readBlobs(
    repository,
    changes.flatMap(({ after }) => after ?? []),
  );
  return { versions: buildLineVersions(changes, { texts, places }), places };
}

/** `changes`: the latest first. */
export function buildLineVersions(
  changes: readonly FileHistoryEntry[],
  { texts, places }: { texts: ReadonlyMap<string, string>; places: ReadonlyMap<string, number> },
): LineVersion[] {
  return changes
    .filter(({ path }) => accountPath.test(path))
    .map(({ path, commit, after }) => ({
      path,
      text: after === null ? null : (texts.get(after) ?? null),
      at: places.get(commit) ?? 0,
    }))
    .reverse();
}

/** Not below: what lies in a folder of `accounts/` is nobody's file. */
const accountPath = /\/(accounts|archive)\/[^/]+\.yaml$/;
