import { describe, expect, it } from 'vitest';
import { aPerson } from '../a-person.ts';
import { anAudit } from '../an-audit.ts';
import { calendar, scheduleOf } from './calendar.ts';

const days = (people: Parameters<typeof aPerson>[1][]) =>
  [
    ...scheduleOf(
      anAudit({
        people: people.map((more, index) => aPerson({ userPrincipalName: `p${index}@contoso.com` }, more)),
      }),
    ),
  ]
    .map(([day, stages]) => [day, Object.fromEntries(stages)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));

describe('the four weeks ahead', () => {
  it('take who enters today through every stage, a week apart', () => {
    expect(days([{}, {}])).toEqual([
      ['2026-12-07', { notify: 2 }],
      ['2026-12-14', { review: 2 }],
      ['2026-12-21', { disable: 2 }],
      ['2026-12-28', { delicense: 2 }],
    ]);
  });

  it('have who stays from the day the stage is over', () => {
    expect(days([{ inForce: { stage: 'review', since: '2026-12-02' } }])).toEqual([
      ['2026-12-09', { disable: 1 }],
      ['2026-12-16', { delicense: 1 }],
    ]);
  });

  it('have nobody twice who moves today', () => {
    expect(days([{ inForce: { stage: 'review', since: '2026-11-30' } }])).toEqual([
      ['2026-12-07', { disable: 1 }],
      ['2026-12-14', { delicense: 1 }],
    ]);
  });

  it('end after 28 days, and nobody who is kept is in them', () => {
    expect(
      days([
        { inForce: { stage: 'keep', since: '2026-12-01' } },
        { inForce: { stage: 'delicense', since: '2026-12-05' } },
      ]),
    ).toEqual([]);
  });

  it('begin in the week of the audit, whatever weekday it is on', () => {
    const page = calendar({ ...anAudit(), auditedOn: '2026-12-10' }).text;
    expect(page).toMatch(/<tr><td class="outside"><time datetime="2026-12-07">/);
    expect(page).toMatch(/<td class="today" aria-current="date"><time datetime="2026-12-10">/);
    expect(page.match(/<tr><td/g)?.length).toBe(5);
  });
});
