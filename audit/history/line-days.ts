// The day of each commit of main's first-parent line, by its place.
import { createGit } from '../../forge/git/git.ts';
import type { Day } from '../../policy/evidence.ts';

/** Days never go back, so a wrong clock cannot reorder them. */
export async function readLineDays(repository: string, ref: string): Promise<Map<number, Day>> {
  const log = await createGit(repository).run(['log', '--first-parent', '--reverse', '--format=%ct', ref]);
  let latest: Day = '';
  return new Map(
    log.split('\n').map((seconds, place) => {
      const day = new Date(Number(seconds) * 1000).toISOString().slice(0, 10);
      if (day > latest) latest = day;
      return [place, latest];
    }),
  );
}
