// An object with all of its versions. A version that Object Lock holds is refused with AccessDenied
// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html), as one is that this identity may not delete.
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Erasure } from './record-store.ts';
import { getS3Code } from './s3-errors.ts';

interface Version {
  Bucket: string;
  Key: string;
  VersionId: string | undefined;
}

/** The newest version goes first: it is held longest, so what is kept is mostly kept whole. Delete markers go last. */
export async function eraseObject(client: S3Client, bucket: string, name: string): Promise<Erasure> {
  const found = await listVersions(client, bucket, name);
  if (found.length === 0) return { kind: 'absent' };
  for (const version of found) {
    try {
      await client.send(new DeleteObjectCommand(version));
    } catch (error) {
      if (!refusals.has(getS3Code(error) ?? '')) throw error;
      return await explainRefusal(client, found, error);
    }
  }
  return { kind: 'erased' };
}

/** `ObjectLocked` is not Amazon's, but what some other services answer. */
const refusals = new Set(['AccessDenied', 'ObjectLocked', 'InvalidRequest']);

async function listVersions(client: S3Client, Bucket: string, Key: string): Promise<Version[]> {
  const versions: Version[] = [];
  const markers: Version[] = [];
  let at: Pick<ListObjectVersionsCommandOutput, 'NextKeyMarker' | 'NextVersionIdMarker'> = {};
  do {
    const page: ListObjectVersionsCommandOutput = await client.send(
      new ListObjectVersionsCommand({
        Bucket,
        Prefix: Key,
        KeyMarker: at.NextKeyMarker,
        VersionIdMarker: at.NextVersionIdMarker,
      }),
    );
    const own = (one: { Key?: string | undefined }) => one.Key === Key;
    versions.push(...(page.Versions ?? []).filter(own).map(({ VersionId }) => ({ Bucket, Key, VersionId })));
    markers.push(...(page.DeleteMarkers ?? []).filter(own).map(({ VersionId }) => ({ Bucket, Key, VersionId })));
    at = page;
    // What is called the same comes first.
  } while (at.NextKeyMarker === Key);
  return [...versions, ...markers];
}

/** Held, if a version says so; else the refusal is about this identity, and goes on. */
async function explainRefusal(client: S3Client, found: readonly Version[], refusal: unknown): Promise<Erasure> {
  const until: Date[] = [];
  let hasLegalHold = false;
  for (const version of found) {
    const seen = await client.send(new HeadObjectCommand(version)).catch(() => null);
    if (seen?.ObjectLockRetainUntilDate !== undefined) until.push(seen.ObjectLockRetainUntilDate);
    hasLegalHold ||= seen?.ObjectLockLegalHoldStatus === 'ON';
  }
  const last = until.toSorted((a, b) => b.getTime() - a.getTime())[0];
  if (hasLegalHold) return { kind: 'kept', until: null };
  if (last === undefined) throw refusal;
  return { kind: 'kept', until: last.toISOString().slice(0, 10) };
}
