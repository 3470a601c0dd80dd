// What merging a file in a stage does to its account; pull request, mail, report and comment all ask here. Pure.
import type { AccountFile, DesiredState, Stage } from '../schemas/account.ts';
import { listGivenSkus, listLeftGroups } from './memberships.ts';
import { computeRemovals, type Removals, toOriginalState } from './removals.ts';
import { buildNextDesiredState, computeEffectiveDesired, listReasonsAgainstBlock } from './stage.ts';

export interface MergeEffect extends Removals {
  /** Active Directory owns sign-in: its admins are asked to disable the account; everything else waits for that. */
  isOnPremises: boolean;
  /** Sign-in that stays allowed, as a reviewer left it. */
  isSignInKept: boolean;
  /** The groups that the account is taken out of, with what of `licenses` it has from them. */
  groups: readonly LeftGroup[];
}

export interface LeftGroup {
  displayName: string;
  /** SKU part numbers. */
  gave: readonly string[];
}

/** `before`: the account now, or before this pipeline touched it (`toCurrentState`, `toOriginalState`). */
export function computeMergeEffect(file: AccountFile, stage: Stage, before: DesiredState): MergeEffect {
  const desired =
    stage === file.stage ? computeEffectiveDesired(file) : buildNextDesiredState(file, stage, file.savings);
  const removals = computeRemovals(before, desired);
  // No review has named what the account was given after its file was written; the apply leaves it.
  const reviewedSkus = new Set(toOriginalState(file.restore).licenses);
  const licenses = removals.licenses.filter((sku) => reviewedSkus.has(sku));
  return {
    ...removals,
    licenses,
    groups: listGroupsLeftFor(licenses, desired, file),
    isOnPremises: removals.signIn && file.account.onPremisesSyncEnabled,
    isSignInKept: before.accountEnabled && desired.accountEnabled,
  };
}

/** A group that was left before is not left again: what it gave is gone. */
function listGroupsLeftFor(licenses: readonly string[], desired: DesiredState, { restore }: AccountFile): LeftGroup[] {
  return listLeftGroups(desired, restore).flatMap(({ id, displayName }) => {
    const gave = listGivenSkus(restore, id).filter((sku) => licenses.includes(sku));
    return gave.length === 0 ? [] : [{ displayName, gave }];
  });
}

/** What will happen to an account if nobody objects. */
export type ForeseenChange = 'sign-in' | 'on-premises' | 'mailbox' | 'licenses';

/** Empty for an account that may not be blocked, because something that has to stay would go with the block. */
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

/** A later step, such as `sign-in blocked`; null: it takes nothing from this account. */
export function describeForeseenStep(stage: 'disable' | 'delicense', effect: MergeEffect): string | null {
  if (stage === 'delicense') return effect.licenses.length > 0 ? 'licences removed' : null;
  if (effect.isOnPremises) return 'to be disabled in Active Directory';
  if (effect.signIn) return 'sign-in blocked';
  return effect.mailbox ? 'mailbox shared' : null;
}
