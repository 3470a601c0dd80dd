// On which day main got each commit of its first-parent line. Whoever commits writes the date, so it counts only as far as
// the rest of the line, today's date and the state bear it out. Pure.
import type { Day } from '../evidence.ts';

/** One commit of main's first-parent line. */
export interface LineCommit {
  commit: string;
  /** By its own date. */
  day: Day;
  /**
   * The pipeline made it, on that day, for a proposal: it lies on the line itself because main was merely moved forward to
   * it, which may have been any day since; or it was squashed or rebased on the very day.
   */
  isProposals: boolean;
}

export interface LineWitness {
  today: Day;
  /** The day on which an apply first saw a proposal's commit on main; what it does not know counts by its own date. */
  seen: Readonly<Record<string, Day>>;
}

/**
 * By place on the line. No day is before that of the commit before it, and none is after today: a date to come counts as
 * the next one on the line that can be.
 */
export function dateLine(commits: readonly LineCommit[], { today, seen }: LineWitness): Map<number, Day> {
  let next = today;
  const capped = commits.toReversed().map(({ commit, day }) => {
    const known = seen[commit] ?? day;
    if (known <= today) next = known;
    return known <= today ? known : next;
  });
  let latest = '';
  return new Map(
    capped.toReversed().map((day, place) => {
      if (day > latest) latest = day;
      return [place, latest];
    }),
  );
}
