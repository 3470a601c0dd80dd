// Takes a run apart and writes its parts to the store, before the record that names them: one that dies on the way leaves parts
// that no record has, and no record of parts that are not there.
import { createHash, randomBytes } from 'node:crypto';
import pMap from 'p-map';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { createPeopleIndex, type PersonKey } from '../../policy/records/people-index.ts';
import { getPartName, getPersonFolder, getRunName } from '../../policy/records/places.ts';
import type { ChainedRecord } from '../../policy/records/record.ts';
import { createSplitter, type Fills } from '../../policy/records/split.ts';
import { atOnce } from './at-once.ts';
import { commitFile } from './gather-commit.ts';
import type { RecordedRun } from './run-entries.ts';

/** How many files are through, and of how many. */
export type TellProgress = (done: number, total: number) => void;

/** A run without its people, and each person's part. */
export interface SplitRun {
  /** JSON, one line for each entry. */
  lines: readonly string[];
  parts: ReadonlyMap<PersonKey, Fills>;
}

export async function splitRun(run: RecordedRun): Promise<SplitRun> {
  const people = createPeopleIndex();
  for await (const { at, value } of run.read()) people.note(value, at);
  const splitter = createSplitter(people);
  const lines: string[] = [];
  for await (const entry of run.read()) lines.push(JSON.stringify(splitter.split(entry)));
  return { lines, parts: splitter.parts() };
}

/** The file of a person’s part. */
export interface PersonPart {
  format: number;
  stack: string;
  /** The record’s id. */
  record: string;
  person: PersonKey;
  fills: Fills;
  /** 32 random bytes in base64url: whoever knows the person could else guess the rest from the hash. */
  salt: string;
}

/** The first line of the run’s own part; each other one is an entry without people. */
export interface RunHead {
  format: number;
  stack: string;
  /** The record’s. */
  id: string;
  salt: string;
}

/** The hashes of what was written. */
export interface WrittenParts {
  body: string;
  /** Sorted, so that their order tells nothing. */
  parts: string[];
}

export async function writeParts(
  store: RecordStore,
  { stack, id }: { stack: string; id: string },
  { lines, parts }: SplitRun,
  tell: TellProgress = () => {},
): Promise<WrittenParts> {
  let done = 0;
  const hashes = await pMap(
    parts,
    async ([person, fills]) => {
      const part = formatPart({ stack, record: id, person, fills });
      await store.create(getPartName(stack, getPersonFolder(person, hashBytes), { id }), Buffer.from(part));
      done += 1;
      tell(done, parts.size);
      return hashBytes(part);
    },
    atOnce,
  );
  const head: RunHead = { format: 1, stack, id, salt: createSalt() };
  const body = [JSON.stringify(head), ...lines, ''].join('\n');
  await store.create(getRunName(stack, { id }), Buffer.from(body));
  return { body: hashBytes(body), parts: hashes.sort() };
}

/** Whether a record is of just this, whatever main has got since: the same results are not recorded twice. */
export async function holdsSameRun(
  store: RecordStore,
  record: Pick<ChainedRecord, 'stack' | 'id'>,
  { lines }: SplitRun,
): Promise<boolean> {
  const bytes = await store.read(getRunName(record.stack, record));
  const [, ...there] = Buffer.from(bytes ?? '')
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const isResult = (line: string) => !line.startsWith(`{"file":"${commitFile}"`);
  return there.filter(isResult).join('\n') === lines.filter(isResult).join('\n');
}

function formatPart(part: Omit<PersonPart, 'format' | 'salt'>): string {
  const file: PersonPart = { format: 1, ...part, salt: createSalt() };
  return `${JSON.stringify(file)}\n`;
}

function createSalt(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256, hex. */
export function hashBytes(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
