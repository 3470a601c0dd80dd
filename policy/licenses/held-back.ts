// Which licences have to stay: the one rule for the audit, which foresees it, and the apply, which sees it. Pure.
import type { DynamicGroup, LicenseDoubt, Mailbox, OneDrive } from '../evidence.ts';
import { foldId, type IdKey, type SkuId } from '../identifiers.ts';
import { type HeldBackReason, releasableReasons, type StayReason } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import type { GroupObstacle } from './license-groups.ts';
import { type CarriedServices, selectOneDriveHosts } from './service-plans.ts';

export interface HoldBackSubject {
  skuId: SkuId | IdKey;
  assignedByGroup: string | null;
  carries: CarriedServices;
  doubt?: LicenseDoubt;
  /** Set where its group takes it back by itself once sign-in is blocked. */
  dynamicGroup?: DynamicGroup;
  /** Set where policy.yaml names its group; empty: the account may be taken out of it. */
  groupObstacles?: readonly GroupObstacle[];
}

/** What depends on the licences of one account. */
export interface Belongings<Reason extends StayReason = HeldBackReason> {
  /** Why its mailbox still needs a licence (`findMailboxReason`); null: it does not. */
  mailbox: Reason | null;
  oneDrive: OneDrive;
  /** A person has released the files. */
  isReleased: boolean;
}

/** The defaults of a policy.yaml without `oneDrive`. */
function getOneDrivePolicy({ oneDrive }: Pick<Policy, 'oneDrive'>) {
  const { beforeDelicense = 'hold-back', holdBackAboveMegabytes = 1000 } = oneDrive ?? {};
  return { beforeDelicense, holdBackAboveMegabytes };
}

/** The reason for each licence that has to stay; others may go. */
export function findHeldBack<License extends HoldBackSubject, Reason extends StayReason = HeldBackReason>(
  licenses: readonly License[],
  belongings: Belongings<Reason>,
  policy: Policy,
): Map<License, HeldBackReason | Reason> {
  // A doubtful licence stays anyway; whether it pays for anything is unknown.
  const sound = licenses.filter(({ doubt }) => doubt === undefined);
  const payers = new Set<License>(findPayers(sound, belongings.mailbox));
  const keepsAddOn = licenses.some(isArchiveAddOn);
  const heldBack = new Map<License, HeldBackReason | Reason>();
  for (const license of licenses) {
    const { carries, doubt } = license;
    const reason: HeldBackReason | Reason | null =
      findGroupReason(license) ??
      doubt ??
      (carries.cloudPc ? 'cloud-pc' : null) ??
      (payers.has(license) ? findPayingReason(license, belongings.mailbox) : null) ??
      (isArchiveAddOn(license) ? 'archive-add-on' : null) ??
      // Archiving is an add-on: Microsoft refuses to take the plan that it needs.
      (keepsAddOn && carries.mailbox !== null ? 'needed-by-another' : null);
    if (reason !== null) heldBack.set(license, reason);
  }
  holdMemberships(licenses, heldBack);
  const files = findOneDriveReason(belongings, policy);
  const isCarried = [...heldBack].some(([license, reason]) => canKeepOneDrive(license, reason));
  if (files === null || isCarried) return heldBack;
  for (const host of selectOneDriveHosts(sound)) if (!heldBack.has(host)) heldBack.set(host, files);
  holdMemberships(licenses, heldBack);
  return heldBack;
}

/** A licence that saves a mailbox is assigned directly; one that a group gives to such an account holds its membership. */
function findPayingReason<Reason extends StayReason>(
  { assignedByGroup }: HoldBackSubject,
  reason: Reason | null,
): Reason | 'group-license-stays' | null {
  return reason === 'mailbox-flipped-back' && assignedByGroup !== null ? 'group-license-stays' : reason;
}

/** null: assigned directly, or by a group that the account may be taken out of. */
function findGroupReason({ assignedByGroup, groupObstacles }: HoldBackSubject): HeldBackReason | null {
  if (assignedByGroup === null) return null;
  return groupObstacles === undefined ? 'inherited-from-group' : (groupObstacles[0]?.reason ?? null);
}

/**
 * An account is taken out of a group only if all that the group gives it may go: a licence that stays, or a product that
 * stays in another way, holds what else the group gives. Where only a OneDrive holds it, that is the reason for all.
 */
