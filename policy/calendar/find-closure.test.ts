import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../evidence.ts';
import { type Calendar, weekdays } from '../schemas/calendar.ts';
import { type ClosedDate, listClosedDates } from './closed-dates.ts';
import { isWithin } from './day-span.ts';
import { findClosedDay, findClosure, isEverOpen } from './find-closure.ts';
import { toInstant, toLocalTime } from './local-time.ts';

const berlin = 'Europe/Berlin';
const freeze = { from: '2026-12-21', to: '2027-01-06', reason: 'Christmas freeze' };

function ask(closed: Calendar['closed'], at: string, zone = berlin, holidays: ClosedDate[] = []) {
  const found = findClosure({ closed }, { zone, at: new Date(at), holidays });
  return found && [found.because, found.opens, found.opensAt.toISOString()];
}

test('without a calendar, and on an open day, it is open', () => {
  expect(findClosure(undefined, { zone: berlin, at: new Date(), holidays: [] })).toBeNull();
  expect(ask({ weekdays: ['friday'], dates: [freeze], hours: ['16:00-08:00'] }, '2026-12-10T12:00:00Z')).toBeNull();
});

test.each<[string, Calendar['closed'], string, string[]]>([
  [
    'a weekday',
    { weekdays: ['friday', 'saturday', 'sunday'] },
    '2026-12-11T09:00:00Z',
    ['Fridays are closed', '2026-12-14 00:00 (Europe/Berlin)', '2026-12-13T23:00:00.000Z'],
  ],
  [
    'a freeze that ends before a closed weekend',
    { weekdays: ['thursday', 'friday'], dates: [freeze] },
    '2026-12-24T09:00:00Z',
    ['Christmas freeze (2026-12-21 to 2027-01-06)', '2027-01-09 00:00 (Europe/Berlin)', '2027-01-08T23:00:00.000Z'],
  ],
  [
    'the night',
    { hours: ['16:00-08:00'] },
    '2026-12-10T20:30:00Z',
    ['16:00-08:00 is closed', '2026-12-11 08:00 (Europe/Berlin)', '2026-12-11T07:00:00.000Z'],
  ],
  [
    'the early morning, and then the lunch hour',
    { hours: ['00:00-08:00', '08:00-09:30'] },
    '2026-12-10T03:00:00Z',
    ['00:00-08:00 is closed', '2026-12-10 09:30 (Europe/Berlin)', '2026-12-10T08:30:00.000Z'],
  ],
  [
    'the last hours of the day before a holiday',
    { hours: ['18:00-24:00'], dates: [{ from: '2026-12-11', reason: 'Founders’ day' }] },
    '2026-12-10T18:00:00Z',
    ['18:00-24:00 is closed', '2026-12-12 00:00 (Europe/Berlin)', '2026-12-11T23:00:00.000Z'],
  ],
])('closed is %s, and the next open moment is said in the zone of the tenant', (_, closed, at, says) => {
  expect(ask(closed, at)).toEqual(says);
});

test('the day is that of the tenant’s zone, not of UTC', () => {
  const closed = { dates: [{ from: '2026-12-11', reason: 'audit' }] };
  expect(ask(closed, '2026-12-10T23:30:00Z')?.[0]).toBe('audit (2026-12-11)');
  expect(ask(closed, '2026-12-10T23:30:00Z', 'America/New_York')).toBeNull();
  expect(ask(closed, '2026-12-12T03:00:00Z', 'America/New_York')?.[0]).toBe('audit (2026-12-11)');
});

test('the days of the iCalendar file count only where the calendar names it', () => {
  const holidays = [{ from: '2026-12-25', to: '2026-12-26', reason: 'Christmas' }];
  expect(ask({ holidays: 'holidays.ics' }, '2026-12-26T10:00:00Z', berlin, holidays)?.[0]).toMatch(/^Christmas/);
  expect(ask({}, '2026-12-26T10:00:00Z', berlin, holidays)).toBeNull();
  expect(listClosedDates({ closed: { dates: [freeze] } }, holidays)).toEqual([freeze]);
});

