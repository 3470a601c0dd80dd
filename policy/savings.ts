// What delicensing an account gives back, and which licences have to stay. Pure.
import type { Evidence, HeldLicense } from './evidence.ts';
import type { HeldBackReason } from './schemas/account.ts';
import type { Policy } from './schemas/policy.ts';
import type { Prices } from './schemas/prices.ts';

export interface HeldBackLicense {
  license: HeldLicense;
  reason: HeldBackReason;
}

export interface SavingsOutlook {
  /** Direct, not free, safe to remove once the mailbox is shared. */
  reclaimable: readonly HeldLicense[];
  heldBack: readonly HeldBackLicense[];
  /** Monthly price of `reclaimable`, in the currency of prices.yaml; unpriced SKUs add nothing. */
  monthly: number;
  /** Monthly price of `heldBack`. */
  heldBackMonthly: number;
}

/** Free licences are in neither list: they cost nothing, and they go with the others when the account is delicensed. */
export function savingsOutlook(evidence: Evidence, policy: Policy, prices: Prices): SavingsOutlook {
  const reclaimable: HeldLicense[] = [];
  const heldBack: HeldBackLicense[] = [];
  for (const license of distinct(evidence.licenses)) {
    const reason = heldBackReason(license, evidence, policy);
    if (reason !== null) heldBack.push({ license, reason });
    else if (!isFree(license, prices)) reclaimable.push(license);
  }
  return {
    reclaimable,
    heldBack,
    monthly: sum(reclaimable, prices),
    heldBackMonthly: sum(
      heldBack.map(({ license }) => license),
      prices,
    ),
  };
}

/** Monthly price of all that the account holds, each SKU once. */
export function monthlyCost(licenses: readonly HeldLicense[], prices: Prices): number {
  return sum(distinct(licenses), prices);
}

/**
 * A licence held directly and by a group is paid once and cannot be reclaimed while the group gives it, so the inherited
 * assignment decides.
 */
function distinct(licenses: readonly HeldLicense[]): HeldLicense[] {
  const bySku = new Map<string, HeldLicense>();
  for (const license of licenses) {
    const known = bySku.get(license.skuId);
    if (known === undefined || known.assignedByGroup === null) bySku.set(license.skuId, license);
  }
  return [...bySku.values()];
}

/** Graph-side limits first, then Exchange's: above the size limit, with an archive or on hold, a shared mailbox needs its plan. */
function heldBackReason(license: HeldLicense, { mailbox }: Evidence, policy: Policy): HeldBackReason | null {
  if (license.assignedByGroup !== null) return 'inherited-from-group';
  if (!license.hasExchangePlan || mailbox.recipientType === 'none') return null;
  if ((mailbox.storageUsedBytes ?? 0) > policy.mailbox.sharedLimitGigabytes * 1024 ** 3)
    return 'mailbox-over-limit';
  if (mailbox.hasArchive === true) return 'archive';
  if (mailbox.litigationHold === true) return 'litigation-hold';
  // With `exchange` the apply reads the hold itself before it removes anything; with `manual` nobody does.
  const nobodyReadsHold = mailbox.litigationHold === null && policy.mailbox.convert === 'manual';
  return nobodyReadsHold && policy.mailbox.unknownHold === 'hold-back' ? 'hold-unknown' : null;
}

function isFree({ skuPartNumber }: HeldLicense, prices: Prices): boolean {
  return prices.monthly[skuPartNumber] === 0;
}

function sum(licenses: readonly HeldLicense[], prices: Prices): number {
  const cents = licenses.reduce(
    (total, { skuPartNumber }) => total + Math.round((prices.monthly[skuPartNumber] ?? 0) * 100),
    0,
  );
  return cents / 100;
}
