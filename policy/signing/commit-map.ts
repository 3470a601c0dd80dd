// The new ids of commits whose history was rewritten, and what the state notes of the old ones. Pure.
import { DormantError } from '../errors.ts';
import type { Signing } from '../schemas/signing.ts';
import type { AppliedRecord } from './key-trust.ts';
import { listKeys } from './keys.ts';

/** Old id → new id, both full. */
export type CommitMap = ReadonlyMap<string, string>;

/**
 * As git filter-repo writes it: a heading, then `<old> <new>` on each line; a new id of zeros stands for a commit that went
 * (https://github.com/newren/git-filter-repo, Documentation/git-filter-repo.txt). Throws `commit-map` (exit code 2).
 */
export function parseCommitMap(text: string): CommitMap {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^old\s+new\s*$/.test(line));
  const pairs = lines.map((line, index) => parseLine(line, index));
  return new Map(pairs.filter(([, now]) => !/^0+$/.test(now)));
}

function parseLine(line: string, index: number): readonly [string, string] {
  const [, old, now] = /^([0-9a-f]{40}|[0-9a-f]{64})\s+([0-9a-f]{40}|[0-9a-f]{64})\s*$/.exec(line) ?? [];
  if (old !== undefined && now !== undefined) return [old, now];
  throw new DormantError(
    'commit-map',
    `Entry ${index + 1} of the commit map is not two full ids: ${line.slice(0, 90)}`,
    {
      exitCode: 2,
      remedy: 'Give the file that git filter-repo wrote: .git/filter-repo/commit-map',
    },
  );
}

/**
 * What applies have noted, by the new ids. Since when they know the beginning of signing, or a revoked key, is not taken over
 * where its commit has a new id: whoever gives a map could move either, so its owners get their week again.
 */
export function renameCommits(record: AppliedRecord, map: CommitMap): AppliedRecord {
  const rename = (commit: string) => map.get(commit) ?? commit;
  const { commit, begun, signing, seen } = record;
  const moved = signing === null ? new Set<string>() : listMovedWitnesses(signing, map);
  const known = Object.entries(seen).filter(([id]) => !moved.has(id));
  return {
    ...record,
    commit: commit === null ? null : rename(commit),
    begun: rename(begun),
    signing: signing === null ? null : renameSigning(signing, rename),
    seen: Object.fromEntries(known.map(([id, day]) => [rename(id), day])),
  };
}

function listMovedWitnesses(signing: Signing, map: CommitMap): Set<string> {
  const { since } = signing;
  const revoked = listKeys(signing).filter(({ before }) => before !== undefined && map.has(before));
  return new Set([...(since !== undefined && map.has(since) ? [since] : []), ...revoked.map((key) => key.publicKey)]);
}

function renameSigning(signing: Signing, rename: (commit: string) => string): Signing {
  const { since, revoked } = signing;
  return {
    ...signing,
    ...(since === undefined ? {} : { since: rename(since) }),
    ...(revoked === undefined ? {} : { revoked: revoked.map((key) => ({ ...key, commit: rename(key.commit) })) }),
  };
}
