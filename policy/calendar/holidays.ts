// The days of an iCalendar file's events (RFC 5545), as calendar programs and states publish holidays. Pure.
import ICAL from 'ical.js';
import { InvalidInput, type Problem } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { ClosedDate } from './closed-dates.ts';

/**
 * Each event closes every day that it touches, whether it says that somebody is busy or not: published holidays say `free`.
 * Repeated events are followed to 2100. A cancelled event closes nothing. Throws `InvalidInput`.
 */
export function parseHolidays(path: string, text: string): ClosedDate[] {
  const calendars = parseCalendars(path, text);
  const events = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
  const days: ClosedDate[] = [];
  for (const component of events) {
    if (component.getFirstProperty('recurrence-id') !== null) continue;
    const event = new ICAL.Event(component, { exceptions: findExceptions(component, events) });
    for (const occurrence of listOccurrences(path, event)) {
      if (days.push(occurrence) > mostDays)
        throw refuse(path, `has more than ${mostDays} events, repetitions included; allowed are those of some years`);
    }
  }
  return days;
}

/** A country has some 15 holidays a year, and a file some years. */
const mostDays = 5_000;
const lastYear = 2100;

function parseCalendars(path: string, text: string): ICAL.Component[] {
  try {
    const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, ''));
    const found = (Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed]) as ConstructorParameters<
      typeof ICAL.Component
    >[0][];
    const calendars = found.map((each) => new ICAL.Component(each));
    if (calendars.some(({ name }) => name !== 'vcalendar')) throw new Error('it has no VCALENDAR');
    return calendars;
  } catch (error) {
    const { message } = error as Error;
    throw refuse(path, `is no iCalendar file (RFC 5545): ${message.slice(0, 200)}`, findLine(message, text));
  }
}

/** The parser quotes what it cannot read, and does not say where that stands. */
function findLine(message: string, text: string): number {
  const quoted = /"([^"]+)"\s*$/.exec(message)?.[1];
  const at = quoted === undefined ? -1 : text.split(/\r?\n/).findIndex((line) => line.includes(quoted));
  return at < 0 ? 1 : at + 1;
}

function findExceptions(component: ICAL.Component, events: readonly ICAL.Component[]): ICAL.Component[] {
  const uid = component.getFirstPropertyValue('uid');
  return events.filter(
    (other) => other.getFirstProperty('recurrence-id') !== null && other.getFirstPropertyValue('uid') === uid,
  );
}

function* listOccurrences(path: string, event: ICAL.Event): Generator<ClosedDate> {
  requireDay(path, event.component);
  if (!event.isRecurring()) return yield* listDays(event, event.startDate, event.endDate);
  const iterator = event.iterator();
  for (let start = iterator.next(); start !== undefined && start !== null; start = iterator.next()) {
    if (start.year > lastYear) return;
    const { item, startDate, endDate } = event.getOccurrenceDetails(start);
    yield* listDays(item, startDate, endDate);
  }
}

/** The parser takes any digits, and makes another day of them. */
function requireDay(path: string, event: ICAL.Component): void {
  for (const name of ['dtstart', 'dtend']) {
    const value: unknown = event.getFirstProperty(name)?.toJSON()[3];
    const isMissing = name === 'dtstart' && value === undefined;
    if (isMissing) throw refuse(path, 'has an event without DTSTART');
    if (value !== undefined && Number.isNaN(Date.parse(String(value))))
      throw refuse(path, `has an event whose ${name.toUpperCase()} is no day: ${String(value).slice(0, 40)}`);
  }
}

function* listDays(event: ICAL.Event, start: ICAL.Time, end: ICAL.Time): Generator<ClosedDate> {
  const status = String(event.component.getFirstPropertyValue('status') ?? '');
  if (status.toUpperCase() === 'CANCELLED') return;
  const reason = String(event.summary ?? '').trim() || 'holiday';
  const from = toDay(start);
  yield { from, to: findLastDay(from, end), reason };
}

/** DTEND is the first moment that is not in the event (RFC 5545, 3.8.2.2): midnight ends the day before. */
function findLastDay(from: Day, end: ICAL.Time): Day {
  const last = end.clone();
  if (last.isDate || (last.hour === 0 && last.minute === 0 && last.second === 0)) last.adjust(-1, 0, 0, 0);
  const to = toDay(last);
  return to < from ? from : to;
}

function toDay({ year, month, day }: ICAL.Time): Day {
  const pad = (part: number, length: number) => String(part).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function refuse(path: string, message: string, line = 1): InvalidInput {
  const problem: Problem = { path, line, column: 1, code: 'holidays', message };
  return new InvalidInput([problem]);
}
