// The rows of getOneDriveUsageAccountDetail as columns: size, files and last use of a site, by its owner's number in the index.
import type { Day, OneDrive } from '../../policy/evidence.ts';
import type { AccountIndex } from './account-index.ts';
import { dayColumn, smallColumn, wideColumn } from './columns.ts';
import { unreadable } from './report-cells.ts';
import type { ReportColumns, ReportRow } from './report-csv.ts';
import { isAccountName, nameCount, refreshDates } from './report-date.ts';

const required = {
  refreshDate: 'Report Refresh Date',
  owner: 'Owner Principal Name',
  storageUsed: 'Storage Used (Byte)',
} as const;
const optional = {
  isDeleted: 'Is Deleted',
  files: 'File Count',
  lastUse: 'Last Activity Date',
  ownerName: 'Owner Display Name',
  // Empty in many tenants since 2023 (microsoft-graph-explorer-v4, issue 2907).
  site: 'Site URL',
} as const;
type Column = keyof typeof required | keyof typeof optional;

export interface OneDriveTable {
  columns: ReportColumns<keyof typeof required, keyof typeof optional>;
  add(row: ReportRow<Column>): void;
  /** Once all rows are in. Throws `concealed-names`. */
  facts(): OneDriveRows;
}

export interface OneDriveRows {
  /** null: no row says so. */
  refreshDate: Day | null;
  oddRows: number;
  /** Of living sites whose owner's userPrincipalName is not there, as after a deletion. */
  unnamedRows: number;
  /** null: no row of a living site names the account; -1 is nobody's number. */
  driveAt(place: number): OneDrive | null;
  /** Whether a row without an owner has the account's display name, or the address of its site. */
  mayOwnUnnamed(account: { userPrincipalName: string; displayName: string }): boolean;
}

const unseen = 0;
const seen = 1;
const doubtful = 2;

export function oneDriveTable(report: string, index: AccountIndex): OneDriveTable {
  const states = smallColumn();
  const bytes = wideColumn();
  const files = wideColumn();
  const used = dayColumn();
  const refreshed = dayColumn();
  const dates = refreshDates();
  const names = nameCount(report);
  const unnamed = new Set<string>();
  const counts = { oddRows: 0, unnamedRows: 0 };

  const addNamed = (row: ReportRow<Column>, place: number) => {
    const size = readCount(row.cell('storageUsed'));
    const refreshDay = row.day('refreshDate');
    const isOdd = !row.isWhole || size === null || row.flag('isDeleted') === unreadable;
    if (isOdd) counts.oddRows++;
    // Of two sites under one name nobody knows which one is in use.
    const isCertain = !isOdd && states.get(place) === unseen;
    states.set(place, isCertain ? seen : doubtful);
    if (!isCertain) return;
    bytes.set(place, size);
    files.set(place, readCount(row.cell('files')) ?? Number.NaN);
    const lastUse = row.day('lastUse');
    used.set(place, lastUse === unreadable ? null : lastUse);
    refreshed.set(place, refreshDay === unreadable ? null : refreshDay);
  };
  const addUnnamed = (row: ReportRow<Column>) => {
    counts.unnamedRows++;
    if (!row.isWhole) return;
    for (const key of [nameKey(row.cell('ownerName')), siteKey(row.cell('site'))])
      if (key !== null) unnamed.add(key);
  };
  return {
    columns: { report, required, optional },
    add(row) {
      const isDeleted = row.isWhole && row.flag('isDeleted') === true;
      if (row.isWhole) dates.add(row.day('refreshDate'), isDeleted);
      if (isDeleted) return;
      const owner = row.cell('owner');
      if (owner !== '') names.add(owner);
      if (isAccountName(owner)) addNamed(row, index.place(owner));
      else addUnnamed(row);
    },
    facts() {
      names.refuseConcealed();
      const refreshDate = dates.reportDay();
      return {
        ...counts,
        refreshDate,
        driveAt(place) {
          const state = place < 0 ? unseen : states.get(place);
          if (state === unseen) return null;
          // A row that the report carries along from an earlier day says nothing of today.
          const isOld = (refreshed.get(place) ?? '') < (refreshDate ?? '');
          if (state === doubtful || isOld) return { kind: 'unknown' };
          const count = files.get(place);
          return {
            kind: 'seen',
            storageUsedBytes: bytes.get(place),
            files: Number.isNaN(count) ? null : count,
            lastUsedOn: used.get(place),
          };
        },
        mayOwnUnnamed({ userPrincipalName, displayName }) {
          const key = nameKey(displayName);
          return unnamed.has(addressKey(userPrincipalName)) || (key !== null && unnamed.has(key));
        },
      };
    },
  };
}

/** null: no whole number that can be counted with. */
function readCount(cell: string): number | null {
  const count = /^\d+$/.test(cell) ? Number(cell) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}

/** null: it tells nobody. */
function nameKey(displayName: string): string | null {
  const folded = displayName.normalize('NFC').trim().toLowerCase();
  return folded === '' || folded === '(unknown)' ? null : `name ${folded}`;
}

/** `…/personal/ana_reyes_contoso_com`: SharePoint writes the owner's userPrincipalName of back then so. */
function siteKey(url: string): string | null {
  const folder = /\/personal\/([^/]+)/i.exec(url)?.[1];
  return folder === undefined ? null : addressKey(folder);
}

function addressKey(text: string): string {
  return `site ${text.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}
