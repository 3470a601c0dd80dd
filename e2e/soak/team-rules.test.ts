import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findClosure } from '../../policy/calendar/find-closure.ts';
import { addDays } from '../../policy/evidence.ts';
import type { UserId } from '../../policy/identifiers.ts';
import { isInShare } from '../../policy/populations/share.ts';
import { weekdays } from '../../policy/schemas/calendar.ts';
import { findReasonNotToTake, isInScope, noRules } from './team-rules.ts';

// The soak works these out by itself; where both agree on everything, neither is wrong by a slip.

const days = fc.integer({ min: 0, max: 40 }).map((count) => addDays('2026-12-07', count));
const spans = fc.array(
  fc.tuple(days, fc.integer({ min: 0, max: 9 })).map(([from, length]) => ({ from, to: addDays(from, length) })),
  { maxLength: 3 },
);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const ranges = fc.tuple(time, time).filter(([from, to]) => from !== to);
const hours = fc.array(
  ranges.map((both) => both.join('-')),
  { maxLength: 2 },
);
// Over both changes of the clock.
const moments = fc.integer({ min: Date.parse('2026-10-01'), max: Date.parse('2027-04-30') });

test('product and soak call the same moments closed', () => {
  fc.assert(
    fc.property(
      fc.subarray([...weekdays], { maxLength: 4 }),
      spans,
      spans,
      hours,
      moments,
      (closed, dates, file, ranges, now) => {
        const named = dates.map((span) => ({ ...span, reason: 'a freeze' }));
        const holidays = file.map((span) => ({ ...span, reason: 'a holiday' }));
        const calendar = { closed: { weekdays: closed, dates: named, holidays: 'holidays.ics', hours: ranges } };
        const found = findClosure(calendar, { zone: 'Europe/Berlin', at: new Date(now), holidays });
        const rules = { ...noRules(), weekdays: closed, dates: named, holidays, hours: ranges };
        // Where every hour is closed the product's own check refuses the calendar.
        fc.pre(found !== null || findReasonNotToTake(rules, now) === null || ranges.length < 2);
        expect(findReasonNotToTake(rules, now)).toBe(found === null ? null : 'closed');
      },
    ),
  );
});

test('product and soak put the same people into a share', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.double({ min: 0.01, max: 1, noNaN: true }), (id, share) => {
      const account = { id, department: null, userPrincipalName: 'ana@contoso.com' };
      const isInside = isInScope({ ...noRules(), scope: { share } }, account);
      expect(isInside).toBe(isInShare(id as UserId, share));
    }),
  );
});
