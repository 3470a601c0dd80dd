// What a notice says of one person's OneDrive: its size, and what becomes of it on which day. Pure.
import { addDays, type Day } from '../../policy/evidence.ts';
import { computeOneDriveClock } from '../../policy/licenses/microsoft-clocks.ts';
import { isClockStarting } from '../../policy/licenses/one-drive-outcome.ts';
import { describeOneDrive, describeOneDriveOutcome } from '../../policy/words/describe-belongings.ts';
import { describeOneDriveDays } from '../../policy/words/describe-clocks.ts';
import type { NoticePerson } from './manager-notice.ts';

/** Empty: none. `late`: days from the audit to the merge, by which everything that follows is later. */
export function describeOneDriveOutlook(
  { oneDrive }: Pick<NoticePerson, 'oneDrive'>,
  late: number,
  today: Day,
): string {
  if (oneDrive === undefined) return '';
  const { outcome, unlicensedOn } = oneDrive;
  const days =
    unlicensedOn !== undefined && isClockStarting(outcome)
      ? describeOneDriveDays(computeOneDriveClock(addDays(unlicensedOn, Math.max(0, late))), today)
      : describeOneDriveOutcome(outcome, null, today);
  return `${describeOneDrive(oneDrive, today)}: ${days}`;
}
