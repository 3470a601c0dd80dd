import type { ContainerClient } from '@azure/storage-blob';
import type { Immutability } from './record-store.ts';
import { countDays } from './store-error.ts';

/**
 * What Get Container Properties tells: whether there is a policy, not for how many days
 * (https://learn.microsoft.com/rest/api/storageservices/get-container-properties). With policies for versions each blob has its own
 * day; the first one stands for all.
 */
export async function readContainerImmutability(container: ContainerClient): Promise<Immutability> {
  const found = await container.getProperties();
  if (found.hasLegalHold === true) {
    return { kind: 'unknown', because: 'a legal hold is on the container, which ends when somebody takes it off' };
  }
  if (found.hasImmutabilityPolicy === true && found.isImmutableStorageWithVersioningEnabled !== true) {
    return {
      kind: 'unknown',
      because: `the container has a retention policy, whose days whoever manages the account sees by \`az storage container immutability-policy show --account-name ${container.accountName} --container-name ${container.containerName}\``,
    };
  }
  if (found.isImmutableStorageWithVersioningEnabled !== true) return { kind: 'none' };
  return readFirstPolicy(container, found.hasImmutabilityPolicy === true);
}

async function readFirstPolicy(container: ContainerClient, hasDefault: boolean): Promise<Immutability> {
  const pages = container.listBlobsFlat({ includeImmutabilityPolicy: true }).byPage({ maxPageSize: 1 });
  for await (const { segment } of pages) {
    for (const { properties } of segment.blobItems) {
      const { immutabilityPolicyExpiresOn: until, immutabilityPolicyMode: mode, createdOn } = properties;
      if (until === undefined || createdOn === undefined) {
        const because = 'the first blob there is from before the container’s policy';
        return hasDefault ? { kind: 'unknown', because } : { kind: 'none' };
      }
      return { kind: 'days', days: countDays(createdOn, until), mode: mode ?? 'Unlocked' };
    }
  }
  return { kind: 'unknown', because: 'nothing is in the container yet that would have a day of its own' };
}
