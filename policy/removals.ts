// What a change takes from an account: the one subject of the caps, and of every text that says what a merge does. Pure.
import type { Evidence } from './evidence.ts';
import type { AccountFile, DesiredState, RestoreState } from './schemas/account.ts';
import { computeEffectiveDesired, getStageOrder, getTargetMailbox, isTakingStage } from './stage.ts';

export interface Removals {
  signIn: boolean;
  /** A mailbox of their own, which becomes a shared one. */
  mailbox: boolean;
  /** SKU part numbers. */
  licenses: readonly string[];
}

/** Both states are in the words of an account file's `desired`. */
export function computeRemovals(from: DesiredState, to: DesiredState): Removals {
  return {
    signIn: from.accountEnabled && !to.accountEnabled,
    mailbox: from.mailbox === 'unchanged' && to.mailbox === 'shared',
    licenses: from.licenses.filter((sku) => !to.licenses.includes(sku)),
  };
}

export function hasRemovals(from: DesiredState, to: DesiredState): boolean {
  const { signIn, mailbox, licenses } = computeRemovals(from, to);
  return signIn || mailbox || licenses.length > 0;
}

/**
 * Whether the caps of plan and check count the change of a file: it takes something, goes on to a stage that may, or gives an
 * earlier merge the new evidence that it needs to. The apply, which sees the tenant, counts what it would really take. `before`
 * null: the file is new.
 */
export function isSubjectToCaps(before: AccountFile | null, after: AccountFile): boolean {
  const from = before ? computeEffectiveDesired(before) : toOriginalState(after.restore);
  const isFurther = before === null || getStageOrder(after.stage) > getStageOrder(before.stage);
  const isRenewed = before?.stage === after.stage && after.evidence.auditedOn > before.evidence.auditedOn;
  return (
    (isTakingStage(after.stage) && (isFurther || isRenewed)) ||
    hasRemovals(from, computeEffectiveDesired(after))
  );
}

/** The account as it stands. A mailbox that nobody could take, a shared one or none, reads as shared already. */
export function toCurrentState({
  accountEnabled,
  mailbox,
  licenses,
}: Pick<Evidence, 'accountEnabled' | 'licenses'> & {
  mailbox: Pick<Evidence['mailbox'], 'recipientType'>;
}): DesiredState {
  return toOriginalState({
    accountEnabled,
    mailbox: mailbox.recipientType,
    licenses: licenses.map((license) => ({ ...license, disabledPlans: [] })),
  });
}

/** As it stood before this pipeline touched it. What a group gives is the group's to take, and is not among the licences. */
export function toOriginalState(restore: RestoreState): DesiredState {
  const direct = restore.licenses.filter(({ assignedByGroup }) => assignedByGroup === null);
  return {
    accountEnabled: restore.accountEnabled,
    mailbox: getTargetMailbox(restore) === 'shared' ? 'unchanged' : 'shared',
    licenses: [...new Set(direct.map(({ skuPartNumber }) => skuPartNumber))],
  };
}
