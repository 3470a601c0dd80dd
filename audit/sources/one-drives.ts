// getOneDriveUsageAccountDetail: what an account's OneDrive holds, by the row that names its owner.
// It decides about licences, never about activity: a site may have been used last by somebody else.
import { RequestFailed } from '../../graph/request-failed.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day, OneDrive, UsageRow } from '../../policy/evidence.ts';
import type { UserPrincipalName } from '../../policy/identifiers.ts';
import { formatCount } from '../../policy/words/labels.ts';
import type { AccountIndex } from './account-index.ts';
import { createOneDriveTable, type OneDriveRows } from './one-drive-table.ts';
import type { OnProgress } from './progress.ts';
import type { AuditReader } from './reader.ts';
import { type ReportFacts, readReport } from './report-csv.ts';
import { reportDays, requireFresh, requireMostlyReadable } from './report-date.ts';

export interface OneDriveReport {
  /** SHA-256 of the report; null: it was not read. */
  sha256: string | null;
  /** Why the report cannot be used, as a sentence; null: it can. */
  doubt: string | null;
  /** Sentences about some of its rows, for the reader. */
  notes: readonly string[];
  /** `row`: the account's number in the index; `usage`: its row in the report of active users. */
  getDrive(account: SiteOwner, row: number, usage: UsageRow): OneDrive;
}

/** What can link an account to a site whose row lacks the owner's userPrincipalName. */
interface SiteOwner {
  userPrincipalName: UserPrincipalName;
  displayName: string;
}

interface OneDriveReadOptions {
  onProgress: OnProgress;
  auditedOn: Day;
  reportMaxAgeDays: number;
}

/**
 * A missing or implausible report does not end the audit, because people who are back must get their access back: every
 * OneDrive then counts as one of unknown size. Concealed names end it, as in the other reports.
 */
export async function readOneDrives(
  reader: AuditReader,
  index: AccountIndex,
  options: OneDriveReadOptions,
): Promise<OneDriveReport> {
  if (!reader.clocksOneDrives) return withoutClock;
  try {
    const report = await readSiteReport(reader, index, options.onProgress);
    requireBelievable(report, options);
    return {
      sha256: report.sha256,
      doubt: null,
      notes: describeReport(report),
      getDrive: createDriveReader(report),
    };
  } catch (error) {
    if (reader.signal?.aborted || !isDoubt(error)) throw error;
    return { ...noReport, doubt: error.message, getDrive: () => ({ kind: 'unknown' }) };
  }
}

const noReport = { sha256: null, doubt: null, notes: [] };
const withoutClock: OneDriveReport = { ...noReport, getDrive: () => ({ kind: 'unclocked' }) };

const reportName = 'getOneDriveUsageAccountDetail';

type SiteReport = ReportFacts & OneDriveRows;

function readSiteReport(reader: AuditReader, index: AccountIndex, onProgress: OnProgress): Promise<SiteReport> {
  const source = 'OneDrive report';
  return reader.downloadReport(source, `/reports/${reportName}(period='D${reportDays}')`, async (body) => {
    const table = createOneDriveTable(reportName, index);
    const read = await readReport(body, table.columns, (row) => {
      table.add(row);
      if (row.line % 10_000 === 0) onProgress({ source, done: row.line });
    });
    onProgress({ source, done: read.rows, total: read.rows });
    return { ...read, ...table.buildRows() };
  });
}

function requireBelievable({ rows, refreshDate, unreadableRows }: SiteReport, options: OneDriveReadOptions): void {
  if (rows > 0) requireFresh(reportName, refreshDate, options);
  requireMostlyReadable(reportName, rows, unreadableRows);
}

/** Without a row and without recorded use there is no OneDrive yet. */
function createDriveReader({ findDrive, mayOwnUnnamed }: SiteReport): OneDriveReport['getDrive'] {
  return (account, row, usage) => {
    const isUnused = usage.kind === 'row' && usage.lastActivity.oneDrive === null;
    return findDrive(row) ?? { kind: isUnused && !mayOwnUnnamed(account) ? 'none' : 'unknown' };
  };
}

function describeReport({ rows, unreadableRows, unnamedRows }: SiteReport): string[] {
  const notes = [
    rows === 0 && 'The OneDrive report has no rows: no OneDrive is known from it.',
    unreadableRows > 0 &&
      `${formatCount(unreadableRows, 'row')} of the OneDrive report could not be read for certain: what those OneDrives hold is not known.`,
    unnamedRows > 0 &&
      `${formatCount(unnamedRows, 'row')} of the OneDrive report ${unnamedRows === 1 ? 'names' : 'name'} no owner: accounts that may own such a site count as having a OneDrive of unknown size.`,
  ];
  return notes.filter((note) => note !== false);
}

/** Any failure of this report except concealed names, which may become readable. */
function isDoubt(error: unknown): error is DormantError {
  if (error instanceof RequestFailed) return true;
  return error instanceof DormantError && doubts.includes(error.code);
}

const doubts: readonly string[] = ['bad-report', 'report-stale', 'unexpected-answer'];
