// Erases people's parts from a stack's records. The erasure is a record itself and comes first: a part that is missing without one is
// missing, and one that is still there is erased by the next run.
import pMap from 'p-map';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { parsePartName, parseRecordDay, recordFolders } from '../../policy/records/places.ts';
import { type AppendedRecord, appendRecord, createRecordId, type Link } from './append-record.ts';
import { atOnce } from './at-once.ts';
import { findChainHead } from './chain-head.ts';
import type { RecordSigner } from './record-signer.ts';
import { hashBytes } from './write-parts.ts';

export interface ErasureRequest {
  /** Everybody’s parts of records until this day. null: all parts of `people`. */
  until: Day | null;
  /** Folders of people; null: everybody’s. */
  people: ReadonlySet<string> | null;
  /** Folders of those from whom something is taken, or who could be given something back: they stay. */
  protectedPeople: ReadonlySet<string>;
  /** Why, for the record. It names nobody. */
  because: string;
  today: Day;
}

export interface DueParts {
  names: readonly string[];
  /** Parts that stay, because their people are still blocked or could be given something back. */
  protectedParts: number;
  /** Parts that the store keeps unchangeable for longer. */
  lockedParts: number;
}

export async function findDueParts(store: RecordStore, stack: string, request: ErasureRequest): Promise<DueParts> {
  const { until, people, protectedPeople, today } = request;
  const locked = await store.readImmutability();
  const names: string[] = [];
  let [protectedParts, lockedParts] = [0, 0];
  for await (const { name } of store.list(`${stack}/${recordFolders.people}/`)) {
    const part = parsePartName(stack, name);
    if (part === null || (people !== null && !people.has(part.folder))) continue;
    const day = parseRecordDay(part.record);
    if (until !== null && day > until) continue;
    if (protectedPeople.has(part.folder)) protectedParts += 1;
    else if (locked.kind === 'days' && addDays(day, locked.days) > today) lockedParts += 1;
    else names.push(name);
  }
  return { names, protectedParts, lockedParts };
}

export interface ErasedParts {
  /** null: nothing was due. */
  record: AppendedRecord | null;
  erased: number;
  /** The store did not let go of these after all; the next run tries again. */
  kept: number;
}

type ErasureLink = Omit<Link, 'id' | 'kind' | 'parts' | 'body' | 'erased'>;

export async function eraseParts(
  store: RecordStore,
  { names }: Pick<DueParts, 'names'>,
  { link, signer }: { link: ErasureLink; signer: RecordSigner | null },
): Promise<ErasedParts> {
  if (names.length === 0) return { record: null, erased: 0, kept: 0 };
  const hashes = await pMap(names, async (name) => hashBytes((await store.read(name)) ?? ''), atOnce);
  const id = createRecordId('erasure', link.day);
  const erased = [...new Set(hashes)].sort();
  const head = await findChainHead(store, link.stack);
  const record = await appendRecord(
    store,
    { ...link, id, kind: 'erasure', body: null, parts: [], erased },
    { signer, head },
  );
  const outcomes = await pMap(names, (name) => store.erase(name), atOnce);
  const kept = outcomes.filter(({ kind }) => kind === 'kept').length;
  return { record, erased: names.length - kept, kept };
}
