// On which day main got each commit of its first-parent line. Whoever commits writes the date, so it counts only as far as
// the rest of the line, today's date and the state bear it out. Pure.
import { addDays, type Day } from '../evidence.ts';

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

/** What an apply remembers of main's line. */
interface LineMemory {
  /** The commit that was applied last; null: none was to its end, so that all counts as new. */
  commit: string | null;
  seen: Readonly<Record<string, Day>>;
}

/**
 * The day on which an apply first saw each commit of a proposal on main's line: from an earlier apply's memory, or today for
 * what has come since. Without a memory there is none, and such a commit counts by its own date.
 */
export function witnessProposals(
  commits: readonly LineCommit[],
  { memory, today }: { memory: LineMemory | null; today: Day },
): Readonly<Record<string, Day>> {
  if (memory === null) return {};
  const applied = commits.findIndex(({ commit }) => commit === memory.commit);
  const oldest = addDays(today, -daysRemembered);
  const days = commits.flatMap(({ commit, isProposals }, place) => {
    const isNew = isProposals && place > applied;
    const day = isProposals ? (memory.seen[commit] ?? (isNew ? today : undefined)) : undefined;
    return day === undefined || day < oldest ? [] : [[commit, day] as const];
  });
  return Object.fromEntries(days);
}

/** No stage lasts longer, so that the state does not grow for ever. */
const daysRemembered = 400;
