// Where the records of audits and applies are kept, beyond the life of artifacts, and the keys that sign them.
import Type, { type Static } from 'typebox';
import { DaySchema, literals, strictObject } from './parts.ts';

/** What a record is of; each is signed by a key of its own kind, so that no run can pass for another. */
export const recordKinds = ['audit', 'apply', 'erasure'] as const;
export type RecordKind = (typeof recordKinds)[number];

const RecordStore = Type.Union([
  strictObject({
    folder: Type.String({
      minLength: 1,
      description: 'A folder, such as a mounted share; a relative one counts from the repository’s root.',
    }),
  }),
  strictObject({
    azureBlob: strictObject({
      account: Type.String({
        pattern: '^[a-z0-9]{3,24}$',
        description: 'The storage account; its address follows from the cloud.',
      }),
      container: Type.String({ pattern: '^[a-z0-9](?:-?[a-z0-9]){2,62}$' }),
      endpoint: Type.Optional(
        Type.String({
          pattern: '^https://[^/?#]+(?:/[^?#]*)?$',
          description: 'Only for the embedded tenant: the address of an emulated account.',
        }),
      ),
    }),
  }),
  strictObject({
    s3: strictObject({
      bucket: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' }),
      region: Type.String({ pattern: '^[a-z0-9-]{1,32}$' }),
      endpoint: Type.Optional(
        Type.String({
          pattern: '^https?://[^/?#]+$',
          description: 'Of another service that speaks S3; http only for the embedded tenant. Absent: Amazon’s.',
        }),
      ),
    }),
  }),
]);
export type RecordStoreSettings = Static<typeof RecordStore>;

export const RecordKey = strictObject({
  name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$', description: 'The key’s name, as the records have it.' }),
  publicKey: Type.String({
    pattern: '^[A-Za-z0-9+/]{43}=$',
    description:
      'The public half of an Ed25519 key: its 32 bytes in base64. `dormant key new <stack> --records <kind>` writes it.',
  }),
  signs: literals(recordKinds, 'The runs whose records it signs.'),
  until: Type.Optional({ ...DaySchema, description: 'Of a key of the past: the last day that it signed on.' }),
});
export type RecordKey = Static<typeof RecordKey>;

export const Records = strictObject(
  {
    store: RecordStore,
    keys: Type.Optional(
      Type.Array(RecordKey, {
        description: 'The keys that sign records; never taken off. Without one of its kind a record is not signed.',
      }),
    ),
  },
  'Where audits and applies put their records, for longer than artifacts are kept.',
);
export type Records = Static<typeof Records>;
