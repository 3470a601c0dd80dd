// What a block would take although it has to stay, with a licence that a dynamic group takes back by itself. The plan sets
// such an account aside, and the apply refuses to block it. Pure.
import { foldId } from '../identifiers.ts';
import type { AccountFile, HeldBackReason, StayReason } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { type Belongings, findHeldBack, type HoldBackSubject } from './held-back.ts';
import { isFalseOnceBlocked } from './membership-rule.ts';

/** For an account whose sign-in is allowed: the licences that a block takes although they have to stay, with the reason. */
export function findLostWithBlock<License extends HoldBackSubject, Reason extends StayReason = HeldBackReason>(
  licenses: readonly License[],
  belongings: Belongings<Reason>,
  policy: Policy,
): Map<License, HeldBackReason | Reason> {
  const { going, staying } = splitByBlock(licenses);
  // Treated as direct licences: the reason to keep one of those is the reason not to block.
  const byCopy = new Map(going.map((license) => [{ ...license, assignedByGroup: null }, license]));
  const heldBack = findHeldBack([...staying, ...byCopy.keys()], belongings, policy);
  const lost = new Map<License, HeldBackReason | Reason>();
  for (const [copy, license] of byCopy) {
    const reason = heldBack.get(copy);
    if (reason !== undefined && !isCarriedOn(reason, staying)) lost.set(license, reason);
  }
  return lost;
}

/**
 * For an account whose sign-in is allowed: what its groups certainly take back with the block. Nothing where that would take
 * something that has to stay, because such an account is not blocked.
 */
export function listGoneWithBlock<License extends HoldBackSubject>(
  licenses: readonly License[],
  belongings: Belongings,
  policy: Policy,
): License[] {
  const gone = licenses.filter(({ dynamicGroup, doubt }) => {
    const rule = dynamicGroup?.membershipRule ?? null;
    return doubt === undefined && rule !== null && isFalseOnceBlocked(rule);
  });
  return gone.length > 0 && findLostWithBlock(licenses, belongings, policy).size === 0 ? gone : [];
}

/** The same as a file has it: SKU part numbers that nothing else gives. */
export function listSkusGoneWithBlock({ dynamicGroups = [], restore }: Pick<AccountFile, 'dynamicGroups' | 'restore'>) {
  if (dynamicGroups.some(({ keepsSignInFor = [] }) => keepsSignInFor.length > 0)) return [];
  const taking = dynamicGroups.filter(({ membershipRule: rule }) => rule !== null && isFalseOnceBlocked(rule));
  const ids = new Set(taking.map(({ id }) => foldId(id)));
  const isGiven = (sku: string) =>
    restore.licenses.some(
      ({ skuPartNumber, assignedByGroup: id }) => skuPartNumber === sku && (id === null || !ids.has(foldId(id))),
    );
  const gone = taking.flatMap(({ skuPartNumbers }) => skuPartNumbers);
  return [...new Set(gone)].filter((sku) => !isGiven(sku));
}

/** Whether the block takes the last licence with a OneDrive, so that Microsoft's clock for it begins with the block. */
export function isOneDriveLostWithBlock(licenses: readonly HoldBackSubject[]): boolean {
  const { going, staying } = splitByBlock(licenses);
  return going.some(({ carries }) => carries.oneDrive !== null) && !isCarriedOn('onedrive-files', staying);
}

/** What is also assigned in another way stays; what is in error is not in effect. */
function splitByBlock<License extends HoldBackSubject>(licenses: readonly License[]) {
  const inEffect = licenses.filter(({ doubt }) => doubt !== 'in-error');
  const staying = inEffect.filter(({ dynamicGroup }) => dynamicGroup === undefined);
  const stayingIds = new Set(staying.map(({ skuId }) => foldId(skuId)));
  const isGoing = ({ skuId, dynamicGroup }: License) => dynamicGroup !== undefined && !stayingIds.has(foldId(skuId));
  return { going: inEffect.filter(isGoing), staying };
}

/** Whether the licences that stay carry it, too. A doubtful licence does not count, and a small OneDrive may be none. */
function isCarriedOn(reason: StayReason, staying: readonly HoldBackSubject[]): boolean {
  const carries = staying.flatMap((license) => (license.doubt === undefined ? [license.carries] : []));
  const hasPlan2 = carries.some(({ mailbox }) => mailbox === 'plan-2');
  const hasPlan1 = carries.some(({ mailbox }) => mailbox === 'plan-1');
  switch (reason) {
    case 'onedrive-files':
    case 'onedrive-unknown':
      return carries.some(({ oneDrive }) => oneDrive === 'full' || oneDrive === 'unclocked');
    case 'archive':
    case 'archive-add-on':
    case 'litigation-hold':
    case 'retention-hold':
    case 'hold-unknown':
      return hasPlan2 || (hasPlan1 && carries.some(({ archive }) => archive));
    case 'mailbox-over-limit':
    case 'size-unknown':
      return hasPlan2;
    case 'needed-by-another':
      return hasPlan2 || hasPlan1;
    default:
      return false;
  }
}
