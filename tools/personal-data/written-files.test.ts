// What the real writers of an audit write has a reason for each of its fields, and each of its files is on the page.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { viewAudit } from '../../audit/audit-view.ts';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { aCompany } from '../../audit/report/company.fixture.ts';
import { openPeopleList } from '../../audit/report/people-list.ts';
import { writeResults } from '../../audit/write-results.ts';
import { auditJson, peopleList, proposalJson } from './fields/audit-files.ts';
import { guestList, highRiskList, inactiveList } from './fields/lists.ts';
import { listUnexplained } from './found-fields.ts';
import { places } from './places.ts';

let folder = '';
beforeAll(async () => {
  const repository = await mkdtemp(join(tmpdir(), 'dormant-written-'));
  folder = join(repository, 'out', 'contoso');
  const result = anAuditResult({ people: aCompany(400) });
  const list = await openPeopleList(folder, { stack: 'contoso', auditedOn: result.auditedOn });
  for (const judged of [...result.inactive, ...result.guests]) list.note(judged);
  list.keep();
  const audited = { main: 'a'.repeat(40), branches: new Map([['dormant/contoso', 'b'.repeat(40)]]) };
  const run = { result, view: viewAudit(result), state: { audited }, listFacts: buildFactsLister(result) };
  await writeResults(run, { repository, main: 'main' });
  return () => rm(repository, { recursive: true, force: true });
});

const read = (name: string) => readFile(join(folder, name), 'utf8');

test.each([
  ['audit.json', auditJson],
  ['proposal.json', proposalJson],
])('each field of %s has a reason', async (name, reasons) => {
  const written: unknown = JSON.parse(await read(name));
  expect(listUnexplained(written, reasons)).toEqual([]);
});

test('each field of people.jsonl has a reason', async () => {
  const lines = (await read('people.jsonl')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(300);
  expect(
    listUnexplained(
      lines.map((line) => JSON.parse(line)),
      peopleList,
    ),
  ).toEqual([]);
});

test.each([
  ['inactive-users.csv', inactiveList],
  ['high-risk.csv', highRiskList],
  ['guests.csv', guestList],
])('each column of %s has a reason, and each reason a column', async (name, reasons) => {
  const [head = ''] = (await read(name)).replace('\uFEFF', '').split('\r\n');
  expect(head.split(',').sort()).toEqual(Object.keys(reasons).sort());
});

test('each file that an audit writes is named on the page', async () => {
  const names = await readdir(folder);
  expect(names.length).toBeGreaterThan(8);
  expect(names).toContain('works-council.html');
  const texts = JSON.stringify(places.map(({ what, files = [] }) => [what, files.map(({ name }) => name)]));
  expect(names.filter((name) => !texts.includes(`\`${name}\``))).toEqual([]);
});
