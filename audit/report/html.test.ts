import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { html, renderJson } from '../../forge/markup.ts';
import { serialiseEscalations } from '../../policy/files/escalations-file.ts';
import { microsoftClocks } from '../../policy/words/describe-clocks.ts';
import type { Trend, TrendDay } from '../history/trend.ts';
import { anAudit } from './audit.fixture.ts';
import { aCompany } from './company.fixture.ts';
import { buildPeopleData } from './html/people-data.ts';
import { renderHtmlReport } from './html.ts';
import { aPerson } from './person.fixture.ts';

describe('the report', () => {
  const audit = anAudit({ people: aCompany(300) });

  it('is the same for the same audit', () => {
    expect(renderHtmlReport(audit)).toBe(renderHtmlReport(anAudit({ people: aCompany(300) })));
  });

  it('says first that nothing is taken for now, why and until when', () => {
    const stops = [{ kind: 'paused', because: 'paused until 2027-01-06 (a <freeze>)', until: '2027-01-06' }] as const;
    const page = renderHtmlReport({ ...audit, stops });
    const place = page.indexOf('Nothing is taken now: paused until 2027-01-06 (a &#60;freeze&#62;)');
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(page.indexOf('class="tiles"'));
    expect(renderHtmlReport(audit)).not.toContain('Nothing is taken now');
  });

  it('lets in exactly its own style sheet and script', () => {
    const page = renderHtmlReport(audit);
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? '';
    const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(policy).toContain(`style-src 'sha256-${sha256(style)}'`);
    expect(policy).toContain(`script-src 'sha256-${sha256(script)}'`);
    expect(policy).toContain("default-src 'none'");
    expect(page).not.toMatch(/<[^>]+ (style|on[a-z]+)=/);
  });

  it('loads nothing from anywhere', () => {
    expect(renderHtmlReport(audit)).not.toMatch(/(src|href)="(?!#|data:,|inactive-users\.csv)/);
    expect(renderHtmlReport(audit)).not.toMatch(/url\(|@import/);
  });

  it('cannot be left by any text of the tenant', () => {
    const name = '</script><script>alert(1)</script><!--<script>';
    const person = aPerson({ displayName: name, department: `"><u>${name}`, jobTitle: name });
    const page = renderHtmlReport(anAudit({ people: [person] }));
    expect(page.match(/<script/g)?.length).toBe(2);
    expect(page.match(/<\/script>/g)?.length).toBe(2);
    expect(page).not.toContain('<!--');
    expect(page).not.toContain('<u>');
  });

  it('has no trend before the second day on which main changed', () => {
    const [one, another] = [onMain('2026-11-23', 3), onMain('2026-11-30', 5)];
    expect(renderHtmlReport(anAudit({ past: pastWith(one) }))).not.toContain('How it went so far');
    expect(renderHtmlReport(anAudit({ past: pastWith(one, another) }))).toContain('since 23 November 2026');
  });

  it('says in the trend what main held on each day, and what a month costs less', () => {
    const page = renderHtmlReport(anAudit({ past: pastWith(onMain('2026-11-23', 3), onMain('2026-11-30', 5)) }));
    const row = '<th scope="row">30 November 2026</th><td>5</td><td>0</td><td>0</td><td>2</td><td>USD 72</td>';
    expect(page).toContain(row);
  });

  it('says what Microsoft takes of what this merge delicenses, of each person, and in general', () => {
    const gone = {
      accountEnabled: false,
      mailbox: { recipientType: 'shared', storageUsedBytes: 1, hasArchive: false, hold: 'none' },
    } as const;
    const oneDrive = { kind: 'seen', storageUsedBytes: 2 ** 27, files: 40, lastUsedOn: null } as const;
    const inForce = { stage: 'disable', since: '2026-11-30' } as const;
    const page = renderHtmlReport(anAudit({ people: [aPerson({ ...gone, oneDrive }, { inForce })] }));
    expect(page).toContain('0.13 GB of files in the OneDrive of 1 person lose their licence: by default read-only');
    expect(page).toContain(
      'OneDrive of 0.13 GB in 40 files: by default closed to everybody from 10 March 2027 (until then a licence brings it back)',
    );
    for (const { what, when } of microsoftClocks)
      expect(page.toLowerCase()).toContain(`${what.toLowerCase()}:</strong> ${when.toLowerCase()}`);
  });

  it('can be made of a tenant in which nobody is inactive', () => {
    expect(renderHtmlReport(anAudit({ people: [] }))).toContain('<b>0 accounts</b> of 1,000');
  });
});

describe('the table of people', () => {
  it('is cut at its number of people, the plan’s first, and says where the others are', () => {
    const audit = anAudit({ people: aCompany(300) });
    const page = renderHtmlReport(audit, { mostPeople: 100 });
    expect(page).toMatch(/The table has the first 100 of 30\d: the plan’s, then the most expensive/);
    const ids = buildPeopleData(audit, { most: 100, mostBytes: 1e9 }).rows.map(([id]) => id);
    const planned = audit.plan.moves.flatMap(({ judged }) => (judged ? [judged.evidence.id] : []));
    expect(planned.slice(0, 100).every((id) => ids.includes(id))).toBe(true);
  });

  it('is cut by size, too, whatever the names are long', () => {
    const people = Array.from({ length: 400 }, (_, index) =>
      aPerson({
        userPrincipalName: `p${index}@contoso.com`,
        displayName: '<名'.repeat(500),
        department: `${index}${'部'.repeat(500)}`,
      }),
    );
    const data = buildPeopleData(anAudit({ people }), { most: 5000, mostBytes: 1_000_000 });
    expect(Buffer.byteLength(renderJson(data).text)).toBeLessThan(1_005_000);
    expect(data.rows.length).toBeGreaterThan(50);
    expect(data.total).toBe(400);
  });

  it('says of an executive since when they stand on HR’s list', () => {
    const cara = aPerson({ userPrincipalName: 'cara.vo@contoso.com', jobTitle: 'CEO' });
    expect(renderHtmlReport(anAudit({ people: [cara] }))).toContain('; new on HR’s list with this proposal');
    const { id, userPrincipalName, displayName } = cara.evidence;
    const why = 'job title "CEO"';
    const entry = { id, userPrincipalName, displayName, why, lastActivity: null, since: '2026-11-30' };
    const escalationsText = serialiseEscalations([entry]);
    expect(renderHtmlReport(anAudit({ people: [cara], escalationsText }))).toContain(
      '; on HR’s list since 30 November',
    );
  });

  it('has somebody who is active again, because the plan moves them', () => {
    const back = aPerson(
      { signIns: { kind: 'read', lastSuccessful: '2026-12-05', lastAttempt: '2026-12-05' } },
      { inForce: { stage: 'notify', since: '2026-12-01' } },
    );
    const audit = anAudit({ people: [back] });
    expect(audit.inactive).toEqual([]);
    expect(renderHtmlReport(audit)).toContain('leaves Notify');
  });
});

describe('markup', () => {
  it('escapes values and leaves nested markup as it is', () => {
    expect(html`<p title="${'"'}">${'<b>&'}${html`<i>${1}</i>`}${[html`<u></u>`, html`<s></s>`]}</p>`.text).toBe(
      '<p title="&#34;">&#60;b&#62;&#38;<i>1</i><u></u><s></s></p>',
    );
  });

  it('keeps JSON equal and free of anything that ends a script', () => {
    const value = { text: '</script><!-- \u2028 ]]>' };
    expect(renderJson(value).text).not.toMatch(/[<\u2028]/);
    expect(JSON.parse(renderJson(value).text)).toEqual(value);
  });
});

function pastWith(...days: TrendDay[]): Trend {
  return { days, notifiedOn: new Map() };
}

function onMain(day: string, notify: number): TrendDay {
  const byStage = { notify, review: 0, disable: 0, delicense: 2, keep: 0, restore: 0 };
  return { day, byStage, reclaimed: { accounts: 2, monthly: 72 } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
