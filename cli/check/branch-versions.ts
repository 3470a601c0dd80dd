// What a branch's own commits had at some paths: a new file is compared with the version that its audit wrote there.
import { readBlobs } from '../../forge/git/blobs.ts';
import { readBranchHistory } from '../../forge/git/file-history.ts';

/** Path → texts, the latest first. */
export async function readBranchVersions(
  repo: string,
  base: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (paths.length === 0) return new Map();
  const wanted = new Set(paths);
  const changes = (await readBranchHistory(repo, base)).filter(({ path }) => wanted.has(path));
  const texts = await readBlobs(
    repo,
    changes.flatMap(({ after }) => after ?? []),
  );
  const byPath = Map.groupBy(changes, ({ path }) => path);
  return new Map(
    [...byPath].map(([path, entries]) => [path, entries.flatMap(({ after }) => texts.get(after ?? '') ?? [])]),
  );
}
