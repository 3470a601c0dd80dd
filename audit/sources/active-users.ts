// getOffice365ActiveUserDetail: the last day of activity per service. The source that decides who is inactive.
import {
  addDays,
  type Day,
  judgedServices,
  type Service,
  type ServiceActivity,
  services,
  type UsageRow,
} from '../../policy/evidence.ts';
import type { AccountIndex } from './account-index.ts';
import { dayColumn, smallColumn } from './columns.ts';
import type { OnProgress } from './progress.ts';
import type { TenantReader } from './reader.ts';
import { unreadable } from './report-cells.ts';
import { type ReadReport, type ReportRow, readReport } from './report-csv.ts';
import { isAccountName, nameCount, refreshDates, reportDays } from './report-date.ts';
import { unseenServices } from './unseen-services.ts';

export interface ActiveUsers extends ReadReport {
  /** What most rows say; null: no row does. */
  refreshDate: Day | null;
  /** The row of an account, by its number in the index; -1 is nobody's. */
  usageOf(row: number): UsageRow;
  /** At most `most` of those whom a service saw in the week before the report, from all over it. */
  seenThisWeek(most: number): string[];
  /** Rows whose userPrincipalName is `(Unknown)`, concealed, or nobody's. */
  unknownRows: number;
  /** Rows of deleted users; they say nothing about anybody living, not even one with the same name. */
  deletedRows: number;
  /** Rows that share their userPrincipalName with another one. */
  ambiguousRows: number;
  /** Rows of living users with a cell that cannot be read. */
  oddRows: number;
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
    const read = await readReport(
      body,
      { ...columns, mayLack: reader.unreported.filter((service) => service === 'teams') },
      (row) => {
        table.add(row);
        if (row.line % 10_000 === 0) onProgress({ source: 'usage report', done: row.line });
      },
    );
    onProgress({ source: 'usage report', done: read.rows, total: read.rows });
    return { ...read, ...table.facts(unseenServices(read)) };
  });
}

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
  const refreshed = dayColumn();
  /** What cannot be read, a bit for each of `oddities`. */
  const odd = smallColumn();
  const dates = refreshDates();
  const names = nameCount(columns.report);
  const counts = { unknownRows: 0, deletedRows: 0, ambiguousRows: 0, oddRows: 0 };

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
  const addLiving = (row: ReportRow<Column>, place: number) => {
    let bits = row.isWhole ? 0 : bitOf('row');
    const dayIn = (name: 'refreshDate' | Service) => {
      const day = row.isWhole ? row.day(name) : null;
      if (day !== unreadable) return day;
      bits |= bitOf(name);
      return null;
    };
    if (row.flag('isDeleted') === unreadable) bits |= bitOf('isDeleted');
    for (const service of services) days[service].set(place, dayIn(service));
    const refreshDay = dayIn('refreshDate');
    if (row.isWhole && refreshDay === null) bits |= bitOf('refreshDate');
    refreshed.set(place, refreshDay);
    odd.set(place, bits);
    if (bits > 0) counts.oddRows++;
  };
  return {
    add(row: ReportRow<Column>): void {
      const isDeleted = row.isWhole && row.flag('isDeleted') === true;
      dates.add(row.isWhole ? row.day('refreshDate') : null, isDeleted);
      if (isDeleted) {
        counts.deletedRows++;
        return;
      }
      const userPrincipalName = row.cell('userPrincipalName');
      names.add(userPrincipalName);
      if (!isAccountName(userPrincipalName)) {
        counts.unknownRows++;
        return;
      }
      const place = index.place(userPrincipalName);
      const mentioned = mentions.get(place);
      if (mentioned > 0) counts.ambiguousRows++;
      mentions.set(place, Math.min(2, mentioned + 1));
      addLiving(row, place);
    },
    facts(unseen: readonly Service[]) {
      names.refuseConcealed();
      const refreshDate = dates.reportDay();
      return {
        ...counts,
        refreshDate,
        usageOf(place: number): UsageRow {
          const mentioned = place < 0 ? 0 : mentions.get(place);
          if (mentioned === 0) return missing;
          if (mentioned > 1) return ambiguous;
          const lastActivity = activityOf(place);
          const day = refreshed.get(place);
          const isOld = day !== null && refreshDate !== null && day < refreshDate;
          const bits = odd.get(place) | (isOld ? bitOf('refreshDate') : 0);
          if (bits === 0) return { kind: 'row', lastActivity, ...(unseen.length === 0 ? {} : { unseen }) };
          return { kind: 'unreadable', lastActivity, columns: titlesOf(bits) };
        },
        seenThisWeek: (most: number) =>
          refreshDate === null ? [] : spread(() => seenSince(addDays(refreshDate, -7)), most),
      };
    },
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

const titles = { ...columns.required, ...columns.optional, row: 'its number of cells' } as const;
const oddities = ['row', 'refreshDate', 'isDeleted', ...services] as const;
type Oddity = (typeof oddities)[number];

function bitOf(oddity: Oddity): number {
  return 1 << oddities.indexOf(oddity);
}

function titlesOf(bits: number): string[] {
  return oddities.filter((oddity) => (bits & bitOf(oddity)) > 0).map((oddity) => titles[oddity]);
}
