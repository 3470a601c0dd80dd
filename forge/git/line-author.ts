// Who wrote a line of a file into a branch, and when.
import { type Day, toUtcDay } from '../../policy/evidence.ts';
import type { Git } from './git.ts';

export interface LineAuthor {
  /** As in the commit; not a login. */
  name: string;
  day: Day;
}

/** `line` counts from 1. null: git does not know, as for a file that is not committed. */
export async function findLineAuthor(
  git: Git,
  ref: string,
  { path, line }: { path: string; line: number },
): Promise<LineAuthor | null> {
  const blame = await git.runOrNull(['blame', '--porcelain', '-L', `${line},${line}`, ref, '--', path]);
  const name = /^author (.+)$/m.exec(blame ?? '')?.[1];
  const seconds = /^author-time (\d+)$/m.exec(blame ?? '')?.[1];
  if (name === undefined || seconds === undefined) return null;
  return { name, day: toUtcDay(new Date(Number(seconds) * 1000)) };
}
