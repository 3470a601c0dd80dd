// What a change takes from an account: the caps and every text about a merge count by this. Pure.
import type { Evidence } from '../evidence.ts';
import { computeEffectiveDesired, getStageOrder, getTargetMailbox, isTakingStage } from '../files/stage.ts';
import type { AccountFile, DesiredState, RestoreState } from '../schemas/account.ts';

export interface Removals {
  signIn: boolean;
  /** A user mailbox that becomes a shared one. */
  mailbox: boolean;
  /** SKU part numbers. */
  licenses: readonly string[];
}

/** Both states are in the form of an account file's `desired`. */
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
 * Whether the caps of plan and check count a file's change: it takes something, goes on to a stage that may, or renews the
 * evidence of an earlier merge. The apply, which sees the tenant, counts what it takes. `before` null: the file is new.
 */
export function isSubjectToCaps(before: AccountFile | null, after: AccountFile): boolean {
  const from = before ? computeEffectiveDesired(before) : toOriginalState(after.restore);
  const isFurther = before === null || getStageOrder(after.stage) > getStageOrder(before.stage);
  const isRenewed = before?.stage === after.stage && after.evidence.auditedOn > before.evidence.auditedOn;
  return (isTakingStage(after.stage) && (isFurther || isRenewed)) || hasRemovals(from, computeEffectiveDesired(after));
}

/** The account as it is now. A mailbox that cannot be taken, shared already or none, reads as shared. */
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

/** The account before this pipeline touched it. Inherited licences are left out: only their group can take them. */
export function toOriginalState(restore: RestoreState): DesiredState {
  const direct = restore.licenses.filter(({ assignedByGroup }) => assignedByGroup === null);
  return {
    accountEnabled: restore.accountEnabled,
    mailbox: getTargetMailbox(restore) === 'shared' ? 'unchanged' : 'shared',
    licenses: [...new Set(direct.map(({ skuPartNumber }) => skuPartNumber))],
  };
}
