// The end of a stack's chain of records: what the next one comes after.

import type { RecordStore } from '../../forge/store/record-store.ts';
import { getChainName, parseChainName, recordFolders } from '../../policy/records/places.ts';
import { ChainedRecord } from '../../policy/records/record.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { hashBytes } from './write-parts.ts';

export interface ChainHead {
  /** 0: there is no record yet. */
  sequence: number;
  /** SHA-256 of the last record's file; null: there is none. */
  hash: string | null;
  /** The latest records, the last one first. */
  latest: readonly ChainedRecord[];
}

/** So many are looked at for whether a run is recorded already. */
const mostLookedAt = 8;

export async function findChainHead(store: RecordStore, stack: string): Promise<ChainHead> {
  let sequence = 0;
  for await (const { name } of store.list(`${stack}/${recordFolders.chain}/`))
    sequence = Math.max(sequence, parseChainName(stack, name) ?? 0);
  const latest: ChainedRecord[] = [];
  let hash: string | null = null;
  for (let at = sequence; at > Math.max(0, sequence - mostLookedAt); at -= 1) {
    const bytes = await store.read(getChainName(stack, at));
    if (bytes === null) continue;
    if (at === sequence) hash = hashBytes(bytes);
    const record = parseRecord(bytes);
    if (record !== null) latest.push(record);
  }
  return { sequence, hash, latest };
}

/** null: it is no record. */
export function parseRecord(bytes: Uint8Array): ChainedRecord | null {
  const value = parseJson(Buffer.from(bytes).toString('utf8'));
  return isRecord(value) ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is ChainedRecord {
  return listSchemaFaults(ChainedRecord, value).length === 0;
}
