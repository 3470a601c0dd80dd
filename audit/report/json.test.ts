import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isSigned } from '../../policy/plan/plan-signing.ts';
import { parseSignedLine, selectFacts } from '../../policy/signing/signed-line.ts';
import { aPlanSigning } from '../../policy/signing/signing.fixture.ts';
import type { ListedFacts } from '../listed-facts.ts';
import { anAuditResult, buildFactsLister } from './audit.fixture.ts';
import { aCompany } from './company.fixture.ts';
import { writeJson } from './json.ts';

async function written(size: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-json-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const result = anAuditResult({ people: aCompany(size) });
  return await readFile(await writeJson(result, folder, buildFactsLister(result)), 'utf8');
}

/** They follow from the evidence, the policy and the prices, which are all there. */
const withoutSavings = (key: string, value: object) => (key === 'judgement' ? { ...value, savings: undefined } : value);

const withoutFacts = ({ facts: _, signed: _1, ...judged }: Record<string, unknown>) => judged;

test('audit.json holds all of the result, and says which format it has', async () => {
  const { formatVersion, plan, past, unlicensedOneDrives, inactive, guests, ...rest } = JSON.parse(await written(60));
  const json = { ...rest, inactive: inactive.map(withoutFacts), guests: guests.map(withoutFacts) };
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

test('everybody is listed with the facts that the audit signed, and as far as it would let them go', async () => {
  const { inactive, guests } = JSON.parse(await written(60));
  const { plan } = anAuditResult({ people: aCompany(60) });
  const moving = plan.moves.filter(({ to, judged }) => to !== null && judged?.judgement.verdict === 'inactive');
  expect(moving.length).toBeGreaterThan(0);
  for (const { file } of moving) {
    const listed = inactive.find(({ facts }: ListedFacts) => facts.account.id === file.account.id);
    expect(listed).toMatchObject({ signed: file.signed, facts: selectFacts(file) });
  }
  // Files from before signing have no line until they move on.
  const lines = [...inactive, ...guests].filter(({ signed }: ListedFacts) => signed !== undefined);
  for (const { facts, signed } of lines) expect(isSigned({ ...facts, signed }, aPlanSigning())).toBe(true);
  const furthest = lines.map(({ signed }: ListedFacts) => parseSignedLine(signed ?? '')?.furthest);
  expect(new Set(furthest)).toContain('keep');
});

test('an audit without anybody is valid JSON, too', async () => {
  expect(JSON.parse(await written(0)).inactive).toEqual([]);
});
