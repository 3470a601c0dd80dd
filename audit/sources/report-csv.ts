// Any of Microsoft's usage reports: CSV in, rows out, by the names of the header and never by position.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';

/** Columns by a short name of ours → Microsoft's header. */
export interface ReportColumns<Required extends string, Optional extends string> {
  /** As in the API: `getMailboxUsageDetail`. */
  report: string;
  required: Record<Required, string>;
  /** Columns that some tenants lack; they read as blank there. */
  optional: Record<Optional, string>;
}

/** One row. A cell that is blank, or whose column is not there, is ''. */
export interface ReportRow<Name extends string> {
  /** The header is line 1. */
  readonly line: number;
  cell(name: Name): string;
  /** Throws `bad-report` for anything but blank or `YYYY-MM-DD`. */
  day(name: Name): Day | null;
}

export interface ReadReport {
  rows: number;
  /** SHA-256 of the file as it came, hex. */
  sha256: string;
}

/** A row of this report has 24 cells and under 1 kB; a megabyte is an attack or an accident. */
const maxRecordBytes = 1024 * 1024;

/**
 * Reads a report as a stream. Unknown columns are ignored, a required one that is missing is `bad-report`.
 * A file that breaks off throws what broke it, for the download to start over. A last row without its line's end may have
 * lost part of itself, so it is left out: a missing row keeps an account, half a row could cost one.
 */
export async function readReport<Required extends string, Optional extends string>(
  body: AsyncIterable<Uint8Array>,
  columns: ReportColumns<Required, Optional>,
  onRow: (row: ReportRow<Required | Optional>) => void,
): Promise<ReadReport> {
  const hash = createHash('sha256');
  const parser = parse({ bom: true, max_record_size: maxRecordBytes });
  const end = { isComplete: false };
  const row = rowCursor(columns);
  let rows = -1;
  let waiting: string[] | null = null;
  const take = (cells: string[]) => {
    if (rows++ < 0) row.header(cells);
    else onRow(row.at(cells, rows + 1));
  };
  parser.on('data', (cells: string[]) => {
    // A row is checked where it is used, so its errors must end the parser and not the process.
    try {
      if (waiting !== null) take(waiting);
      waiting = cells;
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  await pipeline(Readable.from(watched(body, hash, end)), parser);
  if (waiting !== null && (end.isComplete || rows < 0)) take(waiting);
  if (rows < 0) throw new Error(`${columns.report} came without a header`);
  return { rows, sha256: hash.digest('hex') };
}

const lineFeed = 10;

async function* watched(
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

/** One object that moves over the rows: a million of them need no million objects. */
function rowCursor<Required extends string, Optional extends string>(
  columns: ReportColumns<Required, Optional>,
) {
  const { report } = columns;
  type Name = Required | Optional;
  const places = new Map<Name, number>();
  let current: readonly string[] = [];
  const cursor = {
    line: 0,
    cell: (name: Name) => current[places.get(name) ?? -1] ?? '',
    day(name: Name): Day | null {
      const text = cursor.cell(name);
      if (text === '') return null;
      if (isDay(text)) return text;
      throw badReport(report, cursor.line, `has a cell that is no date, expected YYYY-MM-DD (${name})`);
    },
  };
  return {
    header(cells: readonly string[]) {
      placeColumns(columns, cells, places);
    },
    at(cells: readonly string[], line: number): ReportRow<Name> {
      current = cells;
      cursor.line = line;
      return cursor;
    },
  };
}

function placeColumns<Required extends string, Optional extends string>(
  { report, required, optional }: ReportColumns<Required, Optional>,
  header: readonly string[],
  places: Map<Required | Optional, number>,
): void {
  const find = (title: string) =>
    header.findIndex((cell) => cell.trim().toLowerCase() === title.toLowerCase());
  const missing: string[] = [];
  for (const name of namesOf(required)) {
    const place = find(required[name]);
    if (place < 0) missing.push(required[name]);
    else places.set(name, place);
  }
  for (const name of namesOf(optional)) {
    const place = find(optional[name]);
    if (place >= 0) places.set(name, place);
  }
  if (missing.length > 0)
    throw badReport(report, 1, `has no column ${missing.map((it) => `"${it}"`).join(', ')}`);
}

function namesOf<Name extends string>(titles: Record<Name, string>): Name[] {
  return Object.keys(titles).filter((name): name is Name => name in titles);
}

const knownDays = new Set<string>();

function isDay(text: string): boolean {
  if (knownDays.has(text)) return true;
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) && text > '1970-01-01';
  if (valid && knownDays.size < 100_000) knownDays.add(text);
  return valid;
}

export function badReport(report: string, line: number, what: string): DormantError {
  return new DormantError('bad-report', `Line ${line} of ${report} ${what}.`, {
    where: `${report}:${line}`,
    remedy: 'Nothing was planned from it. Start again later; if it stays, Microsoft has changed the report.',
  });
}
