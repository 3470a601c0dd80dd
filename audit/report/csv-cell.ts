// Makes a text safe to stand in a spreadsheet: no cell can start a formula. Pure.

/**
 * What spreadsheets take for the start of a formula, also behind blanks and quotation marks, and in its full-width form.
 * Tab and line ends start one, too: Excel skips them.
 */
const formulaStart = /^[\s\p{Cf}\p{Cc}'"]*[=+\-@\t\r\n＝＋－−﹢﹣＠﹦﹫|]/u;

/**
 * The cell's text. One that could be read as a formula gets an apostrophe in front, which spreadsheets show or swallow but
 * never compute; line ends become spaces, so that a row is a line.
 */
export function escapeCsvCell(text: string): string {
  const line = text.replace(/[\r\n\u2028\u2029]+/g, ' ').replaceAll('\0', '');
  return formulaStart.test(text) ? `'${line}` : line;
}
