// Writes a usage report as CSV, a piece at a time: with a UTF-8 byte order mark and CRLF, as Microsoft's are.
import { setImmediate as turn } from 'node:timers/promises';
import { dateOf } from '../clock.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { ACTIVE_USER_HEADER, activeUserRow } from './active-users.ts';
import { mailboxUsageHeader, mailboxUsageRow } from './mailbox-usage.ts';
import { ONEDRIVE_USAGE_HEADER, oneDriveUsageRow } from './onedrive-usage.ts';
import { type ReportDay, type RowOwner, rowOwner } from './row-facts.ts';
import { rowWriter } from './row-writer.ts';
import { TEAMS_ACTIVITY_HEADER, teamsActivityRow } from './teams-activity.ts';

export const REPORTS = [
  'getOffice365ActiveUserDetail',
  'getMailboxUsageDetail',
  'getTeamsUserActivityUserDetail',
  'getOneDriveUsageAccountDetail',
] as const;
export type ReportName = (typeof REPORTS)[number];

const PIECE_ROWS = 400;
const BYTE_ORDER_MARK = '\uFEFF';

/** The bytes of a report. Rows come in another order than the listing of users. */
export async function* reportCsv(
  tenant: Tenant,
  report: ReportName,
  day: ReportDay,
): AsyncGenerator<Uint8Array> {
  const all = headerOf(report, tenant).split(',');
  const isThere = all.map((column) => !tenant.switches.reportLacks.includes(column));
  const header = all.filter((_, at) => isThere[at]);
  let piece = `${BYTE_ORDER_MARK}${header.join(',')}\r\n`;
  let rows = 0;
  const refreshDate = dateOf(day.refreshDay);
  const write = rowWriter(header, tenant.switches);
  for (let index = tenant.people.size - 1; index >= 0; index -= 1) {
    const owner = rowOwner(tenant, index, day);
    const cells = owner && rowOf(report, owner, day, refreshDate, tenant)?.filter((_, at) => isThere[at]);
    if (!cells) continue;
    piece += write(cells, owner);
    if (owner.person.reportRow === 'twice') piece += write(cells, owner);
    rows += 1;
    if (rows % PIECE_ROWS !== 0) continue;
    yield Buffer.from(piece);
    piece = '';
    await turn();
  }
  yield Buffer.from(piece);
}

function headerOf(report: ReportName, { switches }: Tenant): string {
  switch (report) {
    case 'getOffice365ActiveUserDetail':
      return ACTIVE_USER_HEADER;
    case 'getMailboxUsageDetail':
      return mailboxUsageHeader(switches);
    case 'getTeamsUserActivityUserDetail':
      return TEAMS_ACTIVITY_HEADER;
    case 'getOneDriveUsageAccountDetail':
      return ONEDRIVE_USAGE_HEADER;
  }
}

function rowOf(
  report: ReportName,
  owner: RowOwner,
  day: ReportDay,
  refreshDate: string,
  tenant: Tenant,
): string[] | null {
  switch (report) {
    case 'getOffice365ActiveUserDetail':
      return activeUserRow(owner, day, refreshDate);
    case 'getMailboxUsageDetail':
      return mailboxUsageRow(owner, day, refreshDate, tenant.switches);
    case 'getTeamsUserActivityUserDetail':
      return teamsActivityRow(owner, day, refreshDate, tenant);
    case 'getOneDriveUsageAccountDetail':
      return oneDriveUsageRow(owner, day, refreshDate, tenant);
  }
}
