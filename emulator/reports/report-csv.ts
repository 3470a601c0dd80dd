// Writes a usage report as CSV, piece by piece, with a UTF-8 byte order mark and CRLF as Microsoft does.
import { setImmediate as turn } from 'node:timers/promises';
import type { Tenant } from '../tenant/tenant.ts';
import { ACTIVE_USER_HEADER, buildActiveUserRow } from './active-users.ts';
import { buildMailboxUsageHeader, buildMailboxUsageRow } from './mailbox-usage.ts';
import { buildOneDriveUsageRow, ONEDRIVE_USAGE_HEADER } from './onedrive-usage.ts';
import { findRowOwner, type ReportDay, type RowOwner } from './row-owner.ts';
import { createRowWriter } from './row-writer.ts';
import { buildTeamsActivityRow, TEAMS_ACTIVITY_HEADER } from './teams-activity.ts';

export const REPORTS = [
  'getOffice365ActiveUserDetail',
  'getMailboxUsageDetail',
  'getTeamsUserActivityUserDetail',
  'getOneDriveUsageAccountDetail',
] as const;
export type ReportName = (typeof REPORTS)[number];

const PIECE_ROWS = 400;
const BYTE_ORDER_MARK = '\uFEFF';

/** The bytes of a report. Rows are in another order than the listing of users. */
export async function* streamReportCsv(tenant: Tenant, report: ReportName, day: ReportDay): AsyncGenerator<Uint8Array> {
  const all = getHeader(report, tenant).split(',');
  const isThere = all.map((column) => !tenant.switches.reportLacks.includes(column));
  const header = all.filter((_, at) => isThere[at]);
  let piece = `${BYTE_ORDER_MARK}${header.join(',')}\r\n`;
  let rows = 0;
  const write = createRowWriter(header, tenant.switches);
  for (let index = tenant.people.size - 1; index >= 0; index -= 1) {
    const owner = findRowOwner(tenant, index, day);
    const cells = owner && rowBuilders[report](owner, day, tenant)?.filter((_, at) => isThere[at]);
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

function getHeader(report: ReportName, { switches }: Tenant): string {
  switch (report) {
    case 'getOffice365ActiveUserDetail':
      return ACTIVE_USER_HEADER;
    case 'getMailboxUsageDetail':
      return buildMailboxUsageHeader(switches);
    case 'getTeamsUserActivityUserDetail':
      return TEAMS_ACTIVITY_HEADER;
    case 'getOneDriveUsageAccountDetail':
      return ONEDRIVE_USAGE_HEADER;
  }
}

type RowBuilder = (owner: RowOwner, day: ReportDay, tenant: Tenant) => string[] | null;

const rowBuilders: Readonly<Record<ReportName, RowBuilder>> = {
  getOffice365ActiveUserDetail: buildActiveUserRow,
  getMailboxUsageDetail: buildMailboxUsageRow,
  getTeamsUserActivityUserDetail: buildTeamsActivityRow,
  getOneDriveUsageAccountDetail: buildOneDriveUsageRow,
};
