// Dates on which nothing is taken, by policy.yaml and by its iCalendar file. Pure.
import type { Day, DaySpan } from '../evidence.ts';
import { type Calendar, weekdays } from '../schemas/calendar.ts';
import { isWithin } from './day-span.ts';

/** Days on which nothing is taken, and why. */
export interface ClosedDate extends DaySpan {
  reason: string;
}

/** The dates of policy.yaml and those of its iCalendar file: they do not count as days of a stage. */
export function listClosedDates(calendar: Calendar | undefined, holidays: readonly ClosedDate[]): ClosedDate[] {
  const own = calendar?.closed.dates?.map(({ from, to = from, reason }) => ({ from, to, reason })) ?? [];
  return [...own, ...(calendar?.closed.holidays === undefined ? [] : holidays)];
}

/** Whether a day is closed as a whole: by its date, or as a weekday. `spans`: closed dates, and pauses. */
export function isClosedDay(day: Day, calendar: Calendar | undefined, spans: readonly DaySpan[]): boolean {
  return spans.some((span) => isWithin(day, span)) || (calendar?.closed.weekdays?.includes(getWeekday(day)) ?? false);
}

export function getWeekday(day: Day): (typeof weekdays)[number] {
  return weekdays[(new Date(Date.parse(day)).getUTCDay() + 6) % 7] ?? 'monday';
}
