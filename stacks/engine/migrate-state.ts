// A state that an earlier version wrote, in the format of this one. Every reader takes it so; an apply also writes it, before
// it changes anything. Pure.
import { type CommitMap, renameCommits } from '../../policy/signing/commit-map.ts';
import { accountType, migrateAccount } from '../account/account-state.ts';
import type { StateResource } from '../provider/resource.ts';
import { migrateRecord, packNotes, signingRecordType, unpackRecord } from '../signing-record-state.ts';

/** The resource itself where it is as this version writes it. Throws `state-newer`. */
export function migrateResource(resource: StateResource): StateResource {
  const { type, inputs, outputs } = resource;
  const migrate = migrations[type];
  if (migrate === undefined || inputs === undefined || outputs === undefined) return resource;
  const migrated = migrate({ inputs, outputs });
  return migrated === null ? resource : { ...resource, ...migrated };
}

/** The same, with the note of applies by the new ids of commits whose history was rewritten. */
export function renameCommitsOf(resource: StateResource, commits: CommitMap): StateResource {
  const { type, outputs } = resource;
  if (type !== signingRecordType || outputs === undefined) return resource;
  const record = unpackRecord(outputs);
  const renamed = renameCommits(record, commits);
  return JSON.stringify(renamed) === JSON.stringify(record) ? resource : { ...resource, outputs: packNotes(renamed) };
}

const migrations: Readonly<Record<string, typeof migrateAccount | typeof migrateRecord>> = {
  [accountType]: migrateAccount,
  [signingRecordType]: migrateRecord,
};
