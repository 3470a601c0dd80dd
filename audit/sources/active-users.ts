// getOffice365ActiveUserDetail: the last day of activity per service. The source that decides who is inactive.
import {
  addDays,
  type Day,
  judgedServices,
  type ServiceActivity,
  services,
  type UsageRow,
} from '../../policy/evidence.ts';
import type { AccountIndex } from './account-index.ts';
import { dayColumn, smallColumn } from './columns.ts';
import type { OnProgress } from './progress.ts';
import type { TenantReader } from './reader.ts';
import { type ReadReport, type ReportRow, readReport } from './report-csv.ts';
import { earliest, refuseConcealed, reportDays } from './report-date.ts';

export interface ActiveUsers extends ReadReport {
  /** null: the report has no rows. */
  refreshDate: Day | null;
  /** The row of an account, by its number in the index; -1 is nobody's. */
  usageOf(row: number): UsageRow;
  /** At most `most` of those whom a service saw in the week before the report, from all over it. */
  seenThisWeek(most: number): string[];
  /** Rows whose userPrincipalName is `(Unknown)`. */
  unknownRows: number;
  /** Rows of deleted users; they say nothing about anybody living, not even one with the same name. */
  deletedRows: number;
  /** Rows that share their userPrincipalName with another one. */
  ambiguousRows: number;
}

const columns = {
  report: 'getOffice365ActiveUserDetail',
  required: {
    refreshDate: 'Report Refresh Date',
    userPrincipalName: 'User Principal Name',
    exchange: 'Exchange Last Activity Date',
    oneDrive: 'OneDrive Last Activity Date',
    sharePoint: 'SharePoint Last Activity Date',
    teams: 'Teams Last Activity Date',
  },
  // Skype for Business is retired and Yammer was renamed once; the others are what the audit exists for.
  optional: {
    isDeleted: 'Is Deleted',
    skypeForBusiness: 'Skype For Business Last Activity Date',
    yammer: 'Yammer Last Activity Date',
  },
} as const;
type Column = keyof typeof columns.required | keyof typeof columns.optional;

export function readActiveUsers(
  reader: TenantReader,
  index: AccountIndex,
  onProgress: OnProgress,
): Promise<ActiveUsers> {
  const path = `/reports/getOffice365ActiveUserDetail(period='D${reportDays}')`;
  return reader.report('usage report', path, async (body) => {
    const table = usageTable(index);
    const read = await readReport(body, columns, (row) => {
      table.add(row);
      if (row.line % 10_000 === 0) onProgress({ source: 'usage report', done: row.line });
    });
    onProgress({ source: 'usage report', done: read.rows, total: read.rows });
    return { ...read, ...table.facts() };
  });
}

const unknownName = '(unknown)';

function usageTable(index: AccountIndex) {
  const days = {
    exchange: dayColumn(),
    oneDrive: dayColumn(),
    sharePoint: dayColumn(),
    skypeForBusiness: dayColumn(),
    yammer: dayColumn(),
    teams: dayColumn(),
  };
  /** How many rows name the account. */
  const mentions = smallColumn();
  let refreshDate: Day | null = null;
  let unknownRows = 0;
  let deletedRows = 0;
  let ambiguousRows = 0;

  const activityOf = (place: number): ServiceActivity => ({
    exchange: days.exchange.get(place),
    oneDrive: days.oneDrive.get(place),
    sharePoint: days.sharePoint.get(place),
    skypeForBusiness: days.skypeForBusiness.get(place),
    yammer: days.yammer.get(place),
    teams: days.teams.get(place),
  });
  function* seenSince(day: Day): Generator<string> {
    let place = 0;
    for (const name of index.names()) {
      const at = place++;
      if (mentions.get(at) === 1 && judgedServices.some((service) => (days[service].get(at) ?? '') >= day))
        yield name;
    }
  }
  return {
    add(row: ReportRow<Column>): void {
      refreshDate = earliest(refreshDate, row.day('refreshDate'));
      const userPrincipalName = row.cell('userPrincipalName');
      if (row.cell('isDeleted').toLowerCase() === 'true') {
        deletedRows++;
        return;
      }
      if (userPrincipalName === '' || userPrincipalName.toLowerCase() === unknownName) {
        unknownRows++;
        return;
      }
      refuseConcealed(columns.report, userPrincipalName);
      const place = index.place(userPrincipalName);
      const mentioned = mentions.get(place);
      if (mentioned > 0) ambiguousRows++;
      mentions.set(place, Math.min(2, mentioned + 1));
      for (const service of services) days[service].set(place, row.day(service));
    },
    facts: () => ({
      refreshDate,
      unknownRows,
      deletedRows,
      ambiguousRows,
      usageOf(place: number): UsageRow {
        const mentioned = place < 0 ? 0 : mentions.get(place);
        if (mentioned === 0) return missing;
        return mentioned > 1 ? ambiguous : { kind: 'row', lastActivity: activityOf(place) };
      },
      seenThisWeek: (most: number) =>
        refreshDate === null ? [] : spread(() => seenSince(addDays(refreshDate ?? '', -7)), most),
    }),
  };
}

const missing: UsageRow = { kind: 'missing' };
const ambiguous: UsageRow = { kind: 'ambiguous' };

/** At most `most` values, evenly from all over; counted first, so that never all of them are in memory. */
function spread<T>(values: () => Iterable<T>, most: number): T[] {
  let count = 0;
  for (const _ of values()) count++;
  const step = Math.max(1, Math.floor(count / most));
  const chosen: T[] = [];
  let at = 0;
  for (const value of values()) if (at++ % step === 0 && chosen.length < most) chosen.push(value);
  return chosen;
}
