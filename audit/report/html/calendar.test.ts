import { describe, expect, it } from 'vitest';
import { aLicense, idOf } from '../../../policy/account.fixture.ts';
import type { OneDrive } from '../../../policy/evidence.ts';
import { anAudit } from '../audit.fixture.ts';
import { aPerson } from '../person.fixture.ts';
import { buildSchedule, renderCalendar } from './calendar.ts';
import { renderClocks } from './clocks.ts';

const smallDrive: OneDrive = {
  kind: 'seen',
  storageUsedBytes: 0.12 * 1024 ** 3,
  files: 64,
  lastUsedOn: '2026-06-30',
};

const days = (people: Parameters<typeof aPerson>[1][]) =>
  [
    ...buildSchedule(
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

  it('skip closed dates and pauses, and name the days on which nothing is taken', () => {
    const audit = anAudit({
      people: [aPerson()],
      uncounted: [{ from: '2026-12-10', to: '2026-12-12' }],
      policy: { calendar: { closed: { weekdays: ['sunday'] } } },
    });
    expect([...buildSchedule(audit).keys()].sort()).toEqual(['2026-12-07', '2026-12-17', '2026-12-24', '2026-12-31']);
    const markup = renderCalendar(audit).text;
    const closed = [...markup.matchAll(/datetime="([\d-]+)">(?:(?!<\/td>).)*?class="closed"/gs)].map(([, day]) => day);
    expect(closed.slice(0, 4)).toEqual(['2026-12-10', '2026-12-11', '2026-12-12', '2026-12-13']);
    expect(markup).toContain('On a closed day nothing is taken');
    expect(renderCalendar(anAudit()).text).not.toContain('closed');
  });

  it('have who stays from the day the stage is over', () => {
    expect(days([{ inForce: { stage: 'review', since: '2026-12-02' } }])).toEqual([
      ['2026-12-09', { disable: 1 }],
      ['2026-12-16', { delicense: 1 }],
    ]);
  });

  it('have nobody in stages that they are kept from', () => {
    const group = { assignedByGroup: idOf('all'), dynamicGroup: { membershipRule: null } };
    const person = aPerson({
      oneDrive: { kind: 'unknown' },
      licenses: [aLicense('SPE_E3', group)],
    });
    const stages = [...buildSchedule(anAudit({ people: [person] })).values()].flatMap((day) => [...day.keys()]);
    expect(stages).toEqual(['notify', 'review']);
  });

  it('have nobody as deletable whose files nobody has released', () => {
    const { policy } = anAudit();
    const soon = { policy: { stages: { ...policy.stages, deleteEligibleAfterDays: 7 } } };
    const inForce = { stage: 'disable' as const, since: '2026-11-30' };
    const disabled = {
      accountEnabled: false,
      mailbox: { ...aPerson().evidence.mailbox, recipientType: 'shared' as const },
    };
    const ahead = (oneDrive: OneDrive) => [
      ...buildSchedule(anAudit({ people: [aPerson({ ...disabled, oneDrive }, { inForce })], ...soon })).keys(),
    ];
    expect(ahead({ kind: 'unknown' })).toEqual(['2026-12-07']);
    expect(ahead({ kind: 'none' })).toEqual(['2026-12-07', '2026-12-14']);
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

  it('have Microsoft’s days of those whose licence a merge has taken', () => {
    const delicensed = { inForce: { stage: 'delicense', since: '2026-10-12' } } as const;
    const audit = anAudit({ people: [aPerson({ oneDrive: smallDrive }, delicensed)] });
    expect([...(buildSchedule(audit).get('2026-12-11') ?? [])]).toEqual([['readOnlyFrom', 1]]);
    expect(renderCalendar(audit).text).toContain('<b>1</b> <span>OneDrive read-only</span>');
  });

  it('begin in the week of the audit, whatever weekday it is on', () => {
    const page = renderCalendar({ ...anAudit(), auditedOn: '2026-12-10' }).text;
    expect(page).toMatch(/<tr><td class="outside"><time datetime="2026-12-07">/);
    expect(page).toMatch(/<td class="today" aria-current="date"><time datetime="2026-12-10">/);
    expect(page.match(/<tr><td/g)?.length).toBe(5);
  });
});

describe('Microsoft’s clock', () => {
  it('shows the first of many, and folds the others', () => {
    const people = Array.from({ length: 11 }, (_, at) =>
      aPerson(
        { displayName: `P${at}`, userPrincipalName: `p${at}@contoso.com`, oneDrive: smallDrive },
        { inForce: { stage: 'delicense', since: '2026-11-24' } },
      ),
    );
    const [shown = '', more = ''] = renderClocks(anAudit({ people })).text.split('<details');
    expect(shown.match(/<th scope="row">/g)).toHaveLength(8);
    expect(more).toContain('<summary>3 more</summary>');
    expect(more.match(/<th scope="row">/g)).toHaveLength(3);
  });

  it('lists the days that are left, the earliest first, and last those that nobody can date', () => {
    const taken = (name: string, since: string) =>
      aPerson(
        { displayName: name, userPrincipalName: `${name}@contoso.com`, oneDrive: smallDrive },
        { inForce: { stage: 'delicense', since } },
      );
    const by = {
      displayName: 'Cy',
      userPrincipalName: 'cy@contoso.com',
      accountEnabled: false,
      licenses: [],
    };
    const others = aPerson({ ...by, oneDrive: { kind: 'unknown' } });
    const page = renderClocks(
      anAudit({ people: [others, taken('Bo', '2026-11-24'), taken('Ana', '2026-11-17')] }),
    ).text;
    const rows = [...page.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row]) => row);
    const cells = rows.map((row) => row?.replaceAll(/(<[^>]*>)+/g, '|'));
    const days = '2027-01-23|2027-02-25|2027-05-29|2027-11-24';
    expect(cells).toEqual([
      'Ana|166|0.12 GB|2026-11-17|2027-01-16|2027-02-18|2027-05-22|2027-11-17|',
      `Bo|173|0.12 GB|2026-11-24|${days}|`,
      `Cy${'|not known'.repeat(7)}|`,
    ]);
    expect(page).toContain('whatever hold or retention policy is on it');
  });

  it('is left out where every OneDrive has its licence', () => {
    expect(renderClocks(anAudit({ people: [aPerson({ oneDrive: smallDrive })] })).text).toBe('');
  });
});
