// getOneDriveUsageAccountDetail as columns: size, files and last use of a site, by its owner's number in the index.
import type { Day, OneDrive } from '../../policy/evidence.ts';
import { foldText, type UserPrincipalName } from '../../policy/identifiers.ts';
import type { AccountIndex } from './account-index.ts';
import { createDayColumn, createSmallColumn, createWideColumn } from './number-columns.ts';
import { unreadable } from './report-cells.ts';
import type { ReportColumns, ReportRow } from './report-csv.ts';
import { createNameCount, createRefreshDates, isAccountName } from './report-date.ts';

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

interface OneDriveTable {
  columns: ReportColumns<keyof typeof required, keyof typeof optional>;
  add(row: ReportRow<Column>): void;
  /** Once all rows are in. Throws `concealed-names`. */
  buildRows(): OneDriveRows;
}

export interface OneDriveRows {
  /** null: no row says so. */
  refreshDate: Day | null;
  unreadableRows: number;
  /** Rows of living sites without the owner's userPrincipalName, as after a deletion. */
  unnamedRows: number;
  /** null: no row of a living site names the account, or `place` is -1. */
  findDrive(place: number): OneDrive | null;
  /** Whether a row without an owner has the account's display name, or the address of its site. */
  mayOwnUnnamed(account: { userPrincipalName: UserPrincipalName; displayName: string }): boolean;
}

const unseen = 0;
const seen = 1;
const doubtful = 2;

export function createOneDriveTable(report: string, index: AccountIndex): OneDriveTable {
  const states = createSmallColumn();
  const bytes = createWideColumn();
  const files = createWideColumn();
  const used = createDayColumn();
  const refreshed = createDayColumn();
  const dates = createRefreshDates();
  const names = createNameCount(report);
  const unnamed = new Set<string>();
  const counts = { unreadableRows: 0, unnamedRows: 0 };

  const addNamed = (row: ReportRow<Column>, place: number) => {
    const size = parseCount(row.getCell('storageUsed'));
    const refreshDay = row.getDay('refreshDate');
    const isUnreadable = !row.isWhole || size === null || row.getFlag('isDeleted') === unreadable;
    if (isUnreadable) counts.unreadableRows++;
    // Of two sites under one name it is not known which is in use.
    const isCertain = !isUnreadable && states.get(place) === unseen;
    states.set(place, isCertain ? seen : doubtful);
    if (!isCertain) return;
    bytes.set(place, size);
    files.set(place, parseCount(row.getCell('files')) ?? Number.NaN);
    const lastUse = row.getDay('lastUse');
    used.set(place, lastUse === unreadable ? null : lastUse);
    refreshed.set(place, refreshDay === unreadable ? null : refreshDay);
  };
  const addUnnamed = (row: ReportRow<Column>) => {
    counts.unnamedRows++;
    if (!row.isWhole) return;
    for (const key of [toNameKey(row.getCell('ownerName')), toSiteKey(row.getCell('site'))])
      if (key !== null) unnamed.add(key);
  };
  return {
    columns: { report, required, optional },
    add(row) {
      const isDeleted = row.isWhole && row.getFlag('isDeleted') === true;
      if (row.isWhole) dates.add(row.getDay('refreshDate'), isDeleted);
      if (isDeleted) return;
      const owner = row.getCell('owner');
      if (owner !== '') names.add(owner);
      if (isAccountName(owner)) addNamed(row, index.findOrAdd(owner));
      else addUnnamed(row);
    },
    buildRows() {
      names.refuseConcealed();
      const refreshDate = dates.findReportDay();
      return {
        ...counts,
        refreshDate,
        findDrive(place) {
          const state = place < 0 ? unseen : states.get(place);
          if (state === unseen) return null;
          // A row from an earlier day says nothing about today.
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
          const key = toNameKey(displayName);
          return unnamed.has(toAddressKey(userPrincipalName)) || (key !== null && unnamed.has(key));
        },
      };
    },
  };
}

/** null: no whole number, or one beyond safe integers. */
function parseCount(cell: string): number | null {
  const count = /^\d+$/.test(cell) ? Number(cell) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}

/** null: the name identifies nobody. */
function toNameKey(displayName: string): string | null {
  const folded = foldText(displayName.trim());
  return folded === '' || folded === '(unknown)' ? null : `name ${folded}`;
}

/** `…/personal/ana_reyes_contoso_com`: the owner's userPrincipalName when SharePoint created the site. */
function toSiteKey(url: string): string | null {
  const folder = /\/personal\/([^/]+)/i.exec(url)?.[1];
  return folder === undefined ? null : toAddressKey(folder);
}

function toAddressKey(text: string): string {
  return `site ${text.toLowerCase().replace(/[^a-z0-9]/g, '_')}`;
}
