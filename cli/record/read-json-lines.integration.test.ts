// audit.json is read value by value, and one that was cut off is no audit.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { aCompany } from '../../audit/report/company.fixture.ts';
import { writeJson } from '../../audit/report/json.ts';
import { buildDocument } from '../../policy/records/join.ts';
import type { Entry } from '../../policy/records/split.ts';
import { readJsonLines } from './read-json-lines.ts';

async function anAuditFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-lines-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const result = anAuditResult({ people: aCompany(40) });
  return writeJson(result, folder, buildFactsLister(result));
}

async function readAll(path: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of readJsonLines(path)) entries.push(entry);
  return entries;
}

test('the values together are the file', async () => {
  const path = await anAuditFile();
  expect(buildDocument(await readAll(path))).toEqual(JSON.parse(await readFile(path, 'utf8')));
});

test.each([
  ['in the middle of a line', (text: string) => text.slice(0, text.length / 2)],
  ['between two lines', (text: string) => text.slice(0, text.lastIndexOf('\n', text.length / 2))],
  ['before its last line', (text: string) => text.trimEnd().slice(0, -1)],
  ['at its beginning', () => ''],
])('a file that was cut off %s is refused, with its line', async (_, cut) => {
  const path = await anAuditFile();
  await writeFile(path, cut(await readFile(path, 'utf8')));
  await expect(readAll(path)).rejects.toMatchObject({
    code: 'record',
    exitCode: 2,
    where: expect.stringMatching(/audit\.json:\d+$/),
  });
});
