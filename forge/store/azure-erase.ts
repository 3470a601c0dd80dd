// A blob, its snapshots and its versions. A deleted blob of an account with soft delete can still be restored for as many days as the
// account says (https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview); nothing here can end that earlier.
import { type BlobClient, type BlobItem, type ContainerClient, RestError } from '@azure/storage-blob';
import { toUtcDay } from '../../policy/evidence.ts';
import type { ErasedObject } from './record-store.ts';

/**
 * Looks at all versions before it deletes one, so that what is kept is kept whole. Deleting the current version of an account with
 * versions makes it a previous one (https://learn.microsoft.com/azure/storage/blobs/versioning-overview), so that each is deleted by
 * its id, after the blob itself.
 */
export async function eraseBlob(container: ContainerClient, name: string): Promise<ErasedObject> {
  const found = await listVersions(container, name);
  if (found.length === 0) return { kind: 'absent' };
  const held = found.map(findHold).filter((hold) => hold !== null);
  if (held.length > 0) return createKept(held);
  const blob = container.getBlobClient(name);
  try {
    const hasCurrent = found.some(({ versionId, isCurrentVersion }) => versionId === undefined || isCurrentVersion);
    if (hasCurrent) await deleteOne(() => blob.delete({ deleteSnapshots: 'include' }));
    for (const { versionId } of found) {
      if (versionId !== undefined) await deleteOne(() => blob.withVersion(versionId).delete());
    }
    return { kind: 'erased' };
  } catch (error) {
    if (!isImmutable(error)) throw error;
    return createKept([await findHoldOf(blob)]);
  }
}

async function listVersions(container: ContainerClient, prefix: string): Promise<BlobItem[]> {
  const includes = { includeVersions: true, includeImmutabilityPolicy: true, includeLegalHold: true };
  const found: BlobItem[] = [];
  for await (const item of container.listBlobsFlat({ prefix, ...includes })) {
    // In the order of names: what is called the same comes first.
    if (item.name !== prefix) break;
    found.push(item);
  }
  return found;
}

/** Until when, in milliseconds; Infinity: nobody can say. null: it may be deleted as far as it says itself. */
function findHold({ properties }: BlobItem): number | null {
  if (properties.legalHold === true) return Number.POSITIVE_INFINITY;
  const until = properties.immutabilityPolicyExpiresOn?.getTime() ?? 0;
  return until > Date.now() ? until : null;
}

/** A policy of the container is not told with the blob: only that there is one. */
async function findHoldOf(blob: BlobClient): Promise<number> {
  const { legalHold, immutabilityPolicyExpiresOn: until } = await blob.getProperties();
  return legalHold === true || until === undefined ? Number.POSITIVE_INFINITY : until.getTime();
}

function createKept(held: readonly number[]): ErasedObject {
  const last = Math.max(...held);
  return { kind: 'kept', until: Number.isFinite(last) ? toUtcDay(new Date(last)) : null };
}

/** Gone already is as good: another erasure may have been at it. */
async function deleteOne(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (error) {
    if (!(error instanceof RestError && error.statusCode === 404 && error.code === 'BlobNotFound')) throw error;
  }
}

function isImmutable(error: unknown): boolean {
  return error instanceof RestError && /^BlobImmutableDueTo/.test(error.code ?? '');
}
