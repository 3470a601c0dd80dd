// What can be wrong with records, each kind told apart. Pure.
import type { ChainedRecord } from './record.ts';

/** `missing`: a record is not there. `changed`: it is not what it was. `twice`: it, or its run, is there a second time. */
export type RecordFault =
  | 'missing'
  | 'changed'
  | 'twice'
  | 'misnamed'
  | 'unreadable'
  | 'signature'
  | 'body-missing'
  | 'body-changed'
  | 'part-missing'
  | 'part-changed'
  | 'part-unknown'
  | 'part-misfiled'
  | 'not-erased'
  | 'facts'
  | 'commit';

export interface RecordFinding {
  fault: RecordFault;
  /** The records that it is about. */
  sequences: readonly number[];
  /** One sentence. */
  message: string;
  /** The key that signed the record; null: none has, or nobody can say. */
  signedBy: string | null;
}

/** A file of the chain as it was found; `record` null: it is none. */
export interface FoundRecord {
  name: string;
  /** The number in its name. */
  number: number;
  /** SHA-256 of its bytes, hex. */
  hash: string;
  record: ChainedRecord | null;
}

export interface JudgedRecord extends FoundRecord {
  record: ChainedRecord;
  signedBy: string | null;
  isSignatureGood: boolean;
}

export function describeRecord({ sequence, kind, day }: ChainedRecord): string {
  return `${sequence} (${kind} of ${day})`;
}

export function describeSigner({ signedBy }: JudgedRecord): string {
  return signedBy === null ? 'not signed' : `signed by ${signedBy}`;
}
