// Reads a stack's records from their store, whole: the chain, then every part, by its hash. Parts of a record are read together, so
// that what the machine has signed in it can be verified, and then let go.
import pMap from 'p-map';
import type { RecordStore } from '../../forge/store/record-store.ts';
import type { FoundRecord } from '../../policy/records/finding.ts';
import { isJsonObject, type Json } from '../../policy/records/json.ts';
import type { FoundFiles } from '../../policy/records/part-faults.ts';
import { getPersonFolder, parseChainName, parsePartName, recordFolders } from '../../policy/records/places.ts';
import type { ChainedRecord } from '../../policy/records/record.ts';
import type { Fills } from '../../policy/records/split.ts';
import { atOnce } from './at-once.ts';
import { parseRecord } from './chain-head.ts';
import { hashBytes } from './write-parts.ts';

/** A record with what is there of it. */
export interface OpenedRecord {
  record: ChainedRecord;
  /** Of the run's part, each a JSON object; empty: it is not there, or not what was written. */
  lines: readonly Json[];
  /** Of the parts that are as they were written. */
  fills: Fills;
  /** Whether parts of people are missing. */
  isPartial: boolean;
  /** Parts that lie in another person’s folder. */
  misfiled: number;
}

export interface ReadChain {
  found: readonly FoundRecord[];
  files: FoundFiles;
}

interface ReadOptions {
  /** Called with each record once its parts are read, in the order of the chain. */
  visit?(opened: OpenedRecord): void;
  /** Called with the number of files that are read, and of all. */
  tell?(done: number, total: number): void;
}

export async function readChain(
  store: RecordStore,
  stack: string,
  { visit = () => {}, tell = () => {} }: ReadOptions = {},
): Promise<ReadChain> {
  const [found, names] = [await readRecords(store, stack), await listFiles(store, stack)];
  const records = found.flatMap(({ record }) => record ?? []).sort((a, b) => a.sequence - b.sequence);
  const byId = new Map(records.map((record) => [record.id, record]));
  const bodies = new Map<string, string>();
  const parts = new Map<string, readonly string[]>();
  const total = [...names.values()].reduce((sum, { people }) => sum + people.length + 1, 1);
  let done = 0;
  // Those of the chain in its order, then what belongs to none of it.
  for (const id of new Set([...byId.keys(), ...names.keys()])) {
    const there = await readFiles(store, names.get(id));
    const [record, { body, people }] = [byId.get(id), there];
    if (body !== null) bodies.set(id, body.hash);
    parts.set(
      id,
      people.map(({ hash }) => hash),
    );
    if (record !== undefined) visit(openRecord(record, there));
    done += people.length + 1;
    tell(done, total);
  }
  return { found, files: { bodies, parts } };
}

interface ReadFile {
  name: string;
  bytes: Uint8Array;
  hash: string;
}

interface ReadFiles {
  body: ReadFile | null;
  people: readonly ReadFile[];
}

async function readFiles(store: RecordStore, { body, people = [] }: Partial<FileNames> = {}): Promise<ReadFiles> {
  const readOne = async (name: string): Promise<ReadFile> => {
    const bytes = (await store.read(name)) ?? new Uint8Array();
    return { name, bytes, hash: hashBytes(bytes) };
  };
  return {
    body: body === undefined ? null : await readOne(body),
    people: await pMap(people, readOne, atOnce),
  };
}

/** null: there is no record of this number, or it is none. */
export async function readOneRecord(store: RecordStore, stack: string, sequence: number): Promise<OpenedRecord | null> {
  const record = (await readRecords(store, stack)).find((each) => each.record?.sequence === sequence)?.record ?? null;
  if (record === null) return null;
  const names = await listFiles(store, stack);
  return openRecord(record, await readFiles(store, names.get(record.id)));
}

async function readRecords(store: RecordStore, stack: string): Promise<FoundRecord[]> {
  const names: { name: string; number: number }[] = [];
  for await (const { name } of store.list(`${stack}/${recordFolders.chain}/`))
    names.push({ name, number: parseChainName(stack, name) ?? 0 });
  return pMap(
    names,
    async ({ name, number }) => {
      const bytes = (await store.read(name)) ?? new Uint8Array();
      return { name, number, hash: hashBytes(bytes), record: parseRecord(bytes) };
    },
    atOnce,
  );
}

interface FileNames {
  body?: string;
  people: string[];
}

/** By the id of their record. */
async function listFiles(store: RecordStore, stack: string): Promise<Map<string, FileNames>> {
  const files = new Map<string, FileNames>();
  const get = (id: string) => {
    const known = files.get(id) ?? { people: [] };
    files.set(id, known);
    return known;
  };
  for await (const { name } of store.list(`${stack}/${recordFolders.runs}/`))
    get(name.slice(`${stack}/${recordFolders.runs}/`.length).replace(/\.jsonl$/, '')).body = name;
  for await (const { name } of store.list(`${stack}/${recordFolders.people}/`)) {
    const part = parsePartName(stack, name);
    if (part !== null) get(part.record).people.push(name);
  }
  return files;
}

function openRecord(record: ChainedRecord, { body, people }: ReadFiles): OpenedRecord {
  const named = new Set(record.parts);
  const good = people.filter(({ hash }) => named.has(hash));
  const parts = good.map(({ bytes }): Json => JSON.parse(Buffer.from(bytes).toString('utf8')));
  return {
    record,
    lines: body !== null && body.hash === record.body ? parseLines(body.bytes) : [],
    fills: mergeFills(parts),
    isPartial: good.length < named.size,
    misfiled: good.filter(({ name }, index) => !isInOwnFolder(record.stack, name, parts[index] ?? null)).length,
  };
}

/** Without its first line, which says what it is of. */
function parseLines(bytes: Uint8Array): Json[] {
  return Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line): Json => JSON.parse(line));
}

/** A part that somebody has moved would not be found by whoever erases, and would be shown to the wrong person. */
function isInOwnFolder(stack: string, name: string, part: Json): boolean {
  const person = isJsonObject(part) ? part.person : null;
  return typeof person === 'string' && parsePartName(stack, name)?.folder === getPersonFolder(person, hashBytes);
}

function mergeFills(parts: readonly Json[]): Fills {
  const fills: Record<string, Json> = {};
  for (const part of parts) {
    if (isJsonObject(part) && isJsonObject(part.fills)) Object.assign(fills, part.fills);
  }
  return fills;
}