function holdMemberships<License extends HoldBackSubject, Reason extends StayReason>(
  licenses: readonly License[],
  heldBack: Map<License, HeldBackReason | Reason>,
): void {
  const groups = [...Map.groupBy(licenses, ({ assignedByGroup }) => assignedByGroup)];
  for (let isOpen = true; isOpen; ) {
    isOpen = false;
    const staying = Map.groupBy(heldBack.keys(), ({ skuId }) => foldId(skuId));
    for (const [group, given] of groups) {
      const reasons = given.flatMap(
        ({ skuId }) => staying.get(foldId(skuId))?.flatMap((one) => heldBack.get(one) ?? []) ?? [],
      );
      const free = group === null ? [] : given.filter((license) => !heldBack.has(license));
      if (reasons.length === 0 || free.length === 0) continue;
      const [first] = reasons.filter((reason) => releasableReasons.includes(reason));
      const isUntilRelease = first !== undefined && reasons.every((reason) => releasableReasons.includes(reason));
      for (const license of free) heldBack.set(license, isUntilRelease ? first : 'group-license-stays');
      isOpen = true;
    }
  }
}

/** Reasons with which the licence may not be in effect, so that nothing can rely on it. */
const uncertainReasons: readonly StayReason[] = ['in-error', 'without-assignment', 'product-unknown'];

/**
 * Whether a licence that stays for this reason keeps the OneDrive, so that none has to stay for the files. Not one that its
 * dynamic group takes back, and not the small OneDrive of other products.
 */
export function canKeepOneDrive(
  { carries, dynamicGroup }: Pick<HoldBackSubject, 'carries' | 'dynamicGroup'>,
  reason: StayReason,
): boolean {
  const isCertain = !releasableReasons.includes(reason) && !uncertainReasons.includes(reason);
  return carries.oneDrive === 'full' && isCertain && dynamicGroup === undefined;
}

/** Archiving alone: products with a mailbox, such as Microsoft 365 Business Premium, stay where there is an archive. */
function isArchiveAddOn({ carries }: HoldBackSubject): boolean {
  return carries.archive && carries.mailbox === null;
}

/** Why a shared mailbox needs a licence; null: it does not. Unknown sizes and archives are no reason here. */
export function findMailboxReason(
  {
    recipientType,
    storageUsedBytes,
    hasArchive,
    hold,
    flipsBack,
  }: Pick<Mailbox, 'recipientType' | 'storageUsedBytes' | 'hasArchive' | 'hold' | 'flipsBack'>,
  { mailbox }: Pick<Policy, 'mailbox'>,
): HeldBackReason | null {
  if (recipientType === 'none') return null;
  if ((storageUsedBytes ?? 0) > mailbox.sharedLimitGigabytes * 1024 ** 3) return 'mailbox-over-limit';
  if (hasArchive === true) return 'archive';
  if (hold === 'litigation') return 'litigation-hold';
  if (hold === 'retention') return 'retention-hold';
  return flipsBack ? 'mailbox-flipped-back' : null;
}

/**
 * A shared mailbox above 50 GB needs Exchange Online Plan 2; with an archive or a hold Plan 2, or Plan 1 with Exchange
 * Online Archiving (Microsoft, "About shared mailboxes"). Where no licence would pay, or the need is unknown, every licence
 * stays that carries a mailbox.
 */
function findPayers<License extends HoldBackSubject>(
  licenses: readonly License[],
  reason: StayReason | null,
): readonly License[] {
  if (reason === null) return [];
  const carriers = licenses.filter(({ carries }) => carries.mailbox !== null || carries.archive);
  const plan2 = carriers.filter(({ carries }) => carries.mailbox === 'plan-2');
  const plan1 = carriers.filter(({ carries }) => carries.mailbox === 'plan-1' || carries.archive);
  const isArchived =
    plan1.some(({ carries }) => carries.archive) && plan1.some(({ carries }) => carries.mailbox !== null);
  switch (reason) {
    case 'mailbox-over-limit':
      return plan2.length > 0 ? plan2 : carriers;
    case 'archive':
    case 'litigation-hold':
    case 'retention-hold':
      if (plan2.length > 0) return plan2;
      return isArchived ? plan1 : carriers;
    default:
      return carriers;
  }
}

/** Why a licence stays for its OneDrive alone; null: the files are small, released, or only named. */
function findOneDriveReason(
  { oneDrive, isReleased }: Pick<Belongings, 'oneDrive' | 'isReleased'>,
  policy: Policy,
): 'onedrive-files' | 'onedrive-unknown' | null {
  const { beforeDelicense, holdBackAboveMegabytes } = getOneDrivePolicy(policy);
  if (isReleased || beforeDelicense === 'name') return null;
  switch (oneDrive.kind) {
    case 'none':
    case 'unclocked':
      return null;
    case 'unknown':
      return 'onedrive-unknown';
    case 'seen':
      return oneDrive.storageUsedBytes > holdBackAboveMegabytes * 1024 ** 2 ? 'onedrive-files' : null;
  }
}
