// What merging a file in a stage does to its account as it stands: the one answer for pull request, mail, report and comment. Pure.

import { computeRemovals, type Removals, toOriginalState } from './removals.ts';
import type { AccountFile, DesiredState, Stage } from './schemas/account.ts';
import { buildNextDesiredState, computeEffectiveDesired, listReasonsAgainstBlock } from './stage.ts';

export interface MergeEffect extends Removals {
  /** Active Directory owns sign-in: its admins are asked to disable the account, and everything else waits for that. */
  isOnPremises: boolean;
  /** Sign-in that stays allowed, as a reviewer left it. */
  isSignInKept: boolean;
}

/** `before`: the account as it is now, or as it was before this pipeline touched it (`toCurrentState`, `toOriginalState`). */
export function computeMergeEffect(file: AccountFile, stage: Stage, before: DesiredState): MergeEffect {
  const desired =
    stage === file.stage ? computeEffectiveDesired(file) : buildNextDesiredState(file, stage, file.savings);
  const removals = computeRemovals(before, desired);
  // What the account was given after its file was written, no review has named, and the apply leaves it.
  const reviewedSkus = new Set(toOriginalState(file.restore).licenses);
  return {
    ...removals,
    licenses: removals.licenses.filter((sku) => reviewedSkus.has(sku)),
    isOnPremises: removals.signIn && file.account.onPremisesSyncEnabled,
    isSignInKept: before.accountEnabled && desired.accountEnabled,
  };
}

/** What lies ahead of an account that is told of before anything is done, if nobody objects. */
export type ForeseenChange = 'sign-in' | 'on-premises' | 'mailbox' | 'licenses';

/** Nothing of an account that is set aside before the block, because something would go with it. */
export function listForeseenChanges(file: AccountFile): ForeseenChange[] {
  if (listReasonsAgainstBlock(file).length > 0) return [];
  const original = toOriginalState(file.restore);
  const { signIn, mailbox, isOnPremises } = computeMergeEffect(file, 'disable', original);
  const { licenses } = computeMergeEffect(file, 'delicense', original);
  return [
    ...(signIn ? [isOnPremises ? ('on-premises' as const) : ('sign-in' as const)] : []),
    ...(mailbox ? ['mailbox' as const] : []),
    ...(licenses.length > 0 ? ['licenses' as const] : []),
  ];
}

/** Merging a move to Disable, clause by clause. */
export function describeDisabling({ signIn, mailbox, isOnPremises, isSignInKept }: MergeEffect): string[] {
  if (isOnPremises) return ['Active Directory has to disable it; Dormant waits until it sees that'];
  const blocking = signIn ? 'sign-in is blocked' : 'sign-in is blocked already';
  return [
    isSignInKept ? 'sign-in stays allowed, as a reviewer left it' : blocking,
    ...(mailbox ? ['mailbox becomes shared'] : []),
  ];
}

/** A step that is still ahead, such as `sign-in blocked`; null: it takes nothing from this account. */
export function describeForeseenStep(stage: 'disable' | 'delicense', effect: MergeEffect): string | null {
  if (stage === 'delicense') return effect.licenses.length > 0 ? 'licences removed' : null;
  if (effect.isOnPremises) return 'to be disabled in Active Directory';
  if (effect.signIn) return 'sign-in blocked';
  return effect.mailbox ? 'mailbox shared' : null;
}
