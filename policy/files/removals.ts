// What a change takes from an account: the caps and every text about a merge count by this. Pure.
import type { Evidence } from '../evidence.ts';
import type { AccountFile, DesiredState, RestoreState } from '../schemas/account.ts';
import { isTakeable } from './memberships.ts';
import { buildDesiredState, computeEffectiveDesired, getTargetMailbox, isTakingStage } from './stage.ts';

export interface Removals {
  signIn: boolean;
  /** A user mailbox that becomes a shared one. */
  mailbox: boolean;
  /** SKU part numbers. */
  licenses: readonly string[];
  /** A membership in a group that gives licences. */
  membership: boolean;
}

/** Both states are in the form of an account file's `desired`. */
export function computeRemovals(from: DesiredState, to: DesiredState): Removals {
  return {
    signIn: from.accountEnabled && !to.accountEnabled,
    mailbox: from.mailbox === 'unchanged' && to.mailbox === 'shared',
    licenses: from.licenses.filter((sku) => !to.licenses.includes(sku)),
    membership: isLeavingGroup(from.groups, to.groups),
  };
}

export function hasRemovals(from: DesiredState, to: DesiredState): boolean {
  const { signIn, mailbox, licenses, membership } = computeRemovals(from, to);
  return signIn || mailbox || licenses.length > 0 || membership;
}

/** Absent: the account is in all of them. */
function isLeavingGroup(before: DesiredState['groups'], after: DesiredState['groups']): boolean {
  if (after === undefined) return false;
  return before === undefined || before.some((group) => !after.includes(group));
}

/** One account's change as the caps see it. */
export interface CappedChange {
  from: DesiredState;
  to: DesiredState;
  /** An earlier run's goal, which may have happened in part: what that run has given back can be taken again. */
  attempted?: DesiredState | null;
  /** Its stage takes, and the account is looked at anew: what somebody has given back since is taken again. */
  mayTakeAgain?: boolean;
}

/**
 * What every cap counts, in plan, check and apply alike. An account counts once if its change
 * - blocks sign-in, in Entra ID or by the order to Active Directory and the quarantine: all follow from `accountEnabled`;
 * - makes its mailbox shared;
 * - removes a licence, and with it the files and mail that it keeps, directly or by taking the account out of a group.
 *   Inherited ones count anyway: a group may take its licence with the block;
 * - enters a stage that takes, or has new evidence within one (`mayTakeAgain`), whatever it seems to have left.
 *
 * Giving back never counts, by restore, keep, a rescue or a step back: it must always be possible.
 */
export function isCapped({ from, to, attempted = null, mayTakeAgain = false }: CappedChange): boolean {
  return mayTakeAgain || hasRemovals(from, to) || (attempted !== null && hasRemovals(attempted, to));
}

/** The change that a merge asks for, as the apply finds it in its state. `before` null: the file is new. */
export function toCappedChange(before: AccountFile | null, after: AccountFile): CappedChange {
  const isEntering = before === null || !isTakingStage(before.stage);
  const isRenewed = before !== null && after.evidence.auditedOn > before.evidence.auditedOn;
  return {
    from: before ? computeEffectiveDesired(before) : buildDesiredState('notify', after.restore, after.savings),
    to: computeEffectiveDesired(after),
    mayTakeAgain: isTakingStage(after.stage) && (isEntering || isRenewed),
  };
}

/**
 * The account as it is now, with the licences that a merge of its file can take: direct ones, and those of the groups that the
 * file lists. A mailbox that cannot be taken, shared already or none, reads as shared.
 */
export function toCurrentState(
  {
    accountEnabled,
    mailbox,
    licenses,
  }: Pick<Evidence, 'accountEnabled' | 'licenses'> & { mailbox: Pick<Evidence['mailbox'], 'recipientType'> },
  { groups }: Pick<RestoreState, 'groups'>,
): DesiredState {
  return toOriginalState({
    accountEnabled,
    mailbox: mailbox.recipientType,
    licenses: licenses.map((license) => ({ ...license, disabledPlans: [] })),
    ...(groups === undefined ? {} : { groups }),
  });
}

/** The account before this pipeline touched it, without the licences of groups that it is never taken out of. */
export function toOriginalState(restore: RestoreState): DesiredState {
  const takeable = restore.licenses.filter((license) => isTakeable(license, restore));
  return {
    accountEnabled: restore.accountEnabled,
    mailbox: getTargetMailbox(restore) === 'shared' ? 'unchanged' : 'shared',
    licenses: [...new Set(takeable.map(({ skuPartNumber }) => skuPartNumber))],
  };
}
