// Accounts that are new to the state, as the tenant shows them: a state that was lost must not make an apply take again what it has
// taken already, nor count it, nor tell anybody twice.
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { DormantError } from '../../policy/errors.ts';
import { isTaking } from '../../policy/taken.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import { type AccountChange, adoptAsFound } from '../tenant/change.ts';
import type { PlannedChange } from './changes.ts';

/** Reads only those that are new and would lose something, side by side. Who cannot be read stays as planned. */
export function adoptNew(
  changes: readonly PlannedChange[],
  context: Pick<ApplyContext, 'find'>,
): Promise<PlannedChange[]> {
  return Promise.all(
    changes.map(async (planned) => {
      const change = await adopted(planned.change, context);
      return { ...planned, change, isAdopted: change !== planned.change };
    }),
  );
}

async function adopted(change: AccountChange, { find }: Pick<ApplyContext, 'find'>): Promise<AccountChange> {
  if (!change.isNew || !isTaking(change.from, change.to)) return change;
  try {
    const found = await find(change.account.id);
    return found === null ? change : adoptAsFound(change, found);
  } catch (error) {
    // The account's own run meets it again, and says so.
    if (error instanceof DormantError) return change;
    throw error;
  }
}

/**
 * Whether a state was lost: it knows no account, and the tenant shows of one at least that it has been taken from already. A run
 * that was killed before its first account was through has left its operations in the state.
 */
export async function isStateLost(
  stack: Stack,
  before: readonly PlannedChange[],
  after: readonly PlannedChange[],
): Promise<boolean> {
  if (before.some(({ change }) => !change.isNew)) return false;
  const wasTaken = after.some(({ change }, at) => {
    const planned = before[at]?.change.from;
    return planned !== undefined && isTaking(planned, change.from);
  });
  if (!wasTaken) return false;
  const { deployment } = await stack.exportStack();
  return (deployment?.pending_operations ?? []).length === 0;
}
