// Which days do not count as days of a stage: closed dates, and pauses as main's line has had them. Pure.
import type { Day, DaySpan } from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Tenant } from '../schemas/tenant.ts';
import { type ClosedDate, listClosedDates } from './closed-dates.ts';

type Paused = Pick<Tenant | Policy, 'paused'>;

/** A version of tenant.yaml or policy.yaml, with the day on which main got it. */
export interface DatedPause {
  day: Day;
  /** null: the file was gone, or could not be read. */
  value: Paused | null;
}

/** `versions`: of one file, the oldest first. A pause ends with its last day, or with the version that no longer has it. */
export function listPauseSpans(versions: readonly DatedPause[]): DaySpan[] {
  return versions.flatMap(({ day, value }, index) => {
    const paused = value?.paused;
    if (paused === undefined || paused.until < day) return [];
    const next = versions[index + 1]?.day;
    // On the day on which it is ended it was in force for a part of it.
    const to = next !== undefined && next < paused.until ? next : paused.until;
    return [{ from: day, to }];
  });
}

/** Of one policy with the days of its iCalendar file. */
export function listUncountedDates({ calendar }: Pick<Policy, 'calendar'>, holidays: readonly ClosedDate[]): DaySpan[] {
  return listClosedDates(calendar, holidays).map(({ from, to }) => ({ from, to }));
}
