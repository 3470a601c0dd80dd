// Where records of audits and applies are kept: a folder, a container of Azure Blob Storage or an S3 bucket. Names use `/` and are
// ASCII letters, digits, `.`, `-`, `_` and `@`.

export interface StoredObject {
  name: string;
  /** Bytes. */
  size: number;
}

/** What the store says about how long what is written can neither be changed nor deleted. */
export type Immutability =
  | { kind: 'none' }
  /** `mode`: as the store calls it, such as `COMPLIANCE` or `Locked`. */
  | { kind: 'days'; days: number; mode: string }
  | { kind: 'unknown'; because: string };

/** Every method throws `record-store` where the store does not answer, does not exist or refuses this identity. */
export interface RecordStore {
  /** As people know it: `folder /mnt/records`, `container dormant of contosorecords`, `s3://bucket`. */
  readonly place: string;
  /** Everything whose name begins with `prefix`, in the order of the names (by UTF-8 bytes). */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** null: there is none. */
  read(name: string): Promise<Uint8Array | null>;
  /**
   * Creates, never replaces. `exists`: there is something by this name, which stays as it is; where the answer to a first attempt
   * was lost it may be what this very call has written, so a caller that needs to know compares the content.
   */
  create(name: string, content: Uint8Array): Promise<'created' | 'exists'>;
  /**
   * Writes over what is there, with the same bytes: whether the store lets this identity. It is how a run finds out that its records
   * could be changed.
   */
  tryReplace(name: string, content: Uint8Array): Promise<'refused' | 'accepted'>;
  /** Deletes it with all of its versions. `kept`: the store does not let anybody yet, until the day (ISO 8601) if it says. */
  erase(name: string): Promise<ErasedObject>;
  readImmutability(): Promise<Immutability>;
}

export type ErasedObject = { kind: 'erased' | 'absent' } | { kind: 'kept'; until: string | null };
