// Makes a text safe for a spreadsheet: no cell can start a formula. Pure.

/**
 * What spreadsheets take for the start of a formula, also after blanks and quotation marks, and in full-width form. Tabs
 * and line ends count, because Excel skips them.
 */
const formulaStart = /^[\s\p{Cf}\p{Cc}'"]*[=+\-@\t\r\n＝＋－−﹢﹣＠﹦﹫|]/u;

/**
 * A text that could be read as a formula gets an apostrophe in front, which spreadsheets show or drop but never compute.
 * Line ends become spaces, so that a row is a line.
 */
export function escapeCsvCell(text: string): string {
  const line = text.replace(/[\r\n\u2028\u2029]+/g, ' ').replaceAll('\0', '');
  return formulaStart.test(text) ? `'${line}` : line;
}
