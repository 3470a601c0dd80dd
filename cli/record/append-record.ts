// Adds a record to the end of a stack's chain. The store refuses a name that is taken, so two runs cannot take one place.
import { randomBytes } from 'node:crypto';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { DormantError } from '../../policy/errors.ts';
import { getChainName } from '../../policy/records/places.ts';
import {
  buildSignedRecordText,
  type ChainedRecord,
  formatRecord,
  type UnsignedRecord,
} from '../../policy/records/record.ts';
import type { RecordKind } from '../../policy/schemas/records.ts';
import { type ChainHead, findChainHead, parseRecord } from './chain-head.ts';
import type { RecordSigner } from './record-signer.ts';
import { hashBytes } from './write-parts.ts';

/** All of a record but its place in the chain. */
export type Link = Omit<UnsignedRecord, 'sequence' | 'previous' | 'writtenAt'>;

export interface AppendedRecord {
  record: ChainedRecord;
  /** SHA-256 of its file: what to note elsewhere, to see later that nothing after it was taken off. */
  hash: string;
  /** Places that other runs took first, as sentences. */
  taken: readonly string[];
  /** Whether the store lets this identity write over its own record. */
  isReplaceable: boolean;
}

/** Other runs of a stack are an audit, an apply and an erasure: more than a few at once is no race. */
const mostTries = 10;

/** Throws `record-race` where the place is taken each time. */
export async function appendRecord(
  store: RecordStore,
  link: Link,
  { signer, head }: { signer: RecordSigner | null; head: ChainHead },
): Promise<AppendedRecord> {
  const taken: string[] = [];
  let { sequence, hash: previous } = head;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = signRecord(
      { ...link, sequence: sequence + 1, previous, writtenAt: new Date().toISOString() },
      signer,
    );
    const content = Buffer.from(formatRecord(record));
    const name = getChainName(link.stack, record.sequence);
    if ((await store.create(name, content)) === 'created' || (await isOwn(store, name, content))) {
      const isReplaceable = (await store.tryReplace(name, content)) === 'accepted';
      return { record, hash: hashBytes(content), taken, isReplaceable };
    }
    taken.push(await describeTaken(store, name, record.sequence));
    ({ sequence, hash: previous } = await findChainHead(store, link.stack));
  }
  throw new DormantError('record-race', `Each of ${mostTries} places in the chain was taken before this run had it.`, {
    where: store.place,
    remedy: 'Run it again when the other runs are through.',
  });
}

/** 8 random bytes, so that the files of two runs of a day never have one name. */
export function createRecordId(kind: RecordKind, day: string): string {
  return `${day}-${kind}-${randomBytes(8).toString('hex')}`;
}

function signRecord(unsigned: UnsignedRecord, signer: RecordSigner | null): ChainedRecord {
  const signature = signer && { key: signer.key, value: signer.sign(buildSignedRecordText(unsigned)) };
  return { ...unsigned, signature };
}

/** An answer that was lost on its way: what was sent again is there already, by this run. */
async function isOwn(store: RecordStore, name: string, content: Uint8Array): Promise<boolean> {
  const there = await store.read(name);
  return there !== null && hashBytes(there) === hashBytes(content);
}

async function describeTaken(store: RecordStore, name: string, sequence: number): Promise<string> {
  const bytes = await store.read(name);
  const other = bytes && parseRecord(bytes);
  const whose = other ? `the ${other.kind} of ${other.day}, run ${other.run}` : 'something that is no record';
  return `The store refused a second ${name}: record ${sequence} is ${whose}. This run takes the next place.`;
}
