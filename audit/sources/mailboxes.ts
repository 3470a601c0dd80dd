// getMailboxUsageDetail: type and size of an account's mailbox, and whether it has an archive.
import { findMailboxKind } from '../../graph/mailbox-kind.ts';
import type { Day, Mailbox } from '../../policy/evidence.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { AccountIndex } from './account-index.ts';
import { createDayColumn, createSmallColumn, createWideColumn } from './number-columns.ts';
import type { OnProgress } from './progress.ts';
import type { AuditReader } from './reader.ts';
import { unreadable } from './report-cells.ts';
import { type ReportFacts, type ReportRow, readReport } from './report-csv.ts';
import { createNameCount, createRefreshDates, isAccountName, reportDays } from './report-date.ts';

export interface MailboxReport extends ReportFacts {
  refreshDate: Day | null;
  /** Rows that cannot be read; their mailboxes are read one by one. */
  unreadableRows: number;
  /** The account's mailbox by its number in the index; `unknown` where the report says nothing. */
  getMailbox(row: number): Mailbox;
}

const columns = {
  report: 'getMailboxUsageDetail',
  required: {
    refreshDate: 'Report Refresh Date',
    userPrincipalName: 'User Principal Name',
    storageUsed: 'Storage Used (Byte)',
  },
  // Recipient Type is not documented: tenants have one of two vocabularies, or no such column.
  optional: {
    isDeleted: 'Is Deleted',
    deletedDate: 'Deleted Date',
    hasArchive: 'Has Archive',
    recipientType: 'Recipient Type',
  },
} as const;
type Column = keyof typeof columns.required | keyof typeof columns.optional;

export function readMailboxes(
  reader: AuditReader,
  index: AccountIndex,
  onProgress: OnProgress,
): Promise<MailboxReport> {
  const path = `/reports/getMailboxUsageDetail(period='D${reportDays}')`;
  return reader.downloadReport('mailbox report', path, async (body) => {
    const table = createMailboxTable(index);
    const read = await readReport(body, columns, (row) => {
      table.add(row);
      if (row.line % 10_000 === 0) onProgress({ source: 'mailbox report', done: row.line });
    });
    onProgress({ source: 'mailbox report', done: read.rows, total: read.rows });
    return { ...read, ...table.buildFacts() };
  });
}

/** For types that the report does not tell, userPurpose is read. */
const codes: readonly RecipientType[] = ['unknown', 'user', 'shared', 'room', 'equipment', 'scheduling', 'other'];
const archiveUnknown = 0;
const archiveYes = 1;
const archiveNo = 2;

function createMailboxTable(index: AccountIndex) {
  const mentions = createSmallColumn();
  const types = createSmallColumn();
  const words = createSmallColumn();
  const otherWords: string[] = [];
  const archives = createSmallColumn();
  const bytes = createWideColumn();
  const refreshed = createDayColumn();
  const dates = createRefreshDates();
  const names = createNameCount(columns.report);
  /** Few: Microsoft shows a deleted mailbox for about a month. */
  const disconnected = new Map<number, Day | null>();
  let unreadableRows = 0;
  const addKnown = (row: ReportRow<Column>, place: number) => {
    const isRepeated = mentions.get(place) > 0;
    mentions.set(place, 1);
    const word = row.getCell('recipientType');
    const type = findMailboxKind(word) ?? 'unknown';
    if (type === 'other') words.set(place, findOrAddWord(word, otherWords));
    const day = row.getDay('refreshDate');
    refreshed.set(place, day === unreadable ? null : day);
    // Two mailboxes under one name: neither type can be trusted, and the larger size is the safe one.
    types.set(place, isRepeated ? 0 : codes.indexOf(type));
    archives.set(place, toArchiveCode(row, isRepeated ? archives.get(place) : archiveUnknown));
    bytes.set(place, pickLarger(parseStorage(row), isRepeated ? bytes.get(place) : Number.NaN));
  };
  /** What such a row says may be about another mailbox. */
  const addUnreadable = (place: number) => {
    mentions.set(place, 1);
    types.set(place, 0);
  };
  /** A mailbox can be deleted more than once; only the last one can still be recovered. */
  const addDeleted = (row: ReportRow<Column>, place: number) => {
    const day = row.getDay('deletedDate');
    const known = disconnected.get(place) ?? null;
    const on = day === unreadable ? null : day;
    disconnected.set(place, known !== null && (on === null || on < known) ? known : on);
  };
  return {
    add(row: ReportRow<Column>): void {
      const isDeleted = row.isWhole && row.getFlag('isDeleted') === true;
      if (row.isWhole) dates.add(row.getDay('refreshDate'), isDeleted);
      const userPrincipalName = row.getCell('userPrincipalName');
      if (userPrincipalName === '') return;
      if (isDeleted) {
        if (isAccountName(userPrincipalName)) addDeleted(row, index.findOrAdd(userPrincipalName));
        return;
      }
      names.add(userPrincipalName);
      const isUnreadable = !row.isWhole || row.getFlag('isDeleted') === unreadable;
      if (isUnreadable) unreadableRows++;
      if (!isAccountName(userPrincipalName)) return;
      if (isUnreadable) addUnreadable(index.findOrAdd(userPrincipalName));
      else addKnown(row, index.findOrAdd(userPrincipalName));
    },
    buildFacts() {
      names.refuseConcealed();
      const refreshDate = dates.findReportDay();
      return {
        refreshDate,
        unreadableRows,
        getMailbox(place: number): Mailbox {
          if (place < 0) return nothingKnown;
          if (mentions.get(place) === 0) return toMailboxWithoutRow(disconnected.get(place));
          const isOld = (refreshed.get(place) ?? '') < (refreshDate ?? '');
          if (isOld) return { ...nothingKnown, isReported: true };
          const storage = bytes.get(place);
          const archive = archives.get(place);
          const recipientType = codes[types.get(place)] ?? 'unknown';
          return {
            recipientType,
            ...(recipientType === 'other' ? { kind: otherWords[words.get(place)] ?? null } : {}),
            storageUsedBytes: Number.isNaN(storage) ? null : storage,
            hasArchive: archive === archiveUnknown ? null : archive === archiveYes,
            hold: null,
            isReported: true,
          };
        },
      };
    },
  };
}

/** A missing row does not mean "no mailbox": the report lags, and rows come and go with licences. */
const nothingKnown: Mailbox = {
  recipientType: 'unknown',
  storageUsedBytes: null,
  hasArchive: null,
  hold: null,
};

/** For an account without a row of a living mailbox. */
function toMailboxWithoutRow(disconnectedOn: Day | null | undefined): Mailbox {
  return disconnectedOn === undefined ? nothingKnown : { ...nothingKnown, disconnectedOn };
}

/** The word's place in the list, which gets new words; a report has very few. */
function findOrAddWord(word: string, list: string[]): number {
  const known = list.indexOf(word);
  return known < 0 ? list.push(word) - 1 : known;
}

function toArchiveCode(row: ReportRow<Column>, before: number): number {
  const hasArchive = row.getFlag('hasArchive');
  if (before === archiveYes || hasArchive === true) return archiveYes;
  return hasArchive === false ? archiveNo : archiveUnknown;
}

function parseStorage(row: ReportRow<Column>): number {
  const cell = row.getCell('storageUsed');
  return /^\d+$/.test(cell) ? Number(cell) : Number.NaN;
}

function pickLarger(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}
