// From `records.store` of tenant.yaml to the store. What talks to a cloud is loaded only for a stack that keeps its records there.
import { resolve } from 'node:path';
import type { RecordStoreSettings } from '../../policy/schemas/records.ts';
import { type Cloud, isEmulated } from '../../policy/schemas/tenant.ts';
import { openFolderStore } from './folder-store.ts';
import { checkNames } from './object-names.ts';
import type { RecordStore } from './record-store.ts';
import { createStoreError } from './store-error.ts';

export interface RecordStoreOptions {
  /** The repository's root, from which a relative folder counts. */
  root: string;
  /** The stack's: it decides the host of a storage account, and only an emulated one may name an `endpoint` of it, or http. */
  cloud: Cloud;
  env: NodeJS.ProcessEnv;
}

/**
 * Throws `record-store` for settings that would send what signs in to a place that nobody vouches for, and for a folder that is not
 * there; `no-credential` for an account of Azure that nothing signs in to.
 */
export async function openRecordStore(store: RecordStoreSettings, options: RecordStoreOptions): Promise<RecordStore> {
  return checkNames(await open(store, options));
}

async function open(store: RecordStoreSettings, { root, cloud, env }: RecordStoreOptions): Promise<RecordStore> {
  if ('folder' in store) return openFolderStore(resolve(root, store.folder));
  refuseForeignEndpoint(store, isEmulated(cloud));
  if ('azureBlob' in store) {
    const { openAzureStore } = await import('./azure-store.ts');
    return openAzureStore(store.azureBlob, cloud, env);
  }
  const { openS3Store } = await import('./s3-store.ts');
  return openS3Store(store.s3, env);
}

/** A token of Azure opens whatever its identity may reach, so it goes to Azure's own hosts only. S3's signature opens one request. */
function refuseForeignEndpoint(store: Exclude<RecordStoreSettings, { folder: string }>, emulated: boolean): void {
  if (emulated) return;
  if ('azureBlob' in store && store.azureBlob.endpoint !== undefined) {
    throw createStoreError(`container ${store.azureBlob.container} of ${store.azureBlob.account}`, {
      says: `a token of a real tenant is not sent to ${store.azureBlob.endpoint}`,
      remedy: 'Take `endpoint` out of tenant.yaml: the account’s address follows from the cloud.',
    });
  }
  if ('s3' in store && store.s3.endpoint?.startsWith('http:')) {
    throw createStoreError(`s3://${store.s3.bucket}`, {
      says: `records of a real tenant are not sent to ${store.s3.endpoint}, where anybody on the way can read them`,
      remedy: 'Use https in `endpoint` of tenant.yaml.',
    });
  }
}
