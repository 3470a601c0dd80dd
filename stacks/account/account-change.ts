// What one account's merged file asks for, compared with what the tenant has: the remaining steps. Pure.
import {
  buildStayingGroups,
  isGivenBy,
  isTakeable,
  listGivenSkus,
  listLeftGroups,
} from '../../policy/files/memberships.ts';
import { isOwnConversion } from '../../policy/files/stage.ts';
import type { ReviewedAccount } from '../../policy/guard/guard.ts';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { findFormerBelonging } from '../../policy/populations/former-belonging.ts';
import type {
  AccountIdentity,
  DesiredState,
  RestorableGroup,
  RestorableLicense,
  RestoreState,
} from '../../policy/schemas/account.ts';
import type { FoundAccount } from '../tenant/live-account.ts';

/** One account's change from what is in force to what was merged. */
export interface AccountChange extends Pick<ReviewedAccount, 'evidence'> {
  account: AccountIdentity;
  restore: RestoreState;
  /** What an earlier run reached; for an account that is new to the stack, what it had before. */
  from: DesiredState;
  /** The merged goal. */
  to: DesiredState;
  /**
   * An earlier run's goal that it did not report as done, because it failed or was killed: some of it may have happened.
   * Only giving back uses it.
   */
  attempted: DesiredState | null;
  /** As in `CappedChange`. */
  mayTakeAgain?: boolean;
  /** SKU part numbers that are given because its mailbox has turned back, no matter who took them. */
  saved?: readonly string[];
  /** Its OneDrive by the file, because the apply cannot read it; null: it has none, or its files may go. */
  oneDrive: { gigabytes: number | null } | null;
  /** The block takes licences by itself; absent: no. */
  losesWithBlock?: boolean;
  /** New to the state: the account enters the stack, or the state was lost. */
  isNew: boolean;
  /** When this pipeline last changed sign-in, licences or mailbox, ISO 8601; null: never or unknown. */
  wroteAt: string | null;
  /** Since when a killed run may have changed it, ISO 8601; null or absent: what earlier runs did is known. */
  unsureSince?: string | null;
}

/**
 * The change as the tenant shows it. If an account is new to the state and shows what its file takes, this pipeline took it
 * and then lost its state: it is adopted as it is, and only the rest is taken. What `to` keeps was never taken, except the
 * licences that save a mailbox: their account had lost them, and its mailbox was shared. The mailbox counts only if the
 * account is blocked, because this pipeline blocks first; a person's shared mailbox on an account that is not blocked was
 * taken and given back by hand.
 */
export function adoptAsFound(
  change: AccountChange,
  { accountEnabled, mailbox, licenses }: FoundAccount,
): AccountChange {
  const { isNew, from, to, restore, saved = [] } = change;
  if (!isNew) return change;
  const heldSkus = listHeldSkus(restore, licenses);
  const showsShared = to.mailbox === 'shared' && mailbox.recipientType === 'shared';
  const isGivenBack = showsShared && restore.mailbox === 'user';
  const isBlocked = !to.accountEnabled && (!accountEnabled || isGivenBack);
  const isTouched = isBlocked || to.accountEnabled;
  const reached: DesiredState = {
    accountEnabled: from.accountEnabled && !isBlocked,
    mailbox: (showsShared || saved.length > 0) && isBlocked ? 'shared' : from.mailbox,
    licenses: from.licenses.filter(
      (sku) => heldSkus.has(sku) || (!saved.includes(sku) && (!isTouched || to.licenses.includes(sku))),
    ),
    ...(isTouched ? buildReachedGroups(change, licenses) : {}),
  };
  return { ...change, from: reached };
}

/** The part numbers of `restore` that the tenant shows, assigned directly or by a group that this pipeline may leave. */
export function listHeldSkus(restore: RestoreState, licenses: FoundAccount['licenses']): ReadonlySet<string> {
  const direct = new Set(licenses.filter(isDirect).map(({ skuId }) => skuId));
  const isHeld = (license: RestorableLicense) =>
    direct.has(foldId(license.skuId)) ||
    (isTakeable(license, restore) && licenses.some((shown) => isSameAssignment(shown, license)));
  return new Set(restore.licenses.filter(isHeld).map(({ skuPartNumber }) => skuPartNumber));
}

