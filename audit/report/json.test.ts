import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anAuditResult } from './audit.fixture.ts';
import { aCompany } from './company.fixture.ts';
import { writeJson } from './json.ts';

async function written(size: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-json-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return await readFile(await writeJson(anAuditResult({ people: aCompany(size) }), folder), 'utf8');
}

/** They follow from the evidence, the policy and the prices, which are all there. */
const withoutSavings = (key: string, value: object) => (key === 'judgement' ? { ...value, savings: undefined } : value);

test('audit.json holds all of the result, and says which format it has', async () => {
  const { formatVersion, plan, past, unlicensedOneDrives, ...json } = JSON.parse(await written(60));
  const audit = anAuditResult({ people: aCompany(60) });
  const { plan: expectedPlan, past: expectedPast, unlicensedOneDrives: expectedDrives, ...expected } = audit;
  expect(formatVersion).toBe(1);
  expect(json).toEqual(JSON.parse(JSON.stringify(expected, withoutSavings)));
  expect(plan.files).toEqual(Object.fromEntries(expectedPlan.files));
  expect(plan.moves).toHaveLength(expectedPlan.moves.length);
  expect(unlicensedOneDrives).toEqual(Object.fromEntries(expectedDrives));
  expect(past.days).toEqual(expectedPast.days);
  expect(past.notifiedOn).toEqual(Object.fromEntries(expectedPast.notifiedOn));
});

test('the same audit gives the same bytes, keys in order, one account a line', async () => {
  const [first, second] = [await written(60), await written(60)];
  expect(first).toBe(second);
  const keys = Object.keys(JSON.parse(first));
  expect(keys).toEqual([...keys].sort());
  const accounts = first.split('\n').filter((line) => line.startsWith('{"evidence":') && !line.includes('"limit":'));
  const { inactive, guests } = anAuditResult({ people: aCompany(60) });
  expect(accounts).toHaveLength(inactive.length + guests.length);
});

test('an audit without anybody is valid JSON, too', async () => {
  expect(JSON.parse(await written(0)).inactive).toEqual([]);
});
