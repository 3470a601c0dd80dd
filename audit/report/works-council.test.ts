// What those who represent the employees get: rules and coarse numbers, and nobody in them.
import { expect, test } from 'vitest';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { anAudit } from './audit.fixture.ts';
import { aCompany } from './company.fixture.ts';
import { aPerson } from './person.fixture.ts';
import { listPersonalWords } from './personal-words.fixture.ts';
import { renderWorksCouncilReport } from './works-council.ts';

const company = aCompany(300);

test('nobody of the company is in it: no name, address, id, department, title or manager', () => {
  const page = renderWorksCouncilReport(anAudit({ people: company })).toLowerCase();
  const words = listPersonalWords(company.map(({ evidence }) => evidence));
  expect(words.length).toBeGreaterThan(900);
  expect(words.filter((word) => page.includes(word))).toEqual([]);
});

test('nothing that somebody wrote is in it: no reason, no owner, no name of a population or of a department', () => {
  const person = aPerson({ userPrincipalName: 'ana.reyes@contoso.com' });
  const written = {
    people: [person],
    exemptions: [{ account: 'ana.reyes@contoso.com', reason: 'Ana is ill', owner: 'Lee Park', until: '2027-02-01' }],
    policy: {
      paused: { until: '2026-12-20', reason: 'Lee is away' },
      populations: [{ name: 'ill-people', match: { departments: ['Ward of Bo'] }, inactiveAfterDays: 120 }],
      scope: { departments: ['Office of Cy'] },
      calendar: { closed: { dates: [{ from: '2026-12-24', reason: 'Wedding of Dee' }] } },
    },
  };
  const stops = [{ kind: 'paused', because: 'paused until 2026-12-20 (Lee is away)', until: '2026-12-20' }] as const;
  const page = renderWorksCouncilReport({ ...anAudit(written), stops });
  for (const word of ['Ana', 'ill', 'Lee', 'Bo', 'Cy', 'Dee'])
    expect(page).not.toMatch(new RegExp(`>[^<]*\\b${word}\\b`));
  expect(page).toContain('For now nothing is taken, until 20 December.');
  expect(page).toContain('For some people the policy has days of their own: 120 days.');
});

test('the rules are the policy’s own', () => {
  const policy = { ...aPolicy({ inactiveAfterDays: 111, minimumAccountAgeDays: 77 }) };
  const page = renderWorksCouncilReport(anAudit({ policy }));
  expect(page).toContain('Who was silent in all of them for 111 days.');
  expect(page).toContain('No account that is younger than 77 days');
});

test('a limit below five is not told, because it would narrow down what is hidden', () => {
  const { limits } = aPolicy();
  const policy = { limits: { ...limits, newAccountsPerAudit: 3, changesPerApply: 7, changesPerWeek: 2 } };
  const page = renderWorksCouncilReport(anAudit({ policy }));
  expect(page).toContain('In one proposal fewer than 5 accounts begin.');
  expect(page).toContain('takes licences from at most 7 accounts, and all merges of a week together from fewer than 5');
});

test('a small company’s page has sentences instead of tables with nothing in them, and no number below five', () => {
  const page = renderWorksCouncilReport(anAudit({ people: aCompany(4) }));
  expect(page).toContain('Fewer than 5 each: begin: Notify; go on to Review;');
  const told = [...page.matchAll(/<td>([^<]*)<\/td>/g)].map(([, text = '']) => text);
  expect(told.length).toBeGreaterThan(5);
  expect(told.filter((text) => !/^(fewer than 5|[\d,]+ to [\d,]+|at least [\d,]+)$/.test(text))).toEqual([]);
});

test('numbers of earlier months are of the first day of each, whenever main changed', () => {
  const byStage = { notify: 12, review: 3, disable: 0, delicense: 0, keep: 0, restore: 0 };
  const reclaimed = { accounts: 0, monthly: 0 };
  const days = ['2026-10-14', '2026-11-17'].map((day) => ({ day, byStage, reclaimed }));
  const page = renderWorksCouncilReport(anAudit({ people: company, past: { days, notifiedOn: new Map() } }));
  expect(page).toContain('<th scope="row">1 November 2026</th><td>10 to 14</td><td>fewer than 5</td>');
  expect(page).toContain('<th scope="row">1 December 2026</th>');
  expect(page).not.toMatch(/1 October 2026|14 October|17 November/);
});

test('it is the same for the same audit, lets in its own style sheet alone and runs no script', () => {
  const page = renderWorksCouncilReport(anAudit({ people: company }));
  expect(page).toBe(renderWorksCouncilReport(anAudit({ people: aCompany(300) })));
  expect(page).not.toContain('<script');
  expect(page).not.toContain('script-src');
  expect(page).not.toMatch(/(src|href)="(?!data:,)|url\(|@import/);
});

test('no money is in it: an amount and the prices would tell how many, and a change how many more', () => {
  expect(renderWorksCouncilReport(anAudit({ people: company }))).not.toMatch(/USD|EUR|a month\b/);
});
