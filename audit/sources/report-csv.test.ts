import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unreadable } from './report-cells.ts';
import { type ReportRow, readReport } from './report-csv.ts';

const columns = {
  report: 'getExample',
  required: { name: 'User Principal Name', last: 'Last Activity Date' },
  optional: { isDeleted: 'Is Deleted' },
} as const;

async function* bytes(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const all = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

async function rowsOf(text: string | Uint8Array) {
  const rows: { name: string; last: string | null; isDeleted: string }[] = [];
  await readReport(bytes(text), columns, (row) =>
    rows.push({ name: row.getCell('name'), last: dayIn(row), isDeleted: row.getCell('isDeleted') }),
  );
  return rows;
}

function dayIn(row: ReportRow<'name' | 'last' | 'isDeleted'>): string | null {
  const day = row.isWhole ? row.getDay('last') : unreadable;
  return day === unreadable ? 'unreadable' : day;
}

const header = 'User Principal Name,Last Activity Date,Is Deleted';
const ana = { name: 'ana@contoso.com', last: '2026-07-15', isDeleted: 'False' };

test('a report with byte order mark and CRLF is read', async () => {
  expect(await rowsOf(`\uFEFF${header}\r\nana@contoso.com,2026-07-15,False\r\n`)).toEqual([ana]);
});

test('columns are found by name, in any order, among unknown ones, in any case', async () => {
  const shuffled = 'Is Deleted,New Column,LAST ACTIVITY DATE,user principal name';
  expect(await rowsOf(`${shuffled}\r\nFalse,x,2026-07-15,ana@contoso.com\r\n`)).toEqual([ana]);
});

test('an optional column that is missing reads as blank', async () => {
  const text = 'User Principal Name,Last Activity Date\r\nana@contoso.com,2026-07-15\r\n';
  expect(await rowsOf(text)).toEqual([{ ...ana, isDeleted: '' }]);
});

test('quotes, commas and line ends inside of a cell belong to the cell', async () => {
  const text = `${header}\r\n"o""neill, ana\r\n@contoso.com",2026-07-15,False\r\n`;
  expect(await rowsOf(text)).toEqual([{ ...ana, name: 'o"neill, ana\r\n@contoso.com' }]);
});

test('it is a bad report when a required column is missing, said with its place', async () => {
  const text = 'User Principal Name,Is Deleted\r\na,b\r\n';
  await expect(rowsOf(text)).rejects.toMatchObject({ code: 'bad-report', where: 'getExample:1' });
  await expect(rowsOf(text)).rejects.toThrow('Last Activity Date');
});

test.each([
  ['2026-07-15T00:00:00', '2026-07-15'],
  ['7/15/2026', '2026-07-15'],
  ['15.07.2026', '2026-07-15'],
  [' 2026-07-15 ', '2026-07-15'],
  ['', null],
  [' ', null],
  ['10/1/2026', 'unreadable'],
  ['1.10.2026', 'unreadable'],
  ['2026-07-1x', 'unreadable'],
  ['2026-02-31', 'unreadable'],
  ['0001-01-01', 'unreadable'],
  ['never', 'unreadable'],
])('the date "%s" reads as %s, and the report goes on', async (cell, last) => {
  const rows = await rowsOf(`${header}\r\nbo@contoso.com,${cell},False\r\nana@contoso.com,2026-07-15,False\r\n`);
  expect(rows).toEqual([{ name: 'bo@contoso.com', last, isDeleted: 'False' }, ana]);
});

test.each([
  ['one cell too few', 'bo@contoso.com,2026-07-01'],
  ['one cell too many', 'bo@contoso.com,2026-07-01,False,x'],
  [
    'an open quote that takes the next row into its cell',
    `"bo@contoso.com${',x'.repeat(40)}\r\ncy@contoso.com",2026-07-01,False`,
  ],
])('a row with %s is not whole, and the next one is', async (_, row) => {
  const rows = await rowsOf(`${header}\r\n${row}\r\nana@contoso.com,2026-07-15,False\r\n`);
  expect(rows).toMatchObject([{ last: 'unreadable' }, ana]);
});

test('cells that are blank behind the last column, blank lines and quotes that nobody doubled do no harm', async () => {
  const rows = await rowsOf(
    `${header}\r\n\r\nana@contoso.com,2026-07-15,False,,\r\nJo "Bo" Fox@contoso.com,,False\r\n`,
  );
  expect(rows).toEqual([ana, { name: 'Jo "Bo" Fox@contoso.com', last: null, isDeleted: 'False' }]);
});

test('titles are found whatever spaces are around and between their words', async () => {
  const text = ' User  Principal\u00a0Name ,Last Activity Date , Is Deleted\r\nana@contoso.com,2026-07-15,False\r\n';
  expect(await rowsOf(text)).toEqual([ana]);
});

test.each([
  ['nothing at all', ''],
  ['half of a header', '\uFEFFUser Princ'],
  ['an encoding that says nothing of itself', Buffer.from(`${header}\r\n`, 'utf16le')],
  ['an open quote', `${header}\r\n"ana@contoso.com,2026-07-15,False\r\n`],
  ['a cell of 10 MB', `${header}\r\n${'x'.repeat(10 * 1024 * 1024)},2026-07-15,False\r\n`],
])('%s is never half a report', async (_, text) => {
  await expect(rowsOf(text)).rejects.toThrow();
});

test('a last row without its line end is left out, because a part of it may be missing', async () => {
  const text = `${header}\r\nana@contoso.com,2026-07-15,False\r\nbo@contoso.com,,`;
  expect(await rowsOf(text)).toEqual([ana]);
});

test('a report that is cut anywhere loses rows or fails, and never changes one', async () => {
  const names = ['ana', 'bo', 'cy', 'di'];
  const lines = names.map((name, at) => `${name}@contoso.com,2026-07-0${at + 1},False`);
  const whole = Buffer.from(`\uFEFF${[header, ...lines].join('\r\n')}\r\n`);
  const all = await rowsOf(whole);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
      const rows = await rowsOf(whole.subarray(0, length)).catch(() => []);
      expect(all.slice(0, rows.length)).toEqual(rows);
    }),
  );
});

