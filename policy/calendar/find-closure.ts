// Whether it is closed at a moment, and when it opens next: nothing is taken while it is. Pure.
import type { Day } from '../evidence.ts';
import { type Calendar, weekdays } from '../schemas/calendar.ts';
import { type ClosedDate, getWeekday, listClosedDates } from './closed-dates.ts';
import { addDaysUpTo, isWithin } from './day-span.ts';
import { toInstant, toLocalTime } from './local-time.ts';

export interface Closure {
  /** Such as `Christmas freeze (2026-12-21 to 2027-01-06)`, `Fridays are closed`. */
  because: string;
  opensAt: Date;
  /** The same in words, in the zone: `2027-01-07 08:00 (Europe/Berlin)`. */
  opens: string;
}

interface ClosureQuery {
  /** An IANA name, as in tenant.yaml. */
  zone: string;
  at: Date;
  /** Of the calendar's iCalendar file. */
  holidays: readonly ClosedDate[];
}

/** null: it is open. */
export function findClosure(calendar: Calendar | undefined, { zone, at, holidays }: ClosureQuery): Closure | null {
  if (calendar === undefined) return null;
  const rules: Rules = { ...calendar.closed, dates: listClosedDates(calendar, holidays) };
  const local = toLocalTime(at, zone);
  const because = describeClosedDay(rules, local.day) ?? describeClosedHour(rules, local.minutes);
  if (because === null) return null;
  const next = findOpening(rules, local);
  if (next === null) return null;
  return { because, opensAt: toInstant(next, zone), opens: `${next.day} ${formatMinutes(next.minutes)} (${zone})` };
}

/** Whether the day is closed as a whole, whatever the hour is: by its date or its weekday, at noon of the zone. */
export function findClosedDay(
  calendar: Calendar | undefined,
  { zone, day, holidays }: Omit<ClosureQuery, 'at'> & { day: Day },
): Closure | null {
  if (calendar === undefined) return null;
  const at = toInstant({ day, minutes: minutesOfDay / 2 }, zone);
  return findClosure({ closed: { ...calendar.closed, hours: [] } }, { zone, at, holidays });
}

/** Whether there is any moment at which something may be taken. */
export function isEverOpen({ closed }: Calendar): boolean {
  const areAllDays = weekdays.every((name) => closed.weekdays?.includes(name));
  return !areAllDays && findOpenMinute(closed.hours, 0) !== null;
}

interface Rules extends Omit<Calendar['closed'], 'dates'> {
  dates: readonly ClosedDate[];
}

interface LocalMinute {
  day: Day;
  /** Since midnight. */
  minutes: number;
}

function describeClosedDay({ dates, weekdays: closed }: Rules, day: Day): string | null {
  const date = dates.find((span) => isWithin(day, span));
  if (date !== undefined)
    return date.from === date.to ? `${date.reason} (${day})` : `${date.reason} (${date.from} to ${date.to})`;
  const weekday = getWeekday(day);
  return closed?.includes(weekday) ? `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}s are closed` : null;
}

function describeClosedHour({ hours }: Rules, minutes: number): string | null {
  const open = findOpenMinute(hours, minutes);
  if (open === minutes) return null;
  const range = hours?.find((each) => isInRange(each, minutes));
  return range === undefined ? null : `${range} is closed`;
}

/** null: there is none within the years that anybody plans for. */
function findOpening(rules: Rules, { day, minutes }: LocalMinute): LocalMinute | null {
  const sorted = rules.dates.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  let at = day;
  for (let tried = 0; tried < 4_000; tried += 1) {
    if (describeClosedDay(rules, at) === null) {
      const open = findOpenMinute(rules.hours, at === day ? minutes : 0);
      if (open !== null) return { day: at, minutes: open };
    }
    // A freeze of decades is passed at one go.
    const span = sorted.find((each) => isWithin(at, each));
    at = addDaysUpTo(span?.to ?? at, 1);
  }
  return null;
}

/** The first open minute of a day from this one on; null: the rest of the day is closed. */
function findOpenMinute(hours: readonly string[] | undefined, from: number): number | null {
  let minute = from;
  for (let passed = 0; passed <= (hours?.length ?? 0); passed += 1) {
    const range = hours?.find((each) => isInRange(each, minute));
    if (range === undefined) return minute;
    const { start, end } = parseRange(range);
    const isOverMidnight = end <= start && minute >= start;
    if (isOverMidnight || end >= minutesOfDay) return null;
    minute = end;
  }
  return null;
}

const minutesOfDay = 24 * 60;

function isInRange(range: string, minute: number): boolean {
  const { start, end } = parseRange(range);
  return start < end ? start <= minute && minute < end : minute >= start || minute < end;
}

function parseRange(range: string): { start: number; end: number } {
  const [start = 0, end = 0] = range.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { start, end };
}

function formatMinutes(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
