import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, type DaySpan } from '../evidence.ts';
import { addCountedDays, countCountedDays, isWithin, mergeSpans } from './day-span.ts';

const freeze = { from: '2026-12-21', to: '2027-01-06' };

test('a week that a freeze falls into ends as many days later', () => {
  expect(addCountedDays('2026-12-14', 7, [])).toBe('2026-12-21');
  expect(addCountedDays('2026-12-14', 7, [freeze])).toBe('2026-12-21');
  expect(addCountedDays('2026-12-15', 7, [freeze])).toBe('2027-01-08');
  expect(addCountedDays('2026-12-24', 7, [freeze])).toBe('2027-01-14');
  expect(countCountedDays('2026-12-15', '2027-01-08', [freeze])).toBe(7);
  expect(countCountedDays('2026-12-24', '2027-01-06', [freeze])).toBe(0);
});

test('a span without an end in any calendar never ends, and a day before the stage began is none of it', () => {
  expect(addCountedDays('2026-12-15', 7, [{ from: '2026-12-20', to: '9999-12-31' }])).toBe('9999-12-31');
  expect(addCountedDays('9999-12-30', 7, [])).toBe('9999-12-31');
  expect(countCountedDays('2026-12-15', '2026-12-10', [freeze])).toBe(0);
  expect(addCountedDays('2026-12-15', 1, [{ from: '2026-12-20', to: '2026-12-10' }])).toBe('2026-12-16');
});

const days = fc.integer({ min: 0, max: 80 }).map((n) => addDays('2026-12-01', n));
const spans = fc.array(
  fc.record({ from: days, length: fc.integer({ min: 0, max: 20 }) }).map(({ from, length }): DaySpan => {
    return { from, to: addDays(from, length) };
  }),
  { maxLength: 6 },
);

function countOneByOne(since: Day, until: Day, closed: readonly DaySpan[]): number {
  let count = 0;
  for (let day = since; day < until; day = addDays(day, 1)) if (!closed.some((span) => isWithin(day, span))) count += 1;
  return count;
}

test('counting in spans is counting day by day', () => {
  fc.assert(
    fc.property(days, days, spans, (since, until, closed) => {
      expect(countCountedDays(since, until, closed)).toBe(countOneByOne(since, until, closed));
    }),
  );
});

test('the day that is found is the first one with enough days before it', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), spans, (since, wanted, closed) => {
      const until = addCountedDays(since, wanted, closed);
      expect(countOneByOne(since, until, closed)).toBe(wanted);
      expect(countOneByOne(since, addDays(until, -1), closed)).toBe(wanted - 1);
    }),
  );
});

test('merged spans hold the same days, sorted and apart', () => {
  fc.assert(
    fc.property(days, spans, (day, closed) => {
      const merged = mergeSpans(closed);
      expect(merged.some((span) => isWithin(day, span))).toBe(closed.some((span) => isWithin(day, span)));
      for (const [at, { from }] of merged.entries()) expect(from > (merged[at - 1]?.to ?? '')).toBe(true);
    }),
  );
});
