// Why nothing may be written to an account now, whatever was reviewed.
import { guard, guardRestore, type Refusal } from '../../policy/guard/guard.ts';
import type { FoundAccount } from '../tenant/live-account.ts';
import {
  type AccountChange,
  computeRemainingSteps,
  isChange,
  isGivingAnything,
  isOnlySharingAgain,
  isTakingAnything,
  toReviewedAccount,
} from './account-change.ts';
import type { ApplyContext } from './apply-context.ts';
import { isFlippedBack } from './rescue-mailbox.ts';
import { findLossRefusals } from './taking-groups.ts';

/** Also empty if there is nothing to write. Throws if the guard lacks something it needs. `found` null: it is gone. */
export async function findRefusals(
  change: AccountChange,
  found: FoundAccount | null,
  context: ApplyContext,
): Promise<Refusal[]> {
  const reviewed = toReviewedAccount(change);
  if (found === null) return isChange(change) ? guard(reviewed, null, context.guard) : [];
  if (await isTakingNext(change, found, context)) return findTakingRefusals(change, found, context);
  return isGivingAnything(computeRemainingSteps(change, found)) ? guardRestore(reviewed, found) : [];
}

/** A mailbox that is about to be lost gets its licence first; taking is checked after that. */
export async function isTakingNext(
  change: AccountChange,
  found: FoundAccount,
  context: ApplyContext,
): Promise<boolean> {
  const remaining = computeRemainingSteps(change, found);
  if (!isTakingAnything(remaining)) return false;
  return remaining.give.length === 0 || !(await isFlippedBack(change, found, context));
}

async function findTakingRefusals(
  change: AccountChange,
  found: FoundAccount,
  context: ApplyContext,
): Promise<Refusal[]> {
  if (found.unnamed !== null) throw found.unnamed;
  const remaining = computeRemainingSteps(change, found);
  const isRepeated = isOnlySharingAgain(remaining);
  const [signIns, namedGroups] = await Promise.all([
    context.reader.readSignIns(found.id),
    context.reader.readNamedGroups(found.id),
  ]);
  const fresh = { ...found, signIns, namedGroups };
  const refused = [
    ...guard(toReviewedAccount(change), fresh, context.guard).filter(
      ({ code }) => !isRepeated || code !== 'evidence-too-old',
    ),
    ...findEnabledAgain(change, found),
    ...(context.mayTake || isRepeated ? [] : [overLimit]),
  ];
  return refused.length > 0 || !remaining.block ? refused : findLossRefusals(change, found, context);
}

const overLimit: Refusal = {
  code: 'over-limit',
  because: 'a limit is passed, or main and its keys are in doubt: this run takes nothing',
};

/**
 * Blocked at the review, allowed now: somebody gave sign-in back, and a sign-in may be too recent to show. Except after an
 * earlier run that died while giving it back.
 */
function findEnabledAgain({ from, to, attempted }: AccountChange, found: FoundAccount): Refusal[] {
  const wasOurs = attempted?.accountEnabled === true;
  if (from.accountEnabled || to.accountEnabled || !found.accountEnabled || wasOurs) return [];
  return [{ code: 'active-again', because: 'its sign-in was blocked at the review and is allowed now' }];
}