/** A group that is to be left and gives nothing any more has been left. */
export function buildReachedGroups(
  { to, restore }: Pick<AccountChange, 'to' | 'restore'>,
  licenses: FoundAccount['licenses'],
): Pick<DesiredState, 'groups'> {
  const left = listLeftGroups(to, restore).filter(({ id }) => !isGiving(id, licenses));
  return buildStayingGroups(left, restore);
}

/** Whether the tenant shows a licence of the group. */
export function isGiving(group: GroupId, licenses: FoundAccount['licenses']): boolean {
  return licenses.some((license) => isGivenBy(license, group));
}

/** The same product, assigned in the same way. */
export function isSameAssignment(
  shown: Pick<FoundAccount['licenses'][number], 'skuId' | 'assignedByGroup'>,
  { skuId, assignedByGroup }: RestorableLicense,
): boolean {
  const group = shown.assignedByGroup === null ? null : foldId(shown.assignedByGroup);
  return shown.skuId === foldId(skuId) && group === (assignedByGroup === null ? null : foldId(assignedByGroup));
}

/** What still differs. Anything not named here is not touched. */
export interface RemainingSteps {
  block: boolean;
  endSessions: boolean;
  share: boolean;
  /** This pipeline shared it before and its account is blocked: sharing it again takes nothing. */
  isSharedAgain: boolean;
  /** Direct licences that were reviewed and are still assigned. */
  remove: readonly RestorableLicense[];
  /** Direct licences that this pipeline took, and those that save a mailbox, unless they are assigned in any way. */
  give: readonly RestorableLicense[];
  /** Groups to be left, and those that have been left and still give a licence. */
  leave: readonly RestorableGroup[];
  /** Groups that this pipeline left and that are to be joined again. */
  join: readonly RestorableGroup[];
  unshare: boolean;
  allow: boolean;
}

export function computeRemainingSteps(change: AccountChange, found: FoundAccount): RemainingSteps {
  const { from, to, restore } = change;
  const type = found.mailbox.recipientType;
  return {
    block: !to.accountEnabled && found.accountEnabled,
    // Also if somebody else has blocked it meanwhile: its sessions would go on.
    endSessions: from.accountEnabled && !to.accountEnabled,
    share: to.mailbox === 'shared' && (type === 'user' || type === 'unknown'),
    isSharedAgain: isShared(from) && !found.accountEnabled,
    remove: listRemovable(change, found),
    give: listGivable(change, found),
    leave: listLeavable(change, found),
    join: listJoinable(change),
    unshare: to.mailbox === 'unchanged' && isOwnShared(change) && type === 'shared',
    allow: to.accountEnabled && hasTaken(change, isBlocked) && restore.accountEnabled && !found.accountEnabled,
  };
}

/** Whether it takes anything from the account, so that the guard has to be asked. */
export function isTakingAnything({ block, endSessions, share, remove, leave }: RemainingSteps): boolean {
  return block || endSessions || share || remove.length + leave.length > 0;
}

/** Only repeats what was done before: that review holds, however old it is. */
export function isOnlySharingAgain({ block, endSessions, isSharedAgain, remove, leave }: RemainingSteps): boolean {
  return isSharedAgain && !block && !endSessions && remove.length + leave.length === 0;
}

export function isGivingAnything({ give, join, unshare, allow }: RemainingSteps): boolean {
  return give.length + join.length > 0 || unshare || allow;
}

/** Whether the merge itself asks for a change, independent of the tenant. */
export function isChange({ from, to, attempted }: AccountChange): boolean {
  return !isSameState(from, to) || (attempted !== null && !isSameState(attempted, to));
}

export function toReviewedAccount(change: AccountChange): ReviewedAccount {
  const { account, evidence, restore, losesWithBlock = false, from, attempted } = change;
  const reached = [from, ...(attempted === null ? [] : [attempted])];
  const former = findFormerBelonging({ restore, evidence, losesWithBlock }, reached);
  return { account, evidence, isOwnMailbox: isOwnShared(change), ...(former === null ? {} : { former }) };
}

function listRemovable({ restore, to }: AccountChange, { licenses }: FoundAccount): RestorableLicense[] {
  const direct = new Set(licenses.filter(isDirect).map(({ skuId }) => skuId));
  return restore.licenses.filter(
    (license) =>
      license.assignedByGroup === null &&
      !to.licenses.includes(license.skuPartNumber) &&
      direct.has(foldId(license.skuId)),
  );
}

