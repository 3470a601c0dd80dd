import { expect, test } from 'vitest';
import { InvalidInput } from '../errors.ts';
import { parseHolidays } from './holidays.ts';

const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Contoso//EN',
    ...events.flatMap((lines, at) => ['BEGIN:VEVENT', `UID:${at}@contoso`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const parse = (...events: string[][]) => parseHolidays('policy/holidays.ics', calendar(...events));
const days = (...events: string[][]) => parse(...events).map(({ from, to }) => (from === to ? from : `${from}/${to}`));

test('an all-day event is its day, and its end is the first day after it', () => {
  expect(parse(['SUMMARY:Christmas Day', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226'])).toEqual([
    { from: '2026-12-25', to: '2026-12-25', reason: 'Christmas Day' },
  ]);
  expect(days(['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261227'])).toEqual(['2026-12-25/2026-12-26']);
  expect(days(['DTSTART;VALUE=DATE:20261225'])).toEqual(['2026-12-25']);
  expect(days(['DTSTART;VALUE=DATE:20261225', 'DURATION:P3D'])).toEqual(['2026-12-25/2026-12-27']);
});

test('a published holiday closes its day although it calls everybody free, and one without a name is a holiday', () => {
  expect(parse(['TRANSP:TRANSPARENT', 'DTSTART;VALUE=DATE:20270101'])).toEqual([
    { from: '2027-01-01', to: '2027-01-01', reason: 'holiday' },
  ]);
});

test('an event with hours closes the days that it touches; midnight ends the day before', () => {
  const berlin = 'TZID=Europe/Berlin';
  expect(days([`DTSTART;${berlin}:20261225T000000`, `DTEND;${berlin}:20261226T000000`])).toEqual(['2026-12-25']);
  expect(days([`DTSTART;${berlin}:20261224T130000`, `DTEND;${berlin}:20261226T080000`])).toEqual([
    '2026-12-24/2026-12-26',
  ]);
  expect(days(['DTSTART:20261224T230000Z', 'DTEND:20261225T230000Z'])).toEqual(['2026-12-24/2026-12-25']);
  expect(days(['DTSTART:20261224T230000Z'])).toEqual(['2026-12-24']);
});

test('a yearly event comes back every year, but where an exception takes it away or moves it', () => {
  const yearly = ['DTSTART;VALUE=DATE:20251225', 'RRULE:FREQ=YEARLY;COUNT=4', 'EXDATE;VALUE=DATE:20271225'];
  expect(days(yearly)).toEqual(['2025-12-25', '2026-12-25', '2028-12-25']);
  const moved = calendar(['DTSTART;VALUE=DATE:20260501', 'RRULE:FREQ=YEARLY;COUNT=2']).replace(
    'END:VCALENDAR',
    'BEGIN:VEVENT\r\nUID:0@contoso\r\nRECURRENCE-ID;VALUE=DATE:20270501\r\nDTSTART;VALUE=DATE:20270503\r\nEND:VEVENT\r\nEND:VCALENDAR',
  );
  expect(parseHolidays('x.ics', moved).map(({ from }) => from)).toEqual(['2026-05-01', '2027-05-03']);
  expect(days(['DTSTART;VALUE=DATE:20251225', 'RRULE:FREQ=YEARLY'])).toHaveLength(76);
});

test('a cancelled event closes nothing', () => {
  expect(days(['STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20261225'])).toEqual([]);
});

test('a file with a byte order mark, folded lines and several calendars is read', () => {
  const folded = calendar(['SUMMARY:Tag der \r\n Deutschen Einheit', 'DTSTART;VALUE=DATE:20261003']);
  expect(parseHolidays('x.ics', `\uFEFF${folded}${calendar(['DTSTART;VALUE=DATE:20261031'])}`)).toEqual([
    { from: '2026-10-03', to: '2026-10-03', reason: 'Tag der Deutschen Einheit' },
    { from: '2026-10-31', to: '2026-10-31', reason: 'holiday' },
  ]);
});

test.each([
  ['no calendar at all', 'hello', 1],
  ['an empty file', '', 1],
  ['a line that is none', calendar(['DTSTART;VALUE=DATE:20261225']).replace('VERSION:2.0', 'VERSION 2.0'), 2],
  ['a calendar that does not end', calendar(['DTSTART;VALUE=DATE:20261225']).replace('END:VCALENDAR', ''), 1],
  ['another component', 'BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n', 1],
  ['an event without a day', calendar(['SUMMARY:Christmas']), 1],
  ['a day that is none', calendar(['DTSTART;VALUE=DATE:2026-13-45']), 1],
  ['a rule without an end, every second', calendar(['DTSTART:20261225T000000Z', 'RRULE:FREQ=SECONDLY']), 1],
])('%s is refused with its file and line', (_, text, line) => {
  const refuse = () => parseHolidays('policy/holidays.ics', text);
  expect(refuse).toThrow(InvalidInput);
  try {
    refuse();
  } catch (error) {
    expect((error as InvalidInput).problems).toEqual([
      expect.objectContaining({ path: 'policy/holidays.ics', line, code: 'holidays' }),
    ]);
  }
});