test('clocks that go forward or back move no opening to another hour', () => {
  const closed: Calendar['closed'] = { hours: ['18:00-02:30'] };
  // In Berlin 02:00 to 03:00 does not exist on 2027-03-28, and exists twice on 2026-10-25.
  expect(ask(closed, '2027-03-27T20:00:00Z')?.[2]).toBe('2027-03-28T01:30:00.000Z');
  expect(ask(closed, '2026-10-24T20:00:00Z')?.[2]).toBe('2026-10-25T00:30:00.000Z');
});

test('a calendar that is never open is told apart from one that opens once a week', () => {
  const closed = (change: Calendar['closed']) => isEverOpen({ closed: change });
  expect(closed({ weekdays: [...weekdays] })).toBe(false);
  expect(closed({ hours: ['08:00-16:00', '16:00-08:00'] })).toBe(false);
  expect(closed({ hours: ['00:00-24:00'] })).toBe(false);
  expect(closed({ hours: ['08:00-08:00'] })).toBe(false);
  expect(closed({ weekdays: weekdays.slice(1), hours: ['01:00-24:00'] })).toBe(true);
  expect(closed({ hours: ['00:00-12:00', '12:01-24:00'] })).toBe(true);
});

const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
});
const calendars = fc.record({
  weekdays: fc.uniqueArray(fc.constantFrom(...weekdays), { maxLength: 6 }),
  dates: fc.array(
    fc.record({ day: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 0, max: 9 }) }).map((each) => {
      const from = addDays('2027-03-10', each.day);
      return { from, to: addDays(from, each.length), reason: 'closed' };
    }),
    { maxLength: 4 },
  ),
  hours: fc.array(
    fc.tuple(time, time).map(([from, to]) => `${from}-${to}`),
    { maxLength: 3 },
  ),
});
const zones = fc.constantFrom(berlin, 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'Pacific/Kiritimati');

/** Word by word what the calendar says, without a search. */
function isClosedAt({ weekdays: closed, dates, hours }: Calendar['closed'], at: Date, zone: string): boolean {
  const { day, minutes } = toLocalTime(at, zone);
  const weekday = weekdays[(new Date(Date.parse(day)).getUTCDay() + 6) % 7];
  const now = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const isHour = (hours ?? []).some((range) => {
    const [from = '', to = ''] = range.split('-');
    return from < to ? from <= now && now < to : now >= from || now < to;
  });
  return (
    isHour ||
    closed?.some((each) => each === weekday) ||
    (dates ?? []).some((span) => isWithin(day, { to: span.from, ...span }))
  );
}

test('what it calls open is open, and no earlier quarter of an hour is', () => {
  fc.assert(
    fc.property(calendars, zones, fc.integer({ min: 0, max: 40 * 96 }), (closed, zone, quarters) => {
      fc.pre(isEverOpen({ closed }));
      const at = new Date(Date.parse('2027-03-05T00:00:00Z') + quarters * 900_000);
      const found = findClosure({ closed }, { zone, at, holidays: [] });
      expect(found !== null).toBe(isClosedAt(closed, at, zone));
      if (found === null) return;
      expect(isClosedAt(closed, found.opensAt, zone)).toBe(false);
      for (let earlier = at.getTime(); earlier < found.opensAt.getTime(); earlier += 900_000)
        expect(isClosedAt(closed, new Date(earlier), zone)).toBe(true);
    }),
  );
});

test('a local time is the moment at which the zone shows it', () => {
  fc.assert(
    fc.property(
      zones,
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (zone, at) => {
        const local = toLocalTime(at, zone);
        expect(toLocalTime(toInstant(local, zone), zone)).toEqual(local);
      },
    ),
  );
});

test('a day is closed as a whole by its date or weekday, whatever hours are closed', () => {
  const ask = (closed: Calendar['closed']) =>
    findClosedDay({ closed }, { zone: berlin, day: '2026-12-11', holidays: [] });
  expect(ask({ hours: ['00:00-20:00'] })).toBeNull();
  expect(ask({ weekdays: ['friday'], hours: ['00:00-20:00'] })).toMatchObject({ because: 'Fridays are closed' });
  expect(findClosedDay(undefined, { zone: berlin, day: '2026-12-11', holidays: [] })).toBeNull();
});
