import { expect, test } from 'vitest';
import { describeCalendar } from './describe-calendar.ts';

const today = '2026-12-07';
const freeze = { from: '2026-12-21', to: '2027-01-06', reason: 'Christmas freeze' };

test('without a calendar, and with one that closes nothing in the weeks ahead, there is nothing to say', () => {
  expect(describeCalendar({}, [], today)).toBeNull();
  const later = { ...freeze, from: '2027-03-01', to: '2027-03-05' };
  expect(describeCalendar({ calendar: { closed: { dates: [later] } } }, [], today)).toBeNull();
});

test('weekdays, hours and the dates of the weeks ahead are one sentence', () => {
  const closed = { weekdays: ['friday' as const, 'saturday' as const], hours: ['16:00-08:00'], dates: [freeze] };
  expect(describeCalendar({ calendar: { closed } }, [], today)).toBe(
    'Nothing is taken on Fridays and Saturdays, from 16:00 to 08:00 and from 21 December to 6 January 2027 (Christmas freeze); giving back goes on. These dates do not count as days of a stage.',
  );
});

test('more dates than anybody reads are counted', () => {
  const holidays = Array.from({ length: 9 }, (_, at) => {
    const day = `2026-12-1${at}`;
    return { from: day, to: day, reason: 'holiday' };
  });
  const said = describeCalendar({ calendar: { closed: { holidays: 'x.ics' } } }, holidays, today);
  expect(said).toContain('on 15 December (holiday) and on 3 more dates');
});
