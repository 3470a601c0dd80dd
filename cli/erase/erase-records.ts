// Erases people's parts from a stack's records. The erasure is a record itself and comes first: a part that is missing without one is
// missing, and one that is still there is erased by the next run.
import pMap from 'p-map';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { parsePartName, parseRecordDay, recordFolders } from '../../policy/records/places.ts';
import { type AppendedRecord, appendRecord, createRecordId, type Link } from '../record/append-record.ts';
import { atOnce } from '../record/at-once.ts';
import { findChainHead } from '../record/chain-head.ts';
import type { RecordSigner } from '../record/record-signer.ts';
import { hashBytes, type TellProgress } from '../record/write-parts.ts';

export interface ErasureRequest {
  /** Parts of records until this day; null: of all. */
  until: Day | null;
  /** Folders of people; null: everybody’s. */
  people: ReadonlySet<string> | null;
  /** Of these folders, those of people from whom something is taken, or who could be given something back: they stay. */
  findProtected(folders: ReadonlySet<string>): ReadonlySet<string>;
  today: Day;
}

export interface DueParts {
  names: readonly string[];
  /** Parts that stay, because their people are still blocked or could be given something back. */
  protectedParts: number;
  /** Parts that the store keeps unchangeable for longer. */
  lockedParts: number;
}

export async function findDueParts(
  store: RecordStore,
  stack: string,
  { until, people, findProtected, today }: ErasureRequest,
): Promise<DueParts> {
  const immutability = await store.readImmutability();
  const lockedDays = immutability.kind === 'days' ? immutability.days : 0;
  const found: { name: string; folder: string; isLocked: boolean }[] = [];
  for await (const { name } of store.list(`${stack}/${recordFolders.people}/`)) {
    const part = parsePartName(stack, name);
    if (part === null || people?.has(part.folder) === false) continue;
    const day = parseRecordDay(part.record);
    if (until !== null && day > until) continue;
    found.push({ name, folder: part.folder, isLocked: addDays(day, lockedDays) > today });
  }
  const protectedPeople = findProtected(new Set(found.map(({ folder }) => folder)));
  const free = found.filter(({ folder }) => !protectedPeople.has(folder));
  return {
    names: free.filter(({ isLocked }) => !isLocked).map(({ name }) => name),
    protectedParts: found.length - free.length,
    lockedParts: free.filter(({ isLocked }) => isLocked).length,
  };
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
  { link, signer, tell = () => {} }: { link: ErasureLink; signer: RecordSigner | null; tell?: TellProgress },
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
  let done = 0;
  const outcomes = await pMap(
    names,
    async (name) => {
      const outcome = await store.erase(name);
      done += 1;
      tell(done, names.length);
      return outcome;
    },
    atOnce,
  );
  const kept = outcomes.filter(({ kind }) => kind === 'kept').length;
  return { record, erased: names.length - kept, kept };
}