/** Leaving twice does no harm; it is not repeated once nothing shows any more. */
function listLeavable({ from, to, restore }: AccountChange, { licenses }: FoundAccount): RestorableGroup[] {
  const hasLeft = new Set(listLeftGroups(from, restore));
  return listLeftGroups(to, restore).filter((group) => !hasLeft.has(group) || isGiving(group.id, licenses));
}

/** Joining twice does no harm, and what a read shows of the membership may be from before it was left. */
function listJoinable({ from, to, attempted, restore }: AccountChange): RestorableGroup[] {
  const staysLeft = new Set(listLeftGroups(to, restore));
  const left = new Set([from, attempted].flatMap((state) => (state === null ? [] : listLeftGroups(state, restore))));
  return [...left].filter((group) => !staysLeft.has(group));
}

function listGivable(change: AccountChange, { licenses, doubtfulLicenses }: FoundAccount): RestorableLicense[] {
  // Assigning again what is in error fixes nothing.
  const assigned = doubtfulLicenses.filter(isDirect);
  const heldSkus = new Set([...licenses, ...assigned].map(({ skuId }) => skuId));
  const directSkus = new Set([...licenses.filter(isDirect), ...assigned].map(({ skuId }) => skuId));
  const isHeld = (license: RestorableLicense) =>
    (isGivenByLeftGroup(license, change) ? directSkus : heldSkus).has(foldId(license.skuId));
  const given = change.restore.licenses.filter(
    (license) => change.to.licenses.includes(license.skuPartNumber) && isToBeGiven(license, change) && !isHeld(license),
  );
  // Two groups may have given the same product.
  const bySku = new Map(given.toReversed().map((license) => [foldId(license.skuId), license]));
  return given.filter((license) => bySku.get(foldId(license.skuId)) === license);
}

/** What a mailbox that has turned back needs is assigned directly, no matter who took it. */
function isToBeGiven({ skuPartNumber, assignedByGroup }: RestorableLicense, change: AccountChange): boolean {
  if (change.saved?.includes(skuPartNumber)) return true;
  if (assignedByGroup !== null) return false;
  const isTaken = hasTaken(change, (state) => !state.licenses.includes(skuPartNumber));
  return isTaken || isGivenByLeftGroup({ skuPartNumber }, change);
}

/**
 * A group is left after what it gives was taken where it is direct, too. Until Entra has followed, the product still shows and
 * counts as held, which says nothing of the direct licence.
 */
export function isGivenByLeftGroup(
  { skuPartNumber }: Pick<RestorableLicense, 'skuPartNumber'>,
  { from, attempted, restore }: Pick<AccountChange, 'from' | 'attempted' | 'restore'>,
): boolean {
  const left = [from, attempted].flatMap((state) => (state === null ? [] : listLeftGroups(state, restore)));
  return left.some(({ id }) => listGivenSkus(restore, id).includes(skuPartNumber));
}

/** By the state alone: that a file asks for it makes no mailbox ours that somebody else has shared. */
function isOwnShared(change: AccountChange): boolean {
  const isBegun = hasTaken(change, isShared);
  return isBegun && isOwnConversion(change.restore, { isAsked: false, isBegun });
}

/** What this pipeline never took is for those who took it to give back. */
function hasTaken({ from, attempted }: AccountChange, isTaken: (state: DesiredState) => boolean): boolean {
  return isTaken(from) || (attempted !== null && isTaken(attempted));
}

function isShared({ mailbox }: DesiredState): boolean {
  return mailbox === 'shared';
}

function isBlocked({ accountEnabled }: DesiredState): boolean {
  return !accountEnabled;
}

function isDirect({ assignedByGroup }: { assignedByGroup: string | null }): boolean {
  return assignedByGroup === null;
}

/** Whether two states ask for the same; the order of licences does not matter. */
export function isSameState(a: DesiredState, b: DesiredState): boolean {
  return a.accountEnabled === b.accountEnabled && a.mailbox === b.mailbox && hasSameLicenses(a, b);
}

/** And the same memberships: `groups` is absent where all of them stay. */
export function hasSameLicenses(a: DesiredState, b: DesiredState): boolean {
  const toText = ({ licenses, groups }: DesiredState) =>
    JSON.stringify([[...licenses].sort(), groups?.map(foldId).sort() ?? null]);
  return toText(a) === toText(b);
}
