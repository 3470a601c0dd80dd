// Whether a change is new evidence for a stage that the apply could not finish. Pure.
import { countDaysBetween, type Day } from '../evidence.ts';
import { isTakingStage } from '../files/stage.ts';
import { canOutlastReview } from '../plan/renewal.ts';
import type { AccountFile, PinnedEvidence } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';

/** Only where the base branch's evidence is old, and the new one is newer and the account still inactive. */
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
    // A date in the future was written by a wrong clock.
    (isNewer || old.auditedOn > today) &&
    renewed.reportRefreshDate <= renewed.auditedOn &&
    isInactive(renewed, policy)
  );
}

function isInactive({ inactiveDays, lastActivity, reportRefreshDate }: PinnedEvidence, policy: Policy): boolean {
  const days = Object.values(lastActivity).filter((day) => day !== null);
  const latest = days.sort().at(-1) ?? null;
  if (latest === null) return inactiveDays === null;
  return inactiveDays === countDaysBetween(latest, reportRefreshDate) && inactiveDays >= policy.inactiveAfterDays;
}
