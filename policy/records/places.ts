// Where the files of a stack's records are in their store. Pure.

import type { PersonKey } from './people-index.ts';
import type { ChainedRecord } from './record.ts';

/** Below the stack's own folder; `people/<person>/<record>.json` has each person's part of each record. */
export const recordFolders = { chain: 'chain', runs: 'runs', people: 'people' } as const;

export function getChainName(stack: string, sequence: number): string {
  return `${stack}/${recordFolders.chain}/${String(sequence).padStart(6, '0')}.json`;
}

export function getRunName(stack: string, { id }: Pick<ChainedRecord, 'id'>): string {
  return `${stack}/${recordFolders.runs}/${id}.jsonl`;
}

/** `folder`: by `getPersonFolder`. */
export function getPartName(stack: string, folder: string, { id }: Pick<ChainedRecord, 'id'>): string {
  return `${stack}/${recordFolders.people}/${folder}/${id}.json`;
}

/** An account's id as it is; a mail address or a name as the start of its hash, because a store shows its names to many. */
export function getPersonFolder(person: PersonKey, hash: (text: string) => string): string {
  return person.includes(':') ? `m-${hash(person).slice(0, 32)}` : person;
}

export interface StoredPart {
  folder: string;
  /** The record's id. */
  record: string;
}

/** null: the name is none of a part. */
export function parsePartName(stack: string, name: string): StoredPart | null {
  const start = `${stack}/${recordFolders.people}/`;
  if (!name.startsWith(start)) return null;
  const [, folder, record] = /^([a-z0-9-]+)\/([^/]+)\.json$/.exec(name.slice(start.length)) ?? [];
  return folder === undefined || record === undefined ? null : { folder, record };
}

/** null: the name is none of a record. */
export function parseChainName(stack: string, name: string): number | null {
  const start = `${stack}/${recordFolders.chain}/`;
  const [, digits] = name.startsWith(start) ? (/^(\d{6,})\.json$/.exec(name.slice(start.length)) ?? []) : [];
  return digits === undefined ? null : Number(digits);
}

/** The day of a record, by its id. */
export function parseRecordDay(id: string): string {
  return id.slice(0, 10);
}
