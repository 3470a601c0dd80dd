import { expect, test } from 'vitest';
import { toLocalTime } from './local-time.ts';

test.each([
  ['2026-12-07T23:30:00Z', 'Europe/Berlin', '2026-12-08'],
  ['2026-12-07T23:30:00Z', 'UTC', '2026-12-07'],
  ['2026-12-07T03:00:00Z', 'America/Los_Angeles', '2026-12-06'],
  ['2026-12-31T23:30:00Z', 'Asia/Tokyo', '2027-01-01'],
])('%s is, in %s, on %s', (instant, timeZone, day) => {
  expect(toLocalTime(new Date(instant), timeZone).day).toBe(day);
});
