import { expect, test } from 'vitest';
import { escapeCsvCell } from './csv-cell.ts';

test.each([
  '=1+1',
  "=cmd|' /C calc'!A0",
  '+SUM(A1:A9)',
  '-2+3+cmd',
  '@SUM(1)',
  ' =1+1',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '"=1+1"',
  "'=1+1",
  '""=1+1',
  '\u00A0=1+1',
  '\u200B=1+1',
  '\u202E=1+1',
  '\uFEFF=1+1',
  '\0=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '﹦1',
  '|calc',
])('%j is text, not a formula', (text) => {
  const cell = escapeCsvCell(text);
  expect(cell.startsWith("'")).toBe(true);
  expect(cell.slice(1)).not.toMatch(/[\r\n\0]/);
});

test.each(['Ana Reyes', "Sean O'Neill", '山田 太郎', 'a=b', 'Jean-Luc', 'ana@contoso.com', '2026-07-15', ''])(
  '%j stays as it is',
  (text) => {
    expect(escapeCsvCell(text)).toBe(text);
  },
);

test('a line end inside of a name does not break the row', () => {
  expect(escapeCsvCell('Wes\r\nBcc: all@contoso.com')).toBe('Wes Bcc: all@contoso.com');
});
