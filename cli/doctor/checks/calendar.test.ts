import { expect, test } from 'vitest';
import type { ClosedDate } from '../../../policy/calendar/closed-dates.ts';
import type { StackFiles } from '../../../policy/files/stack-files.ts';
import { aPolicy } from '../../../policy/policy.fixture.ts';
import type { Calendar } from '../../../policy/schemas/calendar.ts';
import { judgeSchedule } from './calendar.ts';

const judge = (lines: string[], closed: Calendar['closed'], holidays: ClosedDate[] = []) => {
  const files = {
    policy: { value: aPolicy({ calendar: { closed } }) },
    tenant: { value: { timeZone: 'Europe/Berlin' } },
    holidays,
  } as unknown as StackFiles;
  return judgeSchedule(lines, files, new Date('2026-12-07T00:00:00Z'));
};

test('a daily run in an open hour goes on with what waits', () => {
  expect(judge(['23 8 * * *'], { weekdays: ['friday', 'saturday', 'sunday'], hours: ['16:00-09:00'] })).toMatchObject({
    status: 'pass',
    says: expect.stringMatching(/next in an open hour on 2026-12-07 08:23 UTC/),
  });
  expect(judge(['23 2 * * *', '5 12 * * 1'], { hours: ['16:00-09:00'] }).status).toBe('pass');
  expect(judge(['0-30/15 6,12 * * 1-5'], { hours: ['16:00-09:00'] }).says).toContain('2026-12-07 12:00 UTC (50%');
  expect(judge(['5 12 * * 7'], { weekdays: ['sunday'] }).status).toBe('fail');
});

test('runs that all fall into closed hours are told, with a line that does not', () => {
  const hours = ['16:00-09:30'];
  const found = judge(['23 2 * * *'], { hours });
  expect(found).toMatchObject({ status: 'fail', says: expect.stringContaining('(23 2 * * *, in UTC)') });
  const [, line = ''] = /cron: '([^']+)'/.exec(found.fix ?? '') ?? [];
  expect(line).toBe('53 8 * * *');
  expect(judge([line], { hours }).status).toBe('pass');
  const summer = judge(['0 3 * * *'], { hours: ['22:45-20:30'] });
  expect(judge([/cron: '([^']+)'/.exec(summer.fix ?? '')?.[1] ?? ''], { hours: ['22:45-20:30'] }).status).toBe('pass');
});

test.each([[[]], [['hello']], [['61 8 * * *']], [['23 8 1 * *']], [['23 8 * *']], [['@daily']]])(
  'a schedule that never runs is told: %j',
  (lines) => {
    expect(judge(lines, { weekdays: ['friday'] }).status).toBe('fail');
  },
);
