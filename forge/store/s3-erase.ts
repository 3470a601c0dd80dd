// An object with all of its versions. A version that Object Lock holds is refused with AccessDenied
// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html), as one is that this identity may not delete.
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  type S3Client,
} from '@aws-sdk/client-s3';
import { toUtcDay } from '../../policy/evidence.ts';
import type { ErasedObject } from './record-store.ts';
import { getS3Code } from './s3-errors.ts';
import { readObjectLock } from './s3-immutability.ts';

interface Version {
  Bucket: string;
  Key: string;
  VersionId: string | undefined;
  madeOn: Date | undefined;
}

type FoundVersion = Pick<ObjectVersion, 'Key' | 'VersionId' | 'LastModified'>;

/** The newest version goes first: it is held longest, so what is kept is mostly kept whole. Delete markers go last. */
export async function eraseObject(client: S3Client, bucket: string, name: string): Promise<ErasedObject> {
  const found = await listVersions(client, bucket, name);
  if (found.length === 0) return { kind: 'absent' };
  for (const { VersionId } of found) {
    try {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: name, VersionId }));
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
    const own = (all: readonly FoundVersion[] = []) =>
      all
        .filter((one) => one.Key === Key)
        .map(({ VersionId, LastModified: madeOn }) => ({ Bucket, Key, VersionId, madeOn }));
    versions.push(...own(page.Versions));
    markers.push(...own(page.DeleteMarkers));
    at = page;
    // What is called the same comes first.
  } while (at.NextKeyMarker === Key);
  return [...versions, ...markers];
}

/** Held, if the store or a version says so; else the refusal is about this identity, and goes on. */
async function explainRefusal(client: S3Client, found: readonly Version[], refusal: unknown): Promise<ErasedObject> {
  const seen = await Promise.all(found.map((version) => readHold(client, version)));
  if (seen.some((hold) => hold === 'legal hold')) return { kind: 'kept', until: null };
  const until = seen.filter((hold) => hold instanceof Date);
  // In the words of Amazon, too: "Access Denied because object protected by object lock."
  const saysSo = refusal instanceof Error && /object.?lock/i.test(refusal.message);
  if (until.length === 0 && saysSo) until.push(...(await estimateHolds(client, found)));
  if (until.length === 0 && !saysSo) throw refusal;
  const last = Math.max(...until.map((day) => day.getTime()));
  return { kind: 'kept', until: until.length === 0 ? null : toUtcDay(new Date(last)) };
}

/** Told to who has s3:GetObjectRetention and s3:GetObjectLegalHold; a delete marker has none (405). */
async function readHold(client: S3Client, { Bucket, Key, VersionId }: Version): Promise<Date | 'legal hold' | null> {
  const seen = await client.send(new HeadObjectCommand({ Bucket, Key, VersionId })).catch(() => null);
  return seen?.ObjectLockLegalHoldStatus === 'ON' ? 'legal hold' : (seen?.ObjectLockRetainUntilDate ?? null);
}

/** Amazon writes the bucket's retention to each version; other services may look it up when somebody deletes. */
async function estimateHolds(client: S3Client, found: readonly Version[]): Promise<Date[]> {
  const lock = await readObjectLock(client, found[0]?.Bucket ?? '');
  if (lock.kind !== 'days') return [];
  return found.flatMap(({ madeOn }) => (madeOn ? [new Date(madeOn.getTime() + lock.days * 86_400_000)] : []));
}
