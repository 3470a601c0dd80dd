// A server that speaks S3 with versions, Object Lock, conditional writes and users: versitygw, built from its Go module.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { execa } from 'execa';
import { vi } from 'vitest';
import { findFreePort, installOnce, startServer } from '../../e2e/backends/server-process.fixture.ts';
import { openRecordStore } from './open-record-store.ts';
import type { RecordStore } from './record-store.ts';

const version = 'v1.8.0';
const region = 'eu-central-1';
const owner = { AWS_ACCESS_KEY_ID: 'owner', AWS_SECRET_ACCESS_KEY: 'owner-secret' };

interface BucketOptions {
  /** Object Lock with this default retention; absent: no Object Lock. */
  lock?: { mode: 'GOVERNANCE' | 'COMPLIANCE'; days: number };
  versions?: boolean;
  policy?: object;
}

export interface S3Gateway {
  addBucket(name: string, options?: BucketOptions): Promise<void>;
  /** Who may only what a bucket's policy says. */
  addUser(name: string): Promise<void>;
  settings(bucket: string): { s3: { bucket: string; region: string; endpoint: string } };
  /** `user`: by the name that was added; absent: the owner of everything. */
  open(bucket: string, user?: string, other?: { region?: string; endpoint?: string }): Promise<RecordStore>;
  /** For what a store never does. */
  client: S3Client;
  close(): Promise<void>;
}

export async function startS3Gateway(): Promise<S3Gateway> {
  const program = await ensureGateway();
  const folder = await mkdtemp(join(tmpdir(), 'dormant-s3-'));
  const places = ['buckets', 'versions', 'users'].map((name) => join(folder, name));
  await Promise.all(places.map((place) => mkdir(place)));
  const [buckets = '', versions = '', users = ''] = places;
  const port = await findFreePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const address = ['--port', `127.0.0.1:${port}`, '--region', region, '--quiet', '--iam-dir', users];
  const keys = { ROOT_ACCESS_KEY: owner.AWS_ACCESS_KEY_ID, ROOT_SECRET_KEY: owner.AWS_SECRET_ACCESS_KEY };
  // It keeps what is not content in extended attributes, and ends at once where the file system has none.
  const stop = await startServer(program, [...address, 'posix', '--versioning-dir', versions, buckets], {
    url: endpoint,
    env: keys,
  });
  const client = new S3Client({ region, endpoint, forcePathStyle: true, credentials: toCredentials(owner) });
  const settings = (bucket: string) => ({ s3: { bucket, region, endpoint } });
  return {
    client,
    settings,
    addBucket: (name, options = {}) => addBucket(client, name, options),
    async addUser(name) {
      const admin = ['admin', '--access', 'owner', '--secret', 'owner-secret', '--region', region];
      const user = ['--access', name, '--secret', `${name}-secret`, '--role', 'user'];
      await execa(program, [...admin, '--endpoint-url', endpoint, 'create-user', ...user]);
    },
    async open(bucket, user, other) {
      // The client's own chain reads this process's environment, when it first signs.
      const [access, secret] = user ? [user, `${user}-secret`] : Object.values(owner);
      vi.stubEnv('AWS_ACCESS_KEY_ID', access);
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret);
      const s3 = { ...settings(bucket).s3, ...other };
      const store = await openRecordStore({ s3 }, { root: folder, cloud: 'emulator', env: process.env });
      await store.read('first-use').catch(() => null);
      vi.unstubAllEnvs();
      return store;
    },
    async close() {
      client.destroy();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function toCredentials(keys: typeof owner) {
  return { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
}

async function addBucket(client: S3Client, Bucket: string, options: BucketOptions): Promise<void> {
  const { lock, versions, policy } = options;
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: lock !== undefined }));
  if (versions === true && lock === undefined) {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  }
  if (lock !== undefined) {
    const Rule = { DefaultRetention: { Mode: lock.mode, Days: lock.days } };
    const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
    await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  }
  if (policy !== undefined) {
    await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) }));
  }
}

/** 40 seconds on two cores, and Go's caches; its version is what the checksum database has for it. */
function ensureGateway(): Promise<string> {
  return installOnce(`versitygw-${version}`, 'versitygw', async (folder) => {
    const gateway = `github.com/versity/versitygw/cmd/versitygw@${version}`;
    await execa('go', ['install', '-ldflags', '-s -w', gateway], {
      env: { GOBIN: folder, GOFLAGS: '', CGO_ENABLED: '0' },
    });
  });
}
