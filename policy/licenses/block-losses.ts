// What a block would take although it has to stay, with a licence that a dynamic group takes back by itself. The plan sets
// such an account aside, and the apply refuses to block it. Pure.

import { foldId } from '../identifiers.ts';
import type { HeldBackReason, StayReason } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { formatList } from '../words/labels.ts';
import { type Belongings, findHeldBack, type HoldBackSubject } from './held-back.ts';

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

interface LossWithBlock {
  /** The group's name, or its id. */
  group: string;
  /** null: it may not be read. */
  membershipRule: string | null;
  skuPartNumber: string;
  reason: StayReason;
  /** Of the OneDrive; null: unknown. */
  gigabytes: number | null;
}

/** `the group "All" (user.accountEnabled -eq true) takes SPE_E3 back once sign-in is blocked, and with it 3.1 GB of …`. */
export function describeLossesWithBlock(losses: readonly LossWithBlock[]): string {
  const groups = Map.groupBy(losses, ({ group, membershipRule }) => describeLicenseGroup(group, membershipRule));
  const sentences = [...groups].map(([group, lost]) => {
    const products = [...new Set(lost.map(({ skuPartNumber }) => skuPartNumber))];
    const what = [...new Set(lost.map(describeLoss))];
    return `${group} takes ${formatList(products)} back once sign-in is blocked, and with ${products.length === 1 ? 'it' : 'them'} ${formatList(what)}`;
  });
  return sentences.join('; ');
}

/** Shortened: a rule can have 3,072 characters. */
export function describeLicenseGroup(name: string, membershipRule: string | null): string {
  if (membershipRule === null) return `the group "${name}" (its rule may not be read)`;
  const rule = membershipRule.replace(/\s+/g, ' ').trim();
  return `the group "${name}" (${rule.length > 160 ? `${rule.slice(0, 159)}…` : rule})`;
}

function describeLoss({ reason, gigabytes }: LossWithBlock): string {
  switch (reason) {
    case 'onedrive-files':
      return `${gigabytes === null ? 'files' : `${gigabytes} GB`} of OneDrive that nobody has released`;
    case 'onedrive-unknown':
      return 'a OneDrive of unknown content that nobody has released';
    case 'archive':
    case 'archive-add-on':
      return 'an archive of mail';
    case 'litigation-hold':
      return 'a litigation hold';
    case 'retention-hold':
      return 'a hold for eDiscovery, by a retention policy or by a label';
    case 'hold-unknown':
      return 'a hold, if the mailbox is on one, which could not be read';
    case 'mailbox-over-limit':
    case 'size-unknown':
      return 'a mailbox that may be too large to be shared without it';
    case 'cloud-pc':
      return 'a Cloud PC';
    case 'product-unknown':
      return 'whatever depends on it: the tenant no longer lists the product';
    default:
      return 'what another licence needs';
  }
}
