// Benchmark of records: two years of weekly audits, added to a folder and verified, against reading and hashing the same files.
// `node bench/records.ts [--weeks 104] [--people 2000]`. Fails if they are not whole, a change passes, or it costs more than allowed.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { anAuditResult, buildFactsLister } from '../audit/report/audit.fixture.ts';
import { aCompany } from '../audit/report/company.fixture.ts';
import { writeJson } from '../audit/report/json.ts';
import { appendRecord, createRecordId } from '../cli/record/append-record.ts';
import { findChainHead } from '../cli/record/chain-head.ts';
import { readJsonLines } from '../cli/record/read-json-lines.ts';
import { verifyRecords } from '../cli/record/verify-records.ts';
import { splitRun, writeParts } from '../cli/record/write-parts.ts';
import { openRecordStore } from '../forge/store/open-record-store.ts';
import { addDays } from '../policy/evidence.ts';
import { aSigning, contoso } from '../policy/signing/signing.fixture.ts';
import { failOnFaults } from './fail-on-faults.ts';

/** Parsing and joining each part, and what is signed in it: more than hashing, and still seconds. */
const allowedRatio = 5;

const { values } = parseArgs({
  options: { weeks: { type: 'string', default: '104' }, people: { type: 'string', default: '2000' } },
});
const [weeks, people] = [Number(values.weeks), Number(values.people)];
const folder = await mkdtemp(join(tmpdir(), 'dormant-bench-records-'));
try {
  await measure();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const store = await openStore();
  const written = await time(() => addWeeks(store));
  const files = await listFiles();
  const hashing = await time(() => hashAll(files));
  const verifying = await time(() => verify(store));
  const { findings, parts } = await verify(store);
  await spoil(files);
  const spoilt = (await verify(store)).findings.length;
  const ratio = verifying / hashing;
  printLine(`${weeks} audits of ${people} accounts`, `${parts} parts of people, added in ${written.toFixed(1)} s`);
  printLine(`${files.length} files read and hashed`, `${hashing.toFixed(1)} s`);
  printLine('verified', `${verifying.toFixed(1)} s, ${ratio.toFixed(1)} times that; ${allowedRatio} allowed`);
  failOnFaults([
    ...(findings.length === 0 ? [] : [`${findings.length} faults in records that are whole.`]),
    ...(spoilt === 1 ? [] : [`One changed part was told ${spoilt} times.`]),
    ...(ratio <= allowedRatio ? [] : [`verifying: ${ratio.toFixed(1)} times reading and hashing.`]),
  ]);
}

async function openStore() {
  await mkdir(join(folder, 'records'));
  return openRecordStore({ folder: join(folder, 'records') }, { root: folder, cloud: 'global', env: {} });
}

type Store = Awaited<ReturnType<typeof openStore>>;

async function addWeeks(store: Store): Promise<void> {
  const result = anAuditResult({ people: aCompany(people) });
  const path = await writeJson(result, folder, buildFactsLister(result));
  const run = { kind: 'audit', run: 'bench', commit: null, read: () => readJsonLines(path) } as const;
  for (let week = 0; week < weeks; week++) {
    const day = addDays('2026-12-07', week * 7);
    const id = createRecordId('audit', day);
    const parts = await writeParts(store, { stack: contoso.stack, id }, await splitRun({ ...run, day }));
    const link = { format: 1, ...contoso, id, kind: run.kind, day, run: `${week}`, commit: null, ...parts, keys: [] };
    const head = await findChainHead(store, contoso.stack);
    await appendRecord(store, { ...link, signing: aSigning() }, { signer: null, head });
  }
}

function verify(store: Store) {
  return verifyRecords(store, contoso.stack, { keys: null });
}

async function listFiles(): Promise<string[]> {
  const entries = await readdir(join(folder, 'records'), { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? join(entry.parentPath, entry.name) : []));
}

async function hashAll(files: readonly string[]): Promise<void> {
  for (const file of files)
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
}

async function spoil(files: readonly string[]): Promise<void> {
  const part = files.find((file) => file.includes('/people/')) ?? '';
  await writeFile(part, (await readFile(part, 'utf8')).replace('"salt":"', '"salt":"x'));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}

function printLine(name: string, value: string): void {
  console.log(`${name.padEnd(36)}${value}`);
}
