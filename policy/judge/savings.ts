// What delicensing an account gives back, and which licences have to stay. Pure.
import type { AssignedLicense, Evidence } from '../evidence.ts';
import { type Belongings, findHeldBack, findMailboxReason, releasableReasons } from '../licenses/held-back.ts';
import type { HeldBackReason } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Prices } from '../schemas/prices.ts';

interface HeldBackLicense {
  license: AssignedLicense;
  reason: HeldBackReason;
}

export interface SavingsOutlook {
  /** Direct, not free, safe to remove once the mailbox is shared. */
  reclaimable: readonly AssignedLicense[];
  heldBack: readonly HeldBackLicense[];
  /** Those of them that cost something and stay only until somebody releases a OneDrive. */
  waiting: readonly AssignedLicense[];
  /** Assigned but not in effect: they cost nothing, and somebody has to fix the assignment. */
  inError: readonly AssignedLicense[];
  /** Monthly price of `reclaimable`, in the currency of prices.yaml; unpriced SKUs add nothing. */
  monthly: number;
  /** Monthly price of `heldBack`. */
  heldBackMonthly: number;
  /** Monthly price of `waiting`. */
  waitingMonthly: number;
}

/** Free licences are in neither list: they cost nothing and go with the others. */
export function computeSavings(evidence: Evidence, policy: Policy, prices: Prices, isReleased = false): SavingsOutlook {
  const licenses = selectDistinct(evidence.licenses);
  const reasons = findHeldBack(licenses, buildBelongings(evidence, policy, isReleased), policy);
  const reclaimable = licenses.filter((license) => !reasons.has(license) && !isFree(license, prices));
  const heldBack = [...reasons].map(([license, reason]) => ({ license, reason }));
  const waiting = heldBack
    .filter(({ license, reason }) => releasableReasons.includes(reason) && !isFree(license, prices))
    .map(({ license }) => license);
  const assigned = new Set(licenses.map(({ skuId }) => skuId));
  return {
    reclaimable,
    heldBack,
    waiting,
    inError: selectDistinct(evidence.licensesInError ?? []).filter(({ skuId }) => !assigned.has(skuId)),
    monthly: sumPrices(reclaimable, prices),
    heldBackMonthly: sumPrices(
      heldBack.map(({ license }) => license),
      prices,
    ),
    waitingMonthly: sumPrices(waiting, prices),
  };
}

/** All that stays, licences in error included, although those are neither in effect nor paid for. */
export function listHeldBack({
  heldBack,
  inError,
}: Pick<SavingsOutlook, 'heldBack' | 'inError'>): readonly HeldBackLicense[] {
  return [...heldBack, ...inError.map((license) => ({ license, reason: 'in-error' as const }))];
}

/** What depends on the licences, as far as the audit knows. */
export function buildBelongings(evidence: Evidence, policy: Policy, isReleased: boolean): Belongings {
  return { mailbox: predictMailboxReason(evidence, policy), oneDrive: evidence.oneDrive, isReleased };
}

/** Monthly price of all that the account holds, each SKU once. */
export function computeMonthlyCost(licenses: readonly AssignedLicense[], prices: Prices): number {
  return sumPrices(selectDistinct(licenses), prices);
}

/** Held directly and by a group, it is paid once and not reclaimable while the group gives it: the inherited one counts. */
function selectDistinct(licenses: readonly AssignedLicense[]): AssignedLicense[] {
  const bySku = new Map<string, AssignedLicense>();
  for (const license of licenses) {
    const known = bySku.get(license.skuId);
    if (known === undefined || known.assignedByGroup === null) bySku.set(license.skuId, license);
  }
  return [...bySku.values()];
}

/** With `exchange` the apply reads the hold before it removes anything; with `manual` it is perhaps never read. */
function predictMailboxReason({ mailbox }: Evidence, policy: Policy): HeldBackReason | null {
  const isUnread = mailbox.hold === null && mailbox.recipientType !== 'none' && policy.mailbox.convert === 'manual';
  const unread = isUnread && policy.mailbox.unknownHold === 'hold-back' ? 'hold-unknown' : null;
  return findMailboxReason(mailbox, policy) ?? unread;
}

function isFree({ skuPartNumber }: AssignedLicense, prices: Prices): boolean {
  return prices.monthly[skuPartNumber] === 0;
}

function sumPrices(licenses: readonly AssignedLicense[], prices: Prices): number {
  const cents = licenses.reduce(
    (total, { skuPartNumber }) => total + Math.round((prices.monthly[skuPartNumber] ?? 0) * 100),
    0,
  );
  return cents / 100;
}
