// Records in a bucket of Amazon S3 or of another service that speaks it, by Amazon's own client.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { ErasedObject, Immutability, RecordStore, StoredObject } from './record-store.ts';
import { createRoleCredentials } from './s3-credential.ts';
import { eraseObject } from './s3-erase.ts';
import { explainS3Error, getS3Code, type S3Work } from './s3-errors.ts';
import { readObjectLock } from './s3-immutability.ts';
import { createStoreError } from './store-error.ts';

export interface BucketSettings {
  bucket: string;
  region: string;
  endpoint?: string | undefined;
}

/** Signs in with the job's role (RECORDS_AWS_ROLE_ARN), else as the library does: AWS_… variables, a profile, a machine's role. */
export function openS3Store(settings: BucketSettings, env: NodeJS.ProcessEnv): RecordStore {
  const { region, endpoint } = settings;
  const credentials = createRoleCredentials(region, env);
  const client = new S3Client({
    region,
    // Buckets of other services are seldom hosts of their own.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === null ? {} : { credentials }),
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 10_000, requestTimeout: 60_000 },
    userAgentAppId: 'dormant',
  });
  return new S3Store(client, settings);
}

class S3Store implements RecordStore {
  readonly place: string;
  readonly #client: S3Client;
  readonly #settings: BucketSettings;

  constructor(client: S3Client, settings: BucketSettings) {
    this.#client = client;
    this.#settings = settings;
    this.place = `s3://${settings.bucket}`;
  }

  /** In the order of UTF-8 bytes, a thousand at a time (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html). */
  async *list(prefix: string): AsyncGenerator<StoredObject> {
    let after: string | undefined;
    do {
      const input = { ...this.#bucket(), Prefix: prefix, ContinuationToken: after };
      const page: ListObjectsV2CommandOutput = await this.#ask('list', () =>
        this.#client.send(new ListObjectsV2Command(input)),
      );
      for (const { Key, Size } of page.Contents ?? []) if (Key !== undefined) yield { name: Key, size: Size ?? 0 };
      after = page.NextContinuationToken;
    } while (after !== undefined);
  }

  async read(name: string): Promise<Uint8Array | null> {
    return this.#ask('read', async () => {
      try {
        const { Body } = await this.#client.send(new GetObjectCommand({ ...this.#bucket(), Key: name }));
        return Body === undefined ? new Uint8Array() : await Body.transformToByteArray();
      } catch (error) {
        if (getS3Code(error) === 'NoSuchKey') return null;
        throw error;
      }
    });
  }

  /**
   * `If-None-Match: *`: 412 where the object exists; 409 where another write of the same name is under way, "you should retry"
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
   */
  async create(name: string, content: Uint8Array): Promise<'created' | 'exists'> {
    return this.#ask('create', async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          await this.#put(name, content, '*');
          return 'created';
        } catch (error) {
          const code = getS3Code(error);
          if (code === 'PreconditionFailed') return 'exists';
          if (code !== 'ConditionalRequestConflict' || attempt === conflictAttempts) throw error;
          await sleep(100 * 2 ** attempt);
        }
      }
    });
  }

  /** Object Lock does not refuse it: a second write makes a version more. A bucket policy that asks for the condition does. */
  async tryReplace(name: string, content: Uint8Array): Promise<'refused' | 'accepted'> {
    return this.#ask('create', async () => {
      try {
        await this.#put(name, content);
        return 'accepted';
      } catch (error) {
        if (getS3Code(error) === 'AccessDenied') return 'refused';
        throw error;
      }
    });
  }

  async erase(name: string): Promise<ErasedObject> {
    return this.#ask('erase', () => eraseObject(this.#client, this.#settings.bucket, name));
  }

  async readImmutability(): Promise<Immutability> {
    return this.#ask('list', () => readObjectLock(this.#client, this.#settings.bucket));
  }

  /** Object Lock asks for a checksum; the client sends a CRC-32 with each write by itself. */
  async #put(name: string, content: Uint8Array, IfNoneMatch?: string): Promise<void> {
    await this.#client.send(new PutObjectCommand({ ...this.#bucket(), Key: name, Body: content, IfNoneMatch }));
  }

  #bucket(): { Bucket: string } {
    return { Bucket: this.#settings.bucket };
  }

  async #ask<T>(work: S3Work, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const failure = explainS3Error(error, work, this.#settings);
      throw failure === null ? error : createStoreError(this.place, failure, error);
    }
  }
}

const conflictAttempts = 6;
