// One row of a report as text, in the forms that the switches set and with the cells that a person's `reportCells` replace.
import type { Switches } from '../options.ts';
import type { RowOwner } from './row-owner.ts';

type Forms = Pick<Switches, 'reportDates' | 'reportFlags' | 'reportQuotes'>;

/** `header`: the titles of the columns, in order. The line ends with CRLF. */
export function createRowWriter(
  header: readonly string[],
  forms: Forms,
): (cells: readonly string[], owner: RowOwner) => string {
  const formatCell = (text: string) => quoteCell(formatFlag(formatReportDate(text, forms), forms), forms);
  return (cells, { cells: overrides }) => {
    const written = cells.map((text, at) => {
      const override = overrides[header[at] ?? ''];
      return override === undefined ? formatCell(text) : quoteCell(override, forms);
    });
    return `${written.join(',')}\r\n`;
  };
}

function formatReportDate(text: string, { reportDates }: Forms): string {
  if (reportDates === 'day') return text;
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === '') return text;
  if (reportDates === 'instant') return `${text}T00:00:00`;
  return reportDates === 'us' ? `${Number(month)}/${Number(day)}/${year}` : `${Number(day)}.${Number(month)}.${year}`;
}

const flags = {
  True: ['True', 'False'],
  TRUE: ['TRUE', 'FALSE'],
  1: ['1', '0'],
  Yes: ['Yes', 'No'],
} as const;

function formatFlag(text: string, { reportFlags }: Forms): string {
  if (text !== 'True' && text !== 'False') return text;
  return flags[reportFlags][text === 'True' ? 0 : 1];
}

/** RFC 4180; not by a library, because a million rows pass through it. */
function quoteCell(text: string, { reportQuotes }: Forms): string {
  return reportQuotes && /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
