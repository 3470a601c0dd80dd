// From `records.store` of tenant.yaml to the store. What talks to a cloud is loaded only for a stack that keeps its records there.
import { DormantError } from '../../policy/errors.ts';
import type { RecordStore as StoreSettings } from '../../policy/schemas/records.ts';
import type { Cloud } from '../../policy/schemas/tenant.ts';
import type { RecordStore } from './record-store.ts';

export interface RecordStoreOptions {
  /** The repository's root, from which a relative folder counts. */
  root: string;
  /** The stack's: it decides the host of a storage account, and only an emulated one may name an `endpoint` of it, or http. */
  cloud: Cloud;
  env: NodeJS.ProcessEnv;
}

/** Throws `record-store` for settings that would send credentials to a place that nobody vouches for. */
export async function openRecordStore(_store: StoreSettings, _options: RecordStoreOptions): Promise<RecordStore> {
  throw new DormantError('usage', 'No store is built yet.');
}
