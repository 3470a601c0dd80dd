// One link of the chain: what a run has added to the records, as hashes, after the record before it. Pure.
import Type, { type Static } from 'typebox';
import { DaySchema, Guid, literals, nullable, strictObject } from '../schemas/parts.ts';
import { RecordKey, recordKinds } from '../schemas/records.ts';
import { Signing } from '../schemas/signing.ts';
import { toCanonicalJson } from '../signing/signed-line.ts';

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The SHA-256 of a file’s bytes, in hex.' });

export const ChainedRecord = strictObject(
  {
    format: Type.Integer({ minimum: 1, maximum: 1, description: 'Of this file’s shape.' }),
    stack: Type.String(),
    tenantId: Guid,
    sequence: Type.Integer({ minimum: 1, description: 'Its place in the chain, without gaps; also its file’s name.' }),
    id: Type.String({
      pattern: '^\\d{4}-\\d{2}-\\d{2}-[a-z]+-[0-9a-f]{16}$',
      description: 'Day, kind and 8 random bytes; the files of its parts are called by it.',
    }),
    kind: literals(recordKinds, 'What it is a record of.'),
    day: { ...DaySchema, description: 'The day that counted as today in that run.' },
    writtenAt: Type.String({ format: 'date-time', description: 'When it was added.' }),
    run: Type.String({ description: 'The workflow run and its attempt, else machine and process.' }),
    commit: nullable(Type.String({ description: 'The commit of main that was audited or applied.' })),
    previous: nullable(Sha256),
    body: nullable({
      ...Sha256,
      description: 'Of what the run has written, without people; null: an erasure writes nothing.',
    }),
    parts: Type.Array(Sha256, {
      uniqueItems: true,
      description:
        'Of each person’s part, sorted. Each part has random bytes in it, so that its hash says nothing about it.',
    }),
    erased: Type.Optional(
      Type.Array(Sha256, { description: 'Of an erasure: the parts of earlier records that are no longer there.' }),
    ),
    because: Type.Optional(Type.String({ description: 'Of an erasure: why.' })),
    keys: Type.Array(RecordKey, { description: 'records.keys of tenant.yaml as it was then.' }),
    signing: nullable({ ...Signing, description: 'signing of tenant.yaml as it was then: the keys of the facts.' }),
    signature: nullable(
      strictObject({
        key: Type.String({ description: 'The name of the key in records.keys.' }),
        value: Type.String({
          pattern: '^[A-Za-z0-9_-]{86}$',
          description: 'Ed25519, base64url, over all fields but this one as canonical JSON (RFC 8785).',
        }),
      }),
    ),
  },
  'One record of a stack.',
);
export type ChainedRecord = Static<typeof ChainedRecord>;
export type UnsignedRecord = Omit<ChainedRecord, 'signature'>;

/** Which bytes are signed. `what` keeps a signature over a record from passing for one over anything else. */
export function buildSignedRecordText({ signature: _, ...record }: UnsignedRecord & Partial<ChainedRecord>): string {
  return toCanonicalJson({ what: 'dormant-record', ...record });
}

/** The bytes of its file, which the next record names by their hash. */
export function formatRecord(record: ChainedRecord): string {
  return `${toCanonicalJson(record)}\n`;
}
