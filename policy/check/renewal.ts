// Whether a change is new evidence for a stage that the apply could not finish: the one change of a record that a stage may see. Pure.
import { countDaysBetween, type Day } from '../evidence.ts';
import { canOutlastReview } from '../plan/renewal.ts';
import type { AccountFile, PinnedEvidence } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { isTakingStage } from '../stage.ts';

/** Only where the evidence on the base branch is old, and the new one is newer and tells of an account that is still inactive. */
export function isRenewal(
  before: AccountFile,
  after: AccountFile,
  { policy, today }: { policy: Policy; today: Day },
): boolean {
  const [old, renewed] = [before.evidence, after.evidence];
  const isNewer = renewed.auditedOn > old.auditedOn && renewed.reportRefreshDate >= old.reportRefreshDate;
  return (
    before.stage === after.stage &&
    isTakingStage(after.stage) &&
    !canOutlastReview(old.auditedOn, today, policy) &&
    // Of a day to come is what a clock that was wrong has written.
    (isNewer || old.auditedOn > today) &&
    renewed.reportRefreshDate <= renewed.auditedOn &&
    isInactive(renewed, policy)
  );
}

function isInactive(
  { inactiveDays, lastActivity, reportRefreshDate }: PinnedEvidence,
  policy: Policy,
): boolean {
  const days = Object.values(lastActivity).filter((day) => day !== null);
  const latest = days.sort().at(-1) ?? null;
  if (latest === null) return inactiveDays === null;
  return (
    inactiveDays === countDaysBetween(latest, reportRefreshDate) && inactiveDays >= policy.inactiveAfterDays
  );
}
