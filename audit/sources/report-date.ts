// A report's date, and the reasons to refuse a whole report: empty, stale, from the future, concealed.
import { DormantError } from '../../policy/errors.ts';
import { countDaysBetween, type Day } from '../../policy/evidence.ts';
import type { UserPrincipalName } from '../../policy/identifiers.ts';
import type { unreadable } from './report-cells.ts';
import { createBadReportError } from './report-csv.ts';

/** What names look like while the tenant conceals them: 32 upper-case hexadecimal digits. */
const concealedName = /^[0-9A-F]{32}$/;

/** The longest period that Microsoft's reports offer, in days. */
export const reportDays = 180;

/** Counts names of living users, to tell a concealed report from one in which a few rows have no name. */
interface NameCount {
  add(userPrincipalName: UserPrincipalName): void;
  /** Throws `concealed-names` if more than a fifth are concealed; concealment.ts then waits. */
  refuseConcealed(): void;
}

/** After this many names a concealed report is refused, without reading it to its end. */
const tellingNames = 1000;

export function createNameCount(report: string): NameCount {
  let all = 0;
  let concealed = 0;
  const refuseConcealed = () => {
    if (concealed > all * largestUnreadableShare) throw createConcealedNamesError(report);
  };
  return {
    add(userPrincipalName) {
      if (concealedName.test(userPrincipalName)) concealed++;
      if (++all === tellingNames) refuseConcealed();
    },
    refuseConcealed,
  };
}

function createConcealedNamesError(report: string): DormantError {
  return new DormantError(
    'concealed-names',
    `The names in ${report} are concealed, so accounts cannot be told apart.`,
    {
      where: report,
      remedy:
        'Grant ReportSettings.ReadWrite.All to the audit, or turn "Display concealed names" off in the Microsoft 365 admin center for the audit.',
    },
  );
}

/**
 * Not account names are `(Unknown)`, which living users can have (graph-docs 15148), a blank, 32 digits that conceal one,
 * and a placeholder such as `<PII:H101(…)>`.
 */
export function isAccountName(userPrincipalName: UserPrincipalName): boolean {
  return /^[^<>]+@[^<>@]+$/.test(userPrincipalName);
}

/** Finds a report's date from the Report Refresh Dates of its rows. */
interface RefreshDates {
  add(day: Day | null | typeof unreadable, isDeleted: boolean): void;
  /** null: no row has one. */
  findReportDay(): Day | null;
}

/**
 * The date of most rows of living users, on a tie the later one. An older row is about its own account only, and a deleted
 * user's row may keep an old date.
 */
export function createRefreshDates(): RefreshDates {
  const living = new Map<Day, number>();
  const deleted = new Map<Day, number>();
  return {
    add(day, isDeleted) {
      if (typeof day !== 'string') return;
      const counts = isDeleted ? deleted : living;
      counts.set(day, (counts.get(day) ?? 0) + 1);
    },
    findReportDay: () => findMostFrequent(living) ?? findMostFrequent(deleted),
  };
}

function findMostFrequent(counts: ReadonlyMap<Day, number>): Day | null {
  const [first] = [...counts].sort(([a, times], [b, otherTimes]) => otherTimes - times || (a < b ? 1 : -1));
  return first?.[0] ?? null;
}

/** Up to 20 unreadable rows, or a fifth, are doubts about their accounts; more mean that the report itself is broken. */
const mostUnreadableRows = 20;
const largestUnreadableShare = 0.2;

/** Throws `bad-report` if too many rows cannot be read. */
export function requireMostlyReadable(report: string, rows: number, unreadableRows: number): void {
  if (unreadableRows <= mostUnreadableRows || unreadableRows <= rows * largestUnreadableShare) return;
  const allowed = `allowed are ${mostUnreadableRows}, or ${largestUnreadableShare * 100}%`;
  throw createBadReportError(report, 2, `${unreadableRows} of ${rows} rows of ${report} cannot be read, ${allowed}.`);
}

/** Throws `report-stale` for a report that is too old or dated after the audit, `bad-report` for one without a date. */
export function requireFresh(
  report: string,
  refreshDate: Day | null,
  { auditedOn, reportMaxAgeDays }: { auditedOn: Day; reportMaxAgeDays: number },
): Day {
  if (refreshDate === null)
    throw createBadReportError(report, 2, `${report} has no row with a Report Refresh Date that can be read.`);
  const age = countDaysBetween(refreshDate, auditedOn);
  if (age >= 0 && age <= reportMaxAgeDays) return refreshDate;
  const found = age < 0 ? 'after the day of the audit' : `${age} days old, allowed are ${reportMaxAgeDays}`;
  throw new DormantError('report-stale', `${report} is of ${refreshDate}: ${found}.`, {
    where: report,
    remedy: 'Wait until Microsoft has refreshed the report, or raise reportMaxAgeDays in policy.yaml.',
  });
}