test('a byte order mark in the middle belongs to its cell and joins nobody', async () => {
  const rows = await rowsOf(`${header}\r\n\uFEFFana@contoso.com,2026-07-15,False\r\n`);
  expect(rows[0]?.name).not.toBe('ana@contoso.com');
});

test('UTF-16 is read where its mark says so, and fails otherwise: in no case is somebody else read out of it', async () => {
  const text = `\uFEFF${header}\r\nana@contoso.com,2026-07-15,False\r\nbo@contoso.com,,False\r\n`;
  expect(await rowsOf(Buffer.from(text, 'utf16le'))).toEqual([ana]);
  await expect(rowsOf(Buffer.from(text, 'utf16le').swap16())).rejects.toThrow();
});

test('a report with any bytes changed loses a row, fails, or shows that row as it came: never a day that nobody wrote', async () => {
  const days = ['2026-07-15', '2026-08-15'];
  const whole = Buffer.from(`${header}\r\nana@contoso.com,${days[0]},False\r\nbo@contoso.com,${days[1]},False\r\n`);
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(damage, async (changes) => {
      const damaged = Buffer.from(whole);
      for (const [at, byte] of changes) damaged[at] = byte;
      const text = damaged.toString();
      const rows = await rowsOf(damaged).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Error);
        return [];
      });
      const sure = rows.flatMap(({ last }) => (last === null || last === 'unreadable' ? [] : [last]));
      for (const last of sure) expect(text.replaceAll(/[/.]/g, '-')).toContain(last);
    }),
    { numRuns: 100 },
  );
});

test('the hash is that of the bytes as they came', async () => {
  const text = `\uFEFF${header}\r\n`;
  const { createHash } = await import('node:crypto');
  const read = await readReport(bytes(text), columns, () => {});
  expect(read).toEqual({ rows: 0, sha256: createHash('sha256').update(text).digest('hex'), lacks: [] });
});
