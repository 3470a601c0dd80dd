// Reads any of Microsoft's usage reports from CSV, by column name and never by position.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { createCellParsers, trimCell, type unreadable } from './report-cells.ts';

/** From our short names to Microsoft's headers. */
export interface ReportColumns<Required extends string, Optional extends string> {
  /** As in the API: `getMailboxUsageDetail`. */
  report: string;
  required: Record<Required, string>;
  /** Required columns that this cloud's report does not have. */
  mayLack?: readonly Required[];
  /** Columns that some tenants lack; they then read as blank. */
  optional: Record<Optional, string>;
}

/** A cell that is blank, or whose column is missing, is ''. */
export interface ReportRow<Name extends string> {
  /** The header is line 1. */
  readonly line: number;
  /** false: more or fewer cells than the header, or it has swallowed the row below. Its cells may be another column's. */
  readonly isWhole: boolean;
  getCell(name: Name): string;
  /** null: blank. */
  getDay(name: Name): Day | null | typeof unreadable;
  /** null: blank. Tenants have it as `True`, `TRUE`, `1` or `Yes`. */
  getFlag(name: Name): boolean | null | typeof unreadable;
}

export interface ReportFacts {
  rows: number;
  /** SHA-256 of the file, hex. */
  sha256: string;
  /** Microsoft's headers of the missing columns that may be missing. */
  lacks: readonly string[];
}

/** A row has 24 cells and under 1 kB; a megabyte is an attack or an accident. */
const maxRecordBytes = 1024 * 1024;

/**
 * Reads a report as a stream. Unknown columns are ignored; a missing required one is `bad-report`. Throws what broke the
 * stream, so that the download can start over. A last row without a line end may be cut, so it is left out: a missing row
 * keeps an account, half a row could cost one.
 */
export async function readReport<Required extends string, Optional extends string>(
  body: AsyncIterable<Uint8Array>,
  columns: ReportColumns<Required, Optional>,
  onRow: (row: ReportRow<Required | Optional>) => void,
): Promise<ReportFacts> {
  const hash = createHash('sha256');
  // A row with a comma or a quote too many must not end the whole file.
  const relaxed = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
  const parser = parse({ bom: true, max_record_size: maxRecordBytes, ...relaxed });
  const end = { isComplete: false };
  const row = createRowCursor(columns);
  let rows = -1;
  let waiting: string[] | null = null;
  const take = (cells: string[]) => {
    if (rows++ < 0) row.setHeader(cells);
    else onRow(row.moveTo(cells, rows + 1));
  };
  parser.on('data', (cells: string[]) => {
    // Rows are checked by `onRow`, whose errors must end the parser and not the process.
    try {
      if (waiting !== null) take(waiting);
      waiting = cells;
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  await pipeline(Readable.from(trackChunks(body, hash, end)), parser);
  if (waiting !== null && (end.isComplete || rows < 0)) take(waiting);
  if (rows < 0) throw new Error(`${columns.report} came without a header`);
  return { rows, sha256: hash.digest('hex'), lacks: row.lacks };
}

const lineFeed = 10;

async function* trackChunks(
  body: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
  end: { isComplete: boolean },
) {
  for await (const chunk of body) {
    hash.update(chunk);
    if (chunk.length > 0) end.isComplete = chunk.at(-1) === lineFeed;
    yield chunk;
  }
}

/** One object that moves over the rows, instead of a million objects. */
function createRowCursor<Required extends string, Optional extends string>(columns: ReportColumns<Required, Optional>) {
  type Name = Required | Optional;
  const places = new Map<Name, number>();
  let width = 0;
  let current: readonly string[] = [];
  const lacks: string[] = [];
  const { parseDay, parseFlag } = createCellParsers();
  const cursor = {
    line: 0,
    isWhole: true,
    getCell: (name: Name) => trimCell(current[places.get(name) ?? -1] ?? ''),
    getDay: (name: Name) => parseDay(cursor.getCell(name)),
    getFlag: (name: Name) => parseFlag(cursor.getCell(name)),
  };
  return {
    lacks,
    setHeader(cells: readonly string[]) {
      width = cells.length;
      lacks.push(...placeColumns(columns, cells, places));
    },
    moveTo(cells: readonly string[], line: number): ReportRow<Name> {
      current = cells;
      cursor.line = line;
      cursor.isWhole = isWhole(cells, width);
      return cursor;
    },
  };
}

function isWhole(cells: readonly string[], width: number): boolean {
  const isAsWide = cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell === ''));
  return isAsWide && !cells.some(hasSwallowedRow);
}

/** An open quote takes the row below into its cell. No name has a line end and five commas. */
function hasSwallowedRow(cell: string): boolean {
  return cell.length > 60 && cell.includes('\n') && cell.split(',').length > 5;
}

/** Returns the headers of the missing columns. */
function placeColumns<Required extends string, Optional extends string>(
  { report, required, optional, mayLack = [] }: ReportColumns<Required, Optional>,
  header: readonly string[],
  places: Map<Required | Optional, number>,
): string[] {
  const titles = header.map((cell) => cell.trim().replace(/\s+/g, ' ').toLowerCase());
  const place = <Name extends Required | Optional>(columns: Record<Name, string>) =>
    listNames(columns).filter((name) => {
      const at = titles.indexOf(columns[name].toLowerCase());
      if (at >= 0) places.set(name, at);
      return at < 0;
    });
  const lacking = place(required);
  const missing = lacking.filter((name) => !mayLack.includes(name));
  if (missing.length > 0)
    throw createBadReportError(
      report,
      1,
      `The header of ${report} has no column ${missing.map((name) => `"${required[name]}"`).join(', ')}.`,
    );
  return [...lacking.map((name) => required[name]), ...place(optional).map((name) => optional[name])];
}

function listNames<Name extends string>(titles: Record<Name, string>): Name[] {
  return Object.keys(titles).filter((name): name is Name => name in titles);
}

export function createBadReportError(report: string, line: number, sentence: string): DormantError {
  return new DormantError('bad-report', sentence, {
    where: `${report}:${line}`,
    remedy: 'Nothing was planned. Run the audit again later; if the report stays so, Microsoft has changed it.',
  });
}
