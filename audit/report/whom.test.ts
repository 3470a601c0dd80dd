// Populations and scope in everything that an audit writes for people: who was judged by what, and nobody from outside.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { printAudit } from '../../cli/audit/print-audit.ts';
import { aLicense, daysAgo, lastSeen, signedIn } from '../../policy/account.fixture.ts';
import type { Evidence } from '../../policy/evidence.ts';
import { viewAudit } from '../audit-view.ts';
import { renderPullRequestBody } from '../proposal/markdown/body.ts';
import { describeByPopulation } from '../summary/populations.ts';
import { anAuditResult, buildFactsLister } from './audit.fixture.ts';
import { writeCsvs } from './csv.ts';
import { buildPeopleData } from './html/people-data.ts';
import { renderHtmlReport } from './html.ts';
import { writeJson } from './json.ts';
import { aPerson } from './person.fixture.ts';

const populations = [
  { name: 'contractors', match: { employeeTypes: ['Contractor'] }, inactiveAfterDays: 30, stages: { notifyDays: 3 } },
  { name: 'pupils', match: { departments: ['School'] }, inactiveAfterDays: 120 },
];
const quietFor = (days: number) => ({ usage: lastSeen({ exchange: daysAgo(days) }), signIns: signedIn(daysAgo(days)) });
const aSomebody = (name: string, change: Partial<Evidence>) =>
  aPerson({ displayName: name, userPrincipalName: `${name.toLowerCase().replace(' ', '.')}@contoso.com`, ...change });

const cleo = aSomebody('Cleo Roy', { ...quietFor(35), employeeType: 'Contractor', licenses: [aLicense('SPE_F1')] });
const pia = aSomebody('Pia Lund', { ...quietFor(130), department: 'School' });
const office = aSomebody('Ben Okafor', { department: 'Legal' });
const chief = aSomebody('Max Boss', { jobTitle: 'CEO', department: 'Legal' });
const guest = aSomebody('Gus Guest', { userType: 'guest', department: null });
const people = [cleo, pia, office, chief, guest];

/** Everything that is written of one audit, by name. */
async function write(policy: NonNullable<Parameters<typeof anAuditResult>[0]>['policy']) {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-whom-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const result = anAuditResult({ people, ...(policy ? { policy } : {}) });
  const view = viewAudit(result);
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  printAudit(view, []);
  log.mockRestore();
  const paths = [...(await writeCsvs(view, folder)), await writeJson(result, folder, buildFactsLister(result))];
  const [inactive = '', highRisk = '', guests = '', json = ''] = await Promise.all(
    paths.map((path) => readFile(path, 'utf8')),
  );
  const texts = { inactive, highRisk, guests, json, report: renderHtmlReport(view), body: renderPullRequestBody(view) };
  return { view, ...texts, terminal: printed.join('\n') };
}

test('who was judged by which population is in lists, report, pull request and audit.json', async () => {
  const { view, inactive, json, report, body } = await write({ populations });
  expect(inactive).toMatch(/Cleo Roy.*,35,contractors,/);
  expect(inactive).toMatch(/Pia Lund.*,130,pupils,/);
  expect(inactive).toMatch(/Ben Okafor.*,143,,/);
  const { inactive: listed } = JSON.parse(json);
  const named = listed.map(({ judgement, evidence }: { judgement: object; evidence: object }) => [
    Reflect.get(evidence, 'displayName'),
    Reflect.get(judgement, 'population'),
  ]);
  expect(Object.fromEntries(named)).toMatchObject({
    'Cleo Roy': 'contractors',
    'Pia Lund': 'pupils',
    'Ben Okafor': null,
  });
  expect(body).toMatch(/Cleo Roy.*inactive for 35 days; contractors: 30 days; no Exchange/);
  expect(body).toContain('contractors 30 days of silence, then 3, 7 and 7 in the stages');
  expect(report).toContain('<select name="population">');
  const data = buildPeopleData(view, { most: 10, mostBytes: 1e9 });
  expect(data.words.population.toSorted()).toEqual(['contractors', 'none', 'pupils']);
  expect(JSON.stringify(data.rows)).toContain('contractors: 30 days');
  expect(describeByPopulation(view)).toEqual(['By populations: contractors 1 (30 days) and pupils 1 (120 days).']);
});

test('without populations nothing speaks of them', async () => {
  const { report, body, terminal } = await write({});
  expect(report).not.toContain('name="population"');
  expect([body, terminal].join('')).not.toMatch(/population/i);
});

test('whoever is outside the scope is in nothing that is written, and how many they are is in everything', async () => {
  const { terminal, ...written } = await write({ scope: { departments: ['School', 'Sales'] } });
  const { inactive, highRisk, guests, json, report, body } = written;
  for (const text of [inactive, highRisk, guests, json, report, body, terminal])
    for (const name of ['Okafor', 'okafor', 'Max Boss', 'max.boss', 'Gus Guest', 'gus.guest'])
      expect(text).not.toContain(name);
  expect(inactive).toContain('Pia Lund');
  const said = '3 of 1,005 accounts are outside the scope of policy.yaml: counted here, and in no list.';
  for (const text of [report, body, terminal]) expect(text).toContain(said);
  expect(JSON.parse(json).counts).toMatchObject({ accounts: 1005, outsideScope: 3 });
});

test('a pull request says of each who leaves the scope why their file goes', () => {
  const person = { ...office, inForce: { stage: 'review' as const, since: '2026-11-25' } };
  const view = viewAudit(anAuditResult({ people: [person], policy: { scope: { departments: ['School'] } } }));
  expect(renderPullRequestBody(view)).toMatch(/Ben Okafor.*leaves Review: outside the scope of policy\.yaml/);
});
