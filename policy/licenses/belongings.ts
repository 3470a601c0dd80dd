// What depends on an account's licences, for its file: size and Microsoft's days. Pure.
import type { AssignedLicense, Day, Evidence } from '../evidence.ts';
import type { DynamicGroupFact, HeldBackReason, OneDriveFacts } from '../schemas/account.ts';
import { canKeepOneDrive } from './held-back.ts';
import { computeOneDriveClock } from './microsoft-clocks.ts';

/** Whether Microsoft's clock for unlicensed OneDrives runs: not with licences of education and government. */
export function hasOneDriveClock({ oneDrive, licenses }: Pick<Evidence, 'oneDrive' | 'licenses'>): boolean {
  if (oneDrive.kind === 'unclocked') return false;
  const hosts = licenses.flatMap(({ carries }) => carries.oneDrive ?? []);
  return hosts.length === 0 || hosts.some((host) => host !== 'unclocked');
}

/**
 * Whether a licence that carries the OneDrive stays even after a release: then no clock of Microsoft's begins. What a
 * dynamic group takes back with the block goes, unless the block itself is held up (`isBlockHeldUp`).
 */
export function isOneDriveKept(
  heldBack: readonly { license: Pick<AssignedLicense, 'carries' | 'dynamicGroup'>; reason: HeldBackReason }[],
  isBlockHeldUp: boolean,
): boolean {
  return heldBack.some(({ license: { carries, dynamicGroup }, reason }) =>
    canKeepOneDrive({ carries, ...(dynamicGroup && !isBlockHeldUp ? { dynamicGroup } : {}) }, reason),
  );
}

/** null: there is no OneDrive. `delicensedOn`: the first day on which its licence may go; null: none is foreseen. */
export function buildOneDriveFacts(
  { oneDrive, licenses }: Pick<Evidence, 'oneDrive' | 'licenses'>,
  delicensedOn: Day | null,
): OneDriveFacts | null {
  if (oneDrive.kind === 'none' || oneDrive.kind === 'unclocked') return null;
  const seen = oneDrive.kind === 'seen' ? oneDrive : null;
  const hasClock = delicensedOn !== null && hasOneDriveClock({ oneDrive, licenses });
  return {
    gigabytes: seen === null ? null : toGigabytes(seen.storageUsedBytes),
    files: seen?.files ?? null,
    lastUse: seen?.lastUsedOn ?? null,
    ...(hasClock ? { byDefault: computeOneDriveClock(delicensedOn) } : {}),
  };
}

/** Two decimal places, and 0 only for what is empty. */
export function toGigabytes(bytes: number): number {
  const gigabytes = bytes / 1024 ** 3;
  return bytes === 0 ? 0 : Math.max(0.01, Math.round(gigabytes * 100) / 100);
}

/** One entry per group. `lost`: what a block would take with its licences although it has to stay. */
export function buildDynamicGroupFacts(
  licenses: readonly AssignedLicense[],
  lost: ReadonlyMap<AssignedLicense, HeldBackReason>,
): DynamicGroupFact[] {
  const given = licenses.flatMap((license) => {
    const { assignedByGroup: id, dynamicGroup } = license;
    return id === null || dynamicGroup === undefined ? [] : [{ ...license, id, dynamicGroup, lost: lost.get(license) }];
  });
  return [...Map.groupBy(given, ({ id }) => id)].map(([id, entries]) => {
    const keepsSignInFor = [...new Set(entries.flatMap((entry) => entry.lost ?? []))];
    return {
      id,
      displayName: entries[0]?.groupName ?? id,
      skuPartNumbers: [...new Set(entries.map(({ skuPartNumber }) => skuPartNumber))],
      membershipRule: entries[0]?.dynamicGroup.membershipRule ?? null,
      ...(keepsSignInFor.length === 0 ? {} : { keepsSignInFor }),
    };
  });
}
