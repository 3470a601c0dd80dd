// A report's own day, and the doubts about a whole report that end a run: empty, stale, from the future, concealed.
import { DormantError } from '../../policy/errors.ts';
import { type Day, daysBetween } from '../../policy/evidence.ts';
import { badReport } from './report-csv.ts';

/** What names look like while the tenant conceals them: 32 upper-case hexadecimal digits. */
const concealedName = /^[0-9A-F]{32}$/;

/** The longest period that Microsoft's reports offer, in days. */
export const reportDays = 180;

/** Thrown out of a report that shows no names; concealment.ts waits on it. */
export function refuseConcealed(report: string, userPrincipalName: string): void {
  if (!concealedName.test(userPrincipalName)) return;
  throw new DormantError(
    'concealed-names',
    `The names in ${report} are concealed, so nobody can be told apart.`,
    {
      where: report,
      remedy:
        'Grant ReportSettings.ReadWrite.All to the audit, or turn "Display concealed names" off in the Microsoft 365 admin center for the audit.',
    },
  );
}

/** Keeps the earliest Report Refresh Date of the rows: the fewer days of silence, the safer. */
export function earliest(day: Day | null, other: Day | null): Day | null {
  if (day === null || other === null) return day ?? other;
  return other < day ? other : day;
}

/** Throws `report-stale` for a report that is too old or dated after the audit, `bad-report` for one without rows. */
export function requireFresh(
  report: string,
  refreshDate: Day | null,
  auditedOn: Day,
  maxAgeDays: number,
): Day {
  if (refreshDate === null) throw badReport(report, 2, 'is missing: the report has no rows');
  const age = daysBetween(refreshDate, auditedOn);
  if (age >= 0 && age <= maxAgeDays) return refreshDate;
  const found = age < 0 ? 'after the day of the audit' : `${age} days old, allowed are ${maxAgeDays}`;
  throw new DormantError('report-stale', `${report} is of ${refreshDate}: ${found}.`, {
    where: report,
    remedy: 'Wait until Microsoft has refreshed the report, or raise reportMaxAgeDays in policy.yaml.',
  });
}
