// The limits over everything that one apply would take, and what goes on above them.
import { DormantError } from '../../policy/errors.ts';
import { hasRemovals } from '../../policy/files/removals.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { isChange } from '../account/account-change.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import { requireWithinLimits } from '../account/limits.ts';
import type { Restraint } from '../restraint.ts';
import type { EnginePlan } from './engine-plan.ts';
import type { PlannedChange } from './plan-changes.ts';

/** null: the limits allow everything. */
export async function findLimitRefusal(
  changes: readonly PlannedChange[],
  { policy }: StackFiles,
  context: ApplyContext,
): Promise<DormantError | null> {
  if (!changes.some(({ change }) => isChange(change))) return null;
  const enabledMembers = await context.reader.countEnabledMembers();
  try {
    requireWithinLimits(
      changes.map(({ change }) => change),
      policy.value,
      enabledMembers,
    );
    return null;
  } catch (error) {
    if (error instanceof DormantError && error.code === 'over-limit') return error;
    throw error;
  }
}

/** Above the limits giving back, adopting and leaving the quarantine go on; nobody joins it, and no mail is sent. */
export function withholdTaking(plan: EnginePlan, restraint: Restraint): EnginePlan {
  const changes = plan.changes.filter(({ change }) => !hasRemovals(change.from, change.to));
  const { quarantine, quarantineUrns, released } = plan;
  const isReleasing = quarantine !== null && quarantine.releases.length > 0 && !quarantine.isNewMode;
  restraint.notHeld = new Set([...restraint.notHeld, ...(isReleasing ? quarantine.holds : [])]);
  return {
    ...plan,
    changes,
    notices: [],
    hrNotice: null,
    quarantine: isReleasing ? { ...quarantine, holds: [] } : null,
    quarantineUrns: isReleasing ? quarantineUrns : [],
    isQuarantineDue: isReleasing,
    isNothing: changes.length + released.length === 0 && !isReleasing,
  };
}
