// What hangs on an account's licences, as its file tells it: size and Microsoft's days. Pure.
import { oneDriveClock } from '../clocks.ts';
import type { Day, Evidence, HeldLicense } from '../evidence.ts';
import type { DynamicGroupFact, OneDriveFacts } from '../schemas/account.ts';

/** Whether Microsoft's clock for unlicensed OneDrives runs for this account: not on licences of education and government. */
export function hasOneDriveClock({ oneDrive, licenses }: Pick<Evidence, 'oneDrive' | 'licenses'>): boolean {
  if (oneDrive.kind === 'unclocked') return false;
  const hosts = licenses.flatMap(({ carries }) => carries.oneDrive ?? []);
  return hosts.length === 0 || hosts.some((host) => host !== 'unclocked');
}

/** null: there is no OneDrive to speak of. `delicensedOn`: the first day on which its licence may go; null: none is in sight. */
export function oneDriveFacts(
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
    ...(hasClock ? { byDefault: oneDriveClock(delicensedOn) } : {}),
  };
}

/** Two digits behind the point, and never 0 for what is not empty. */
export function toGigabytes(bytes: number): number {
  const gigabytes = bytes / 1024 ** 3;
  return bytes === 0 ? 0 : Math.max(0.01, Math.round(gigabytes * 100) / 100);
}

/** One entry a group, whatever it gives. */
export function dynamicGroupFacts(licenses: readonly HeldLicense[]): DynamicGroupFact[] {
  const groups = new Map<string, DynamicGroupFact>();
  for (const { assignedByGroup: id, groupName, skuPartNumber, dynamicGroup } of licenses) {
    if (id === null || dynamicGroup === undefined) continue;
    const { membershipRule } = dynamicGroup;
    const known = groups.get(id) ?? { id, displayName: groupName ?? id, skuPartNumbers: [], membershipRule };
    groups.set(id, { ...known, skuPartNumbers: [...known.skuPartNumbers, skuPartNumber] });
  }
  return [...groups.values()];
}
