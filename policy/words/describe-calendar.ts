// The calendar in words, as far as the weeks ahead are concerned. Pure.
import { type ClosedDate, listClosedDates } from '../calendar/closed-dates.ts';
import { addDays, type Day } from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';
import { formatDay, formatList } from './labels.ts';

const daysAhead = 28;
const mostDates = 6;

/**
 * `Nothing is taken on Fridays and Saturdays, from 16:00 to 08:00, from 21 December to 6 January 2027 (Christmas freeze).` with
 * the dates of the four weeks ahead. null: every hour is open.
 */
export function describeCalendar(
  { calendar }: Pick<Policy, 'calendar'>,
  holidays: readonly ClosedDate[],
  today: Day,
): string | null {
  if (calendar === undefined) return null;
  const { weekdays = [], hours = [] } = calendar.closed;
  const dates = listClosedDates(calendar, holidays).filter(
    ({ from, to }) => to >= today && from < addDays(today, daysAhead),
  );
  const named = dates.toSorted((a, b) => (a.from < b.from ? -1 : 1)).slice(0, mostDates);
  const others = dates.length > named.length ? [`on ${dates.length - named.length} more dates`] : [];
  const parts = [
    ...(weekdays.length > 0 ? [`on ${formatList(weekdays.map(toPlural))}`] : []),
    ...hours.map((range) => `from ${range.replace('-', ' to ')}`),
    ...named.map((date) => describeDate(date, today)),
    ...others,
  ];
  if (parts.length === 0) return null;
  const uncounted = dates.length > 0 ? ' These dates do not count as days of a stage.' : '';
  return `Nothing is taken ${formatList(parts)}; giving back goes on.${uncounted}`;
}

function toPlural(weekday: string): string {
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}s`;
}

function describeDate({ from, to, reason }: ClosedDate, today: Day): string {
  const days =
    from === to ? `on ${formatDay(from, today)}` : `from ${formatDay(from, today)} to ${formatDay(to, today)}`;
  return `${days} (${reason})`;
}
