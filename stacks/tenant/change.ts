// What one account's merged file asks for, compared with what the tenant has: the steps that are left to do. Pure.
import type { Reviewed } from '../../policy/guard.ts';
import type { AccountIdentity, DesiredState, RestorableLicense } from '../../policy/schemas/account.ts';
import type { FoundAccount } from './fresh.ts';

/** One account's way from what is in force to what was merged. */
export interface AccountChange extends Reviewed {
  account: AccountIdentity;
  /** What an earlier run has brought about; for an account that is new to the stack, what it had before. */
  from: DesiredState;
  /** What merging made the goal. */
  to: DesiredState;
  /**
   * What an earlier run set out to do and did not report done, because it failed or was killed: some of it may have happened.
   * Only giving back looks at it.
   */
  attempted: DesiredState | null;
}

/** What still differs. Whatever is not named here is not touched. */
export interface Asked {
  block: boolean;
  endSessions: boolean;
  share: boolean;
  /** Direct licences that were reviewed and are still held. */
  remove: readonly RestorableLicense[];
  /** Direct licences that this pipeline took and that are not held in any way. */
  give: readonly RestorableLicense[];
  unshare: boolean;
  allow: boolean;
}

export function asked(change: AccountChange, found: FoundAccount): Asked {
  const { from, to, restore } = change;
  const type = found.mailbox.recipientType;
  const wasPersons = restore.mailbox === 'user' || restore.mailbox === 'unknown';
  return {
    block: !to.accountEnabled && found.accountEnabled,
    // Also when somebody else has blocked it meanwhile: their sessions would go on.
    endSessions: from.accountEnabled && !to.accountEnabled,
    share: to.mailbox === 'shared' && (type === 'user' || type === 'unknown'),
    remove: removable(change, found),
    give: givable(change, found),
    unshare: to.mailbox === 'unchanged' && took(change, isShared) && wasPersons && type === 'shared',
    allow: to.accountEnabled && took(change, isBlocked) && restore.accountEnabled && !found.accountEnabled,
  };
}

/** Whether anything would be taken from the account, so that the guard has to be asked. */
export function takes({ block, endSessions, share, remove }: Asked): boolean {
  return block || endSessions || share || remove.length > 0;
}

export function gives({ give, unshare, allow }: Asked): boolean {
  return give.length > 0 || unshare || allow;
}

/** Whether the merge itself asks for a change, whatever the tenant looks like. */
export function isChange({ from, to, attempted }: AccountChange): boolean {
  return !isSame(from, to) || (attempted !== null && !isSame(attempted, to));
}

/**
 * What the guard compares with. A mailbox of unknown kind that this pipeline has shared was a person's: it converts no other,
 * and must not take its own work for a shared mailbox to protect.
 */
export function reviewed(change: AccountChange): Reviewed {
  const { restore, from } = change;
  const isOurs = restore.mailbox === 'unknown' && from.mailbox === 'shared';
  return isOurs ? { ...change, restore: { ...restore, mailbox: 'user' } } : change;
}

function removable({ restore, to }: AccountChange, { licenses }: FoundAccount): RestorableLicense[] {
  const direct = new Set(licenses.filter(isDirect).map(({ skuId }) => skuId));
  return restore.licenses.filter(
    (license) =>
      license.assignedByGroup === null &&
      !to.licenses.includes(license.skuPartNumber) &&
      direct.has(license.skuId.toLowerCase()),
  );
}

function givable(change: AccountChange, { licenses }: FoundAccount): RestorableLicense[] {
  const held = new Set(licenses.map(({ skuId }) => skuId));
  return change.restore.licenses.filter(
    (license) =>
      license.assignedByGroup === null &&
      change.to.licenses.includes(license.skuPartNumber) &&
      took(change, (state) => !state.licenses.includes(license.skuPartNumber)) &&
      !held.has(license.skuId.toLowerCase()),
  );
}

/** What this pipeline never took, somebody else did, and it stays theirs to give. */
function took({ from, attempted }: AccountChange, isTaken: (state: DesiredState) => boolean): boolean {
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

/** Whether two states ask for the same; the order of licences says nothing. */
export function isSame(a: DesiredState, b: DesiredState): boolean {
  return a.accountEnabled === b.accountEnabled && a.mailbox === b.mailbox && sameLicenses(a, b);
}

export function sameLicenses(a: DesiredState, b: DesiredState): boolean {
  return JSON.stringify([...a.licenses].sort()) === JSON.stringify([...b.licenses].sort());
}
