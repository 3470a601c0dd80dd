// Spans of days that do not count, and counting without them. Pure.
import { addDays, countDaysBetween, type Day, type DaySpan } from '../evidence.ts';

export function isWithin(day: Day, { from, to }: DaySpan): boolean {
  return from <= day && day <= to;
}

/** The first day on which `days` days have passed since `since` that lie in none of the spans. */
export function addCountedDays(since: Day, days: number, spans: readonly DaySpan[]): Day {
  let [day, left] = [since, days];
  for (const { from, to } of mergeSpans(spans)) {
    if (to < day) continue;
    const before = Math.max(0, countDaysBetween(day, from));
    if (before >= left) break;
    left -= before;
    if (to >= lastDay) return lastDay;
    day = addDaysUpTo(to, 1);
  }
  return addDaysUpTo(day, left);
}

/** How many of the days since `since`, that one included and `until` not, lie in none of the spans; at least 0. */
export function countCountedDays(since: Day, until: Day, spans: readonly DaySpan[]): number {
  const closed = mergeSpans(spans).map(({ from, to }) => {
    const [first, end] = [from < since ? since : from, to >= until ? until : addDaysUpTo(to, 1)];
    return Math.max(0, countDaysBetween(first, end));
  });
  const all = Math.max(0, countDaysBetween(since, until));
  return closed.reduce((left, days) => left - days, all);
}

/** Sorted, and none touches another. */
export function mergeSpans(spans: readonly DaySpan[]): DaySpan[] {
  const merged: DaySpan[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = merged.at(-1);
    if (span.to < span.from) continue;
    if (last === undefined || span.from > addDaysUpTo(last.to, 1)) merged.push({ from: span.from, to: span.to });
    else if (span.to > last.to) last.to = span.to;
  }
  return merged;
}

/** Days sort as text up to here: what comes later never comes. */
const lastDay: Day = '9999-12-31';

/** At most the last day that is written with four digits. */
export function addDaysUpTo(day: Day, days: number): Day {
  return countDaysBetween(day, lastDay) <= days ? lastDay : addDays(day, days);
}
