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
import { createDayColumn, createSmallColumn } from './number-columns.ts';
import type { OnProgress } from './progress.ts';
import type { AuditReader } from './reader.ts';
import { unreadable } from './report-cells.ts';
import { type ReportFacts, type ReportRow, readReport } from './report-csv.ts';
import { createNameCount, createRefreshDates, isAccountName, reportDays } from './report-date.ts';
import { findUnseenServices } from './unseen-services.ts';

export interface ActiveUsersReport extends ReportFacts {
  /** The date of most rows; null: no row has one. */
  refreshDate: Day | null;
  /** The row of an account, by its number in the index; -1: none. */
  getUsage(row: number): UsageRow;
  /** At most `most` accounts that a service saw in the week before the report, spread evenly over it. */
  listSeenThisWeek(most: number): string[];
  /** Rows whose userPrincipalName is `(Unknown)`, concealed, or no account's name. */
  unknownRows: number;
  /** Rows of deleted users; they say nothing about living users, not even one with the same name. */
  deletedRows: number;
  /** Rows that share their userPrincipalName with another one. */
  ambiguousRows: number;
  /** Rows of living users with a cell that cannot be read. */
  unreadableRows: number;
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
  // Skype for Business is retired and Yammer was renamed once; an audit without the other services would be meaningless.
  optional: {
    isDeleted: 'Is Deleted',
    skypeForBusiness: 'Skype For Business Last Activity Date',
    yammer: 'Yammer Last Activity Date',
  },
} as const;
type Column = keyof typeof columns.required | keyof typeof columns.optional;

export function readActiveUsers(
  reader: AuditReader,
  index: AccountIndex,
  onProgress: OnProgress,
): Promise<ActiveUsersReport> {
  const path = `/reports/getOffice365ActiveUserDetail(period='D${reportDays}')`;
  return reader.downloadReport('usage report', path, async (body) => {
    const table = createUsageTable(index);
    const read = await readReport(
      body,
      { ...columns, mayLack: reader.unreported.filter((service) => service === 'teams') },
      (row) => {
        table.add(row);
        if (row.line % 10_000 === 0) onProgress({ source: 'usage report', done: row.line });
      },
    );
    onProgress({ source: 'usage report', done: read.rows, total: read.rows });
    return { ...read, ...table.buildFacts(findUnseenServices(read)) };
  });
}

function createUsageTable(index: AccountIndex) {
  const days = {
    exchange: createDayColumn(),
    oneDrive: createDayColumn(),
    sharePoint: createDayColumn(),
    skypeForBusiness: createDayColumn(),
    yammer: createDayColumn(),
    teams: createDayColumn(),
  };
  /** How many rows name the account. */
  const mentions = createSmallColumn();
  const refreshed = createDayColumn();
  /** One bit for each of `checkedParts` that cannot be read. */
  const unreadableBits = createSmallColumn();
  const dates = createRefreshDates();
  const names = createNameCount(columns.report);
  const counts = { unknownRows: 0, deletedRows: 0, ambiguousRows: 0, unreadableRows: 0 };

  const getActivity = (place: number): ServiceActivity => ({
    exchange: days.exchange.get(place),
    oneDrive: days.oneDrive.get(place),
    sharePoint: days.sharePoint.get(place),
    skypeForBusiness: days.skypeForBusiness.get(place),
    yammer: days.yammer.get(place),
    teams: days.teams.get(place),
  });
  function* listSeenSince(day: Day): Generator<string> {
    let place = 0;
    for (const name of index.listNames()) {
      const at = place++;
      if (mentions.get(at) === 1 && judgedServices.some((service) => (days[service].get(at) ?? '') >= day)) yield name;
    }
  }
  const addLiving = (row: ReportRow<Column>, place: number) => {
    let bits = row.isWhole ? 0 : toBit('row');
    const parseDay = (name: 'refreshDate' | Service) => {
      const day = row.isWhole ? row.getDay(name) : null;
      if (day !== unreadable) return day;
      bits |= toBit(name);
      return null;
    };
    if (row.getFlag('isDeleted') === unreadable) bits |= toBit('isDeleted');
    for (const service of services) days[service].set(place, parseDay(service));
    const refreshDay = parseDay('refreshDate');
    if (row.isWhole && refreshDay === null) bits |= toBit('refreshDate');
    refreshed.set(place, refreshDay);
    unreadableBits.set(place, bits);
    if (bits > 0) counts.unreadableRows++;
  };
  return {
    add(row: ReportRow<Column>): void {
      const isDeleted = row.isWhole && row.getFlag('isDeleted') === true;
      dates.add(row.isWhole ? row.getDay('refreshDate') : null, isDeleted);
      if (isDeleted) {
        counts.deletedRows++;
        return;
      }
      const userPrincipalName = row.getCell('userPrincipalName');
      names.add(userPrincipalName);
      if (!isAccountName(userPrincipalName)) {
        counts.unknownRows++;
        return;
      }
      const place = index.findOrAdd(userPrincipalName);
      const mentioned = mentions.get(place);
      if (mentioned > 0) counts.ambiguousRows++;
      mentions.set(place, Math.min(2, mentioned + 1));
      addLiving(row, place);
    },
    buildFacts(unseen: readonly Service[]) {
      names.refuseConcealed();
      const refreshDate = dates.findReportDay();
      return {
        ...counts,
        refreshDate,
        getUsage(place: number): UsageRow {
          const mentioned = place < 0 ? 0 : mentions.get(place);
          if (mentioned === 0) return missing;
          if (mentioned > 1) return ambiguous;
          const lastActivity = getActivity(place);
          const day = refreshed.get(place);
          const isOld = day !== null && refreshDate !== null && day < refreshDate;
          const bits = unreadableBits.get(place) | (isOld ? toBit('refreshDate') : 0);
          if (bits === 0) return { kind: 'row', lastActivity, ...(unseen.length === 0 ? {} : { unseen }) };
          return { kind: 'unreadable', lastActivity, columns: listTitles(bits) };
        },
        listSeenThisWeek: (most: number) =>
          refreshDate === null ? [] : pickEvenly(() => listSeenSince(addDays(refreshDate, -7)), most),
      };
    },
  };
}

const missing: UsageRow = { kind: 'missing' };
const ambiguous: UsageRow = { kind: 'ambiguous' };

/** At most `most` values, spread evenly; counted first, so that they are never all in memory. */
function pickEvenly<T>(values: () => Iterable<T>, most: number): T[] {
  let count = 0;
  for (const _ of values()) count++;
  const step = Math.max(1, Math.floor(count / most));
  const chosen: T[] = [];
  let at = 0;
  for (const value of values()) if (at++ % step === 0 && chosen.length < most) chosen.push(value);
  return chosen;
}

const titles = { ...columns.required, ...columns.optional, row: 'its number of cells' } as const;
const checkedParts = ['row', 'refreshDate', 'isDeleted', ...services] as const;
type CheckedPart = (typeof checkedParts)[number];

function toBit(part: CheckedPart): number {
  return 1 << checkedParts.indexOf(part);
}

function listTitles(bits: number): string[] {
  return checkedParts.filter((part) => (bits & toBit(part)) > 0).map((part) => titles[part]);
}
