// The first-parent history of the files of some folders, read in one pass whatever their number.
import { type Day, toUtcDay } from '../../policy/evidence.ts';
import { createGit } from './git.ts';

/** One change of one file, with the blobs before and after it; null: the file did not exist. */
export interface FileHistoryEntry {
  path: string;
  /** The commit on the first-parent line. */
  commit: string;
  /** By the commit's own date. */
  day: Day;
  before: string | null;
  after: string | null;
}

/** Changes in `folders` (which end in `/`), the latest first. Merge, squash and rebase count alike, by their result. */
export async function readFileHistory(
  repository: string,
  ref: string,
  ...folders: string[]
): Promise<FileHistoryEntry[]> {
  const log = await createGit(repository).run([
    ...['log', '--first-parent', '--diff-merges=first-parent', '--raw', '--no-abbrev', '--no-renames', '-z'],
    ...['--format=format:%x01%H %ct', ref, '--', ...folders],
  ]);
  return log.split('\x01').slice(1).flatMap(parseCommitEntries);
}

/** Changes by all commits that `HEAD` has and `base` does not, the latest first; merges have none of their own. */
export async function readBranchHistory(repository: string, base: string): Promise<FileHistoryEntry[]> {
  const log = await createGit(repository).run([
    ...['log', '--raw', '--no-abbrev', '--no-renames', '-z', '--format=format:%x01%H %ct', `${base}..HEAD`, '--'],
    'stacks/',
  ]);
  return log.split('\x01').slice(1).flatMap(parseCommitEntries);
}

function parseCommitEntries(commit: string): FileHistoryEntry[] {
  const [head = '', ...rest] = commit.split('\n');
  const [oid = '', seconds = ''] = head.split(' ');
  const day = toUtcDay(new Date(Number(seconds) * 1000));
  const fields = rest.join('\n').split('\0');
  const changes: FileHistoryEntry[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, , before = '', after = ''] = (fields[at] ?? '').split(' ');
    const path = fields[at + 1] ?? '';
    if (path !== '') changes.push({ path, commit: oid, day, before: toBlobOrNull(before), after: toBlobOrNull(after) });
  }
  return changes;
}

/** git writes a missing file as zeroes. */
function toBlobOrNull(blob: string): string | null {
  return /^0+$/.test(blob) ? null : blob;
}
