// Accounts that are new to the state, as the tenant shows them: after a lost state an apply must not take again what it has
// taken, nor count it, nor report anybody twice.
import { DormantError } from '../../policy/errors.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import { formatCount, formatList } from '../../policy/words/labels.ts';
import type { AccountChange } from '../account/account-change.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import { catchUp } from '../account/catch-up.ts';
import type { PlannedChange, PlannedHrNotice, PlannedNotice } from './plan-changes.ts';

/** Reads only those that would lose something and whose progress is unknown. Who cannot be read stays as planned. */
export function adoptNewAccounts(
  changes: readonly PlannedChange[],
  context: Pick<ApplyContext, 'look' | 'reader'>,
): Promise<PlannedChange[]> {
  return Promise.all(
    changes.map(async (planned) => {
      const change = await adoptAccount(planned.change, context);
      return { ...planned, change, isAdopted: planned.change.isNew && change !== planned.change };
    }),
  );
}

async function adoptAccount(
  change: AccountChange,
  context: Pick<ApplyContext, 'look' | 'reader'>,
): Promise<AccountChange> {
  const isKnown = !change.isNew && (change.unsureSince ?? null) === null;
  if (isKnown || !hasRemovals(change.from, change.to)) return change;
  try {
    const found = await context.look(change.account.id);
    return found === null ? change : await catchUp(change, found, context);
  } catch (error) {
    // The account's own run meets the error again and reports it.
    if (error instanceof DormantError) return change;
    throw error;
  }
}

/**
 * Whether a state was lost: it knows no account, and the tenant shows at least one as taken from already. A run killed at
 * its first account has left its operations in the state.
 */
export function isStateLost(before: readonly PlannedChange[], after: readonly PlannedChange[]): boolean {
  if (before.some(({ change }) => !change.isNew)) return false;
  return after.some(({ change }, at) => {
    const planned = before[at]?.change.from;
    // A file that comes back from archive/ is new to a state that exists.
    const comesBack = (change.saved ?? []).length > 0;
    return planned !== undefined && !comesBack && hasRemovals(planned, change.from);
  });
}

/** Where the state is lost, an earlier run may have sent these notices, so they are not sent again. */
export function presumeTold(notices: readonly PlannedNotice[], isLost: boolean): readonly PlannedNotice[] {
  return isLost ? notices.map((planned) => ({ ...planned, told: planned.notice.people.map(({ id }) => id) })) : notices;
}

export function describeLostState(notices: readonly PlannedNotice[], hrNotice: PlannedHrNotice | null): string[] {
  const people = notices.flatMap(({ notice }) => notice.people);
  const executives = hrNotice?.notice.people ?? [];
  const whom = [
    ...(people.length > 0 ? [`${formatCount(people.length, 'account')} in notify and review`] : []),
    ...(executives.length > 0 ? [formatCount(executives.length, 'executive')] : []),
  ];
  const untold =
    whom.length === 0 ? '' : ` No mail is sent about ${formatList(whom)}, because an earlier run may have sent it.`;
  return [`The state knew no account, although accounts are blocked already: they are adopted as they are.${untold}`];
}
