// Writes a CSV as Excel and LibreOffice open it: UTF-8 with a byte order mark, CRLF; the whole file or none.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { escapeCsvCell } from './csv-cell.ts';

/** Numbers stay numbers; other cells are made safe as text. */
export interface CsvColumn<Row> {
  title: string;
  getCell(row: Row): string | number | null;
}

/** The file gets its name only once its last row is written. */
export async function writeCsv<Row>(
  path: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const draft = `${path}.part`;
  const stringifier = stringify({ bom: true, record_delimiter: 'windows' });
  try {
    await pipeline(Readable.from(buildRecords(columns, rows)), stringifier, createWriteStream(draft));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

function* buildRecords<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): Iterable<(string | number)[]> {
  yield columns.map(({ title }) => title);
  for (const row of rows) yield columns.map(({ getCell }) => toSafeCell(getCell(row)));
}

function toSafeCell(value: string | number | null): string | number {
  if (value === null) return '';
  return typeof value === 'number' ? value : escapeCsvCell(value);
}
