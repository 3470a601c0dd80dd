// What delicensing an account gives back, and which licences have to stay. Pure.
import type { AssignedLicense, Evidence } from '../evidence.ts';
import { listGoneWithBlock } from '../licenses/block-losses.ts';
import { type Belongings, findHeldBack, findMailboxReason } from '../licenses/held-back.ts';
import { type HeldBackReason, releasableReasons } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Prices } from '../schemas/prices.ts';

/** A product of the account, once however it is assigned. */
export interface PricedLicense {
  license: AssignedLicense;
  /** In the currency of prices.yaml; null: it has no price there, and adds nothing to a sum. */
  monthly: number | null;
}

interface HeldBackLicense extends PricedLicense {
  reason: HeldBackReason;
}

/** Free licences are in no list: they cost nothing and go with the others. */
export interface SavingsOutlook {
  currency: string;
  /** Monthly price of all that the account holds. */
  cost: number;
  /** Not free, safe to remove once the mailbox is shared: direct, from groups that are left, or `withBlock`. */
  reclaimable: readonly PricedLicense[];
  heldBack: readonly HeldBackLicense[];
  /** Those of them that cost something and stay only until somebody releases a OneDrive. */
  waiting: readonly HeldBackLicense[];
  /** Free ones, too: its groups take them back by themselves once sign-in is blocked, and nothing that has to stay hangs on them. */
  withBlock: readonly AssignedLicense[];
  /** Assigned but not in effect: they cost nothing, and somebody has to fix the assignment. */
  inError: readonly AssignedLicense[];
  /** Monthly price of `reclaimable`. */
  monthly: number;
  /** Monthly price of `heldBack`. */
  heldBackMonthly: number;
  /** Monthly price of `waiting`. */
  waitingMonthly: number;
}

export function computeSavings(evidence: Evidence, policy: Policy, prices: Prices): SavingsOutlook {
  const belongings = buildBelongings(evidence, policy, false);
  const gone = new Set(evidence.accountEnabled ? listGoneWithBlock(evidence.licenses, belongings, policy) : []);
  // What is left once sign-in is blocked decides what has to stay.
  const left = evidence.licenses.filter((license) => !gone.has(license));
  const reasons = findHeldBack(left, belongings, policy);
  const leftIds = new Set(left.map(({ skuId }) => skuId));
  const withBlock = selectDistinct([...gone], () => false).filter(({ skuId }) => !leftIds.has(skuId));
  const licenses = [...selectDistinct(left, (license) => reasons.has(license)), ...withBlock];
  const toPriced = (license: AssignedLicense) => ({ license, monthly: prices.monthly[license.skuPartNumber] ?? null });
  const assigned = new Set(licenses.map(({ skuId }) => skuId));
  return sumSavings({
    currency: prices.currency,
    cost: sumMonthly(licenses.map(toPriced)),
    reclaimable: licenses
      .filter((license) => !reasons.has(license))
      .map(toPriced)
      .filter(isPaid),
    heldBack: licenses.flatMap((license) => {
      const reason = reasons.get(license);
      return reason === undefined ? [] : [{ ...toPriced(license), reason }];
    }),
    withBlock,
    inError: selectDistinct(evidence.licensesInError ?? [], () => false).filter(({ skuId }) => !assigned.has(skuId)),
  });
}

/** The word `release` takes one reason away and adds none, so the account need not be judged again for it. */
export function applyRelease(outlook: SavingsOutlook, isReleased: boolean): SavingsOutlook {
  if (!isReleased) return outlook;
  const { reclaimable, heldBack, waiting } = outlook;
  return sumSavings({
    ...outlook,
    reclaimable: [...reclaimable, ...waiting],
    heldBack: heldBack.filter(({ reason }) => !releasableReasons.includes(reason)),
  });
}

function sumSavings(
  savings: Omit<SavingsOutlook, 'waiting' | 'monthly' | 'heldBackMonthly' | 'waitingMonthly'>,
): SavingsOutlook {
  const { reclaimable, heldBack } = savings;
  const waiting = heldBack.filter((entry) => releasableReasons.includes(entry.reason) && isPaid(entry));
  return {
    ...savings,
    waiting,
    monthly: sumMonthly(reclaimable),
    heldBackMonthly: sumMonthly(heldBack),
    waitingMonthly: sumMonthly(waiting),
  };
}

export function sumMonthly(licenses: readonly Pick<PricedLicense, 'monthly'>[]): number {
  return licenses.reduce((cents, { monthly }) => cents + Math.round((monthly ?? 0) * 100), 0) / 100;
}

/** What of `reclaimable` goes with the block, by its groups. */
export function selectGoneWithBlock({ reclaimable, withBlock }: Pick<SavingsOutlook, 'reclaimable' | 'withBlock'>) {
  const ids = new Set(withBlock.map(({ skuId }) => skuId));
  return reclaimable.filter(({ license }) => ids.has(license.skuId));
}

/** All that stays, licences in error included, although those are neither in effect nor paid for. */
export function listHeldBack({
  heldBack,
  inError,
}: Pick<SavingsOutlook, 'heldBack' | 'inError'>): readonly Omit<HeldBackLicense, 'monthly'>[] {
  return [...heldBack, ...inError.map((license) => ({ license, reason: 'in-error' as const }))];
}

/** What depends on the licences, as far as the audit knows. */
export function buildBelongings(evidence: Evidence, policy: Policy, isReleased: boolean): Belongings {
  return { mailbox: predictMailboxReason(evidence, policy), oneDrive: evidence.oneDrive, isReleased };
}

/**
 * However often it is assigned it is paid once, and stays if one of its assignments does. Of those a group's counts before a
 * direct one.
 */
function selectDistinct(
  licenses: readonly AssignedLicense[],
  isStaying: (license: AssignedLicense) => boolean,
): AssignedLicense[] {
  const rank = (license: AssignedLicense) => (isStaying(license) ? 0 : 2) + (license.assignedByGroup === null ? 1 : 0);
  const bySku = Map.groupBy(licenses, ({ skuId }) => skuId);
  return [...bySku.values()].flatMap((same) => same.toSorted((a, b) => rank(a) - rank(b))[0] ?? []);
}

/** With `exchange` the apply reads the hold before it removes anything; with `manual` it is perhaps never read. */
function predictMailboxReason({ mailbox }: Evidence, policy: Policy): HeldBackReason | null {
  const isUnread = mailbox.hold === null && mailbox.recipientType !== 'none' && policy.mailbox.convert === 'manual';
  const unread = isUnread && policy.mailbox.unknownHold === 'hold-back' ? 'hold-unknown' : null;
  return findMailboxReason(mailbox, policy) ?? unread;
}

function isPaid({ monthly }: PricedLicense): boolean {
  return monthly !== 0;
}
