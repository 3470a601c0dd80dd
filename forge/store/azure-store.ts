// Records in a container of Azure Blob Storage, by Microsoft's own client. Its newest version would bring apache-arrow for one way of
// listing that is not used here, so the one before it is pinned.
import { buffer } from 'node:stream/consumers';
import { type BlockBlobClient, ContainerClient, RestError, StorageSharedKeyCredential } from '@azure/storage-blob';
import { buildUserAgent } from '../../graph/user-agent.ts';
import { type Cloud, isEmulated } from '../../policy/schemas/tenant.ts';
import { createRecordsCredential } from './azure-credential.ts';
import { eraseBlob } from './azure-erase.ts';
import { explainAzureError } from './azure-errors.ts';
import { getBlobHost } from './azure-hosts.ts';
import { readContainerImmutability } from './azure-immutability.ts';
import type { ErasedObject, Immutability, RecordStore, StoredObject } from './record-store.ts';
import { createStoreError } from './store-error.ts';

export interface ContainerSettings {
  account: string;
  container: string;
  endpoint?: string | undefined;
}

const pipeline = {
  retryOptions: { maxTries: 4, tryTimeoutInMs: 60_000, retryDelayInMs: 500, maxRetryDelayInMs: 8_000 },
  userAgentOptions: { userAgentPrefix: buildUserAgent('records') },
};

/** Throws `no-credential` where nothing signs in. Whether the container is there shows with its first use. */
export function openAzureStore(settings: ContainerSettings, cloud: Cloud, env: NodeJS.ProcessEnv): RecordStore {
  const { account, container, endpoint = `https://${account}.${getBlobHost(cloud)}` } = settings;
  const url = `${endpoint.replace(/\/$/, '')}/${container}`;
  // The embedded tenant has no tokens for storage. A real account's key can do everything, so it is never taken.
  const key = isEmulated(cloud) ? env.AZURE_STORAGE_KEY : undefined;
  const credential = key ? new StorageSharedKeyCredential(account, key) : createRecordsCredential(cloud, env);
  return createAzureStore(new ContainerClient(url, credential, pipeline), settings);
}

/** For tests with other credentials than those that a stack may have. */
export function createAzureStore(client: ContainerClient, settings: ContainerSettings): RecordStore {
  return new AzureStore(client, settings);
}

class AzureStore implements RecordStore {
  readonly place: string;
  readonly #client: ContainerClient;

  constructor(client: ContainerClient, { account, container }: ContainerSettings) {
    this.#client = client;
    this.place = `container ${container} of ${account}`;
  }

  /** In alphabetical order (https://learn.microsoft.com/rest/api/storageservices/list-blobs). */
  async *list(prefix: string): AsyncGenerator<StoredObject> {
    const pages = this.#client.listBlobsFlat({ prefix }).byPage({ maxPageSize: 1_000 });
    while (true) {
      const page = await this.#ask('list', () => pages.next());
      if (page.done === true) return;
      for (const { name, properties } of page.value.segment.blobItems) {
        yield { name, size: properties.contentLength ?? 0 };
      }
    }
  }

  async read(name: string): Promise<Uint8Array | null> {
    return this.#ask('read', async () => {
      try {
        const { readableStreamBody } = await this.#blob(name).download();
        return readableStreamBody === undefined ? new Uint8Array() : new Uint8Array(await buffer(readableStreamBody));
      } catch (error) {
        if (getErrorCode(error) === 'BlobNotFound') return null;
        throw error;
      }
    });
  }

  /**
   * One Put Blob with `If-None-Match: *`, which is refused where the blob exists
   * (https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations). Blocks that are
   * put together later would be a second write, which a container's retention policy refuses.
   */
  async create(name: string, content: Uint8Array): Promise<'created' | 'exists'> {
    return this.#ask('create', async () => {
      try {
        await this.#blob(name).upload(content, content.byteLength, { conditions: { ifNoneMatch: '*' } });
        return 'created';
      } catch (error) {
        if (saysThatItExists.has(getErrorCode(error))) return 'exists';
        // An identity that may only add, and a policy, can refuse before the condition is looked at: then whether it is there is asked.
        if (refusesReplacing.has(getErrorCode(error)) && (await this.#blob(name).exists())) return 'exists';
        throw error;
      }
    });
  }

  async tryReplace(name: string, content: Uint8Array): Promise<'refused' | 'accepted'> {
    return this.#ask('create', async () => {
      try {
        await this.#blob(name).upload(content, content.byteLength);
        return 'accepted';
      } catch (error) {
        if (refusesReplacing.has(getErrorCode(error))) return 'refused';
        throw error;
      }
    });
  }

  async erase(name: string): Promise<ErasedObject> {
    return this.#ask('erase', () => eraseBlob(this.#client, name));
  }

  async readImmutability(): Promise<Immutability> {
    return this.#ask('list', () => readContainerImmutability(this.#client));
  }

  #blob(name: string): BlockBlobClient {
    return this.#client.getBlockBlobClient(name);
  }

  async #ask<T>(what: Parameters<typeof explainAzureError>[1], work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = explainAzureError(error, what, this.#client);
      throw failure === null ? error : createStoreError(this.place, failure, error);
    }
  }
}

/** 409 and 412, by https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes. */
const saysThatItExists = new Set<string | undefined>(['BlobAlreadyExists', 'ConditionNotMet']);

/**
 * The same page, but for UnauthorizedBlobOverwrite: "not authorized to perform blob overwrites" (403), which who may only create is
 * told.
 */
const refusesReplacing = new Set<string | undefined>([
  'AuthorizationPermissionMismatch',
  'UnauthorizedBlobOverwrite',
  'BlobImmutableDueToPolicy',
  'BlobImmutableDueToLegalHold',
]);

function getErrorCode(error: unknown): string | undefined {
  return error instanceof RestError ? error.code : undefined;
}
