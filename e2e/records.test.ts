// Weeks of audits and applies on the embedded tenant, recorded; then somebody does something to the records, and each is told apart.
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { aRecordedYear, changeFile, forgetResults, listRecordFiles, type RecordedYear } from './records.fixture.ts';

interface Verified {
  isWhole: boolean;
  head: string;
  findings: { fault: string; sequences: number[]; signedBy: string | null; message: string }[];
  signers: { key: string; kind: string; records: number }[];
  erased: Record<string, number>;
  facts: Record<string, number>;
}

async function verify({ dormant }: RecordedYear, ...args: string[]): Promise<Verified & { exitCode: number }> {
  const {
    stdout,
    stderr,
    exitCode = -1,
  } = await dormant(['verify', 'out/records', '--json', ...args], { offline: true });
  expect(stderr).toBe('');
  return { ...JSON.parse(stdout), exitCode };
}

const tell = ({ findings }: Verified) =>
  findings.map(({ fault, sequences, signedBy }) => `${fault} ${sequences} ${signedBy}`);

test('three weeks are verified without a network, and a line changed, a run left out or written twice, a part lost are told apart', async () => {
  const year = await aRecordedYear();
  for (let week = 0; week < 3; week++) await year.runRecordedWeek();
  const applies = year.added.filter(({ record }) => record.kind === 'apply');
  expect(applies.length).toBeGreaterThan(1);
  expect(year.added.map(({ record }) => record.sequence)).toEqual(year.added.map((_, at) => at + 1));
  const last = year.added.at(-1);

  const whole = await verify(year, '--contains', year.added[2]?.hash ?? '');
  expect([whole.exitCode, whole.findings, whole.head]).toEqual([0, [], last?.hash]);
  expect(whole.signers).toEqual([
    { key: 'contoso-audit', kind: 'audit', records: 3 },
    { key: 'contoso-apply', kind: 'apply', records: applies.length },
  ]);
  expect(whole.facts.tests).toBeGreaterThan(5);

  const files = {
    chain: await listRecordFiles(year, 'chain'),
    runs: await listRecordFiles(year, 'runs'),
    people: await listRecordFiles(year, 'people'),
  };
  const third = files.chain[2] ?? '';
  const { record: ofThird } = year.added[2] ?? expect.fail('there is no third record');
  const by = ofThird.signature?.key;
  const part = files.people.find((path) => basename(path).startsWith(ofThird.id)) ?? '';
  const run = files.runs.find((path) => path.includes(ofThird.id)) ?? '';
  const beside = join(dirname(third), `${String(files.chain.length + 1).padStart(6, '0')}.json`);
  const cases: [what: string, act: () => Promise<unknown>, told: string[]][] = [
    [
      'one line of a record changed',
      () => changeFile(third, (text) => text.replace('"run":"', '"run":"x')),
      ['signature 3 null'],
    ],
    [
      'one line of a run changed',
      () => changeFile(run, (text) => text.replace('"counts","accounts"],"value":', '$&1')),
      [`body-changed 3 ${by}`],
    ],
    [
      'one line of a person’s part changed',
      () => changeFile(part, (text) => text.replace('"salt":"', '"salt":"x')),
      [`part-changed 3 ${by}`],
    ],
    ['one run left out', () => rm(third), [`missing 3 ${year.added[3]?.record.signature?.key}`]],
    ['one record written twice', () => cp(third, beside), [`twice 3 ${by}`]],
    ['one person’s part taken away', () => rm(part), [`part-missing 3 ${by}`]],
    [
      'one person’s part moved to another record',
      () => rename(part, part.replace(ofThird.id, year.added[1]?.record.id ?? '')),
      [expect.stringContaining('part-'), expect.stringContaining('part-')],
    ],
    ['one person’s part moved to somebody else’s folder', () => moveToOther(part), [`part-misfiled 3 ${by}`]],
    ['a run’s part taken away', () => rm(run), [`body-missing 3 ${by}`]],
  ];
  const copy = `${year.records}-whole`;
  await cp(year.records, copy, { recursive: true });
  for (const [what, act, told] of cases) {
    await act();
    const verified = await verify(year);
    expect([what, verified.exitCode, tell(verified).sort()]).toEqual([what, 1, told]);
    await rm(year.records, { recursive: true });
    await cp(copy, year.records, { recursive: true });
  }

  // Taken off at the end: only whoever has noted the hash can see it.
  await rm(files.chain.at(-1) ?? '');
  expect((await verify(year)).exitCode).toBe(0);
  const noted = await year.dormant(['verify', 'out/records', '--contains', last?.hash ?? ''], { offline: true });
  expect([noted.exitCode, noted.stdout]).toEqual([1, expect.stringContaining('it was taken off or changed')]);
});

async function moveToOther(part: string): Promise<void> {
  const other = join(dirname(dirname(part)), 'ffffffff-ffff-4fff-8fff-ffffffffffff');
  await mkdir(other);
  await rename(part, join(other, basename(part)));
}

test('years later an auditor reads what a run has written, from nothing but the copy, and sees who stands behind it', async () => {
  const year = await aRecordedYear();
  await year.runRecordedWeek();
  expect([await year.record('audit'), await year.record('apply')]).toEqual([null, null]);
  const again = await year.dormant(['record', 'audit', 'contoso']);
  expect([again.exitCode, again.stdout]).toEqual([0, 'Nothing of this audit is left to record.']);
  const foreign = await year.dormant(['record', 'audit', 'contoso'], { env: { DORMANT_RECORDS_KEY: 'none' } });
  expect([foreign.exitCode, foreign.stderr]).toEqual([2, expect.stringContaining('not a private key')]);

  const written = JSON.parse(await readFile(join(year.folder, 'out/contoso/audit.json'), 'utf8'));
  await forgetResults(year);
  await cp(join(year.folder, 'stacks/contoso/tenant.yaml'), join(year.folder, 'out/then.yaml'));
  const text = await year.dormant(['verify', 'out/records/contoso', '--tenant', 'out/then.yaml'], { offline: true });
  expect(text.stdout).toMatch(/ok {5}Signed: 1 audit by contoso-audit and 1 apply by contoso-apply\./);
  expect(text.stdout).toMatch(/These records are whole\.$/);
  for (const { record } of year.added)
    await year.dormant(['verify', 'out/records', '--extract', String(record.sequence), '--out', `out/${record.kind}`], {
      offline: true,
    });
  expect(JSON.parse(await readFile(join(year.folder, 'out/audit/audit.json'), 'utf8'))).toEqual(written);
  expect((await readdir(join(year.folder, 'out/apply'))).sort()).toEqual(['apply.jsonl', 'commit.txt', 'policy']);
});
