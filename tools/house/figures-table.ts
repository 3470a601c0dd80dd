// The figures of docs/architecture.md: as they were before the house was put in order, and as they are. Pure.
import { renderMarkdownTable } from '../reference/table.ts';
import type { Figures, Spread } from './figures.ts';

type Row = [what: string, before: string, now: (figures: Figures) => string];

/** Rounded where each commit would change them; `npm run house` prints them as they are. */
const rows: readonly Row[] = [
  ['files', '705', ({ files }) => formatRounded(files, 10)],
  ['lines', '53,678', ({ lines }) => formatRounded(lines, 1000)],
  ['lines per file, median / p90 / max', '63 / 153 / 226', ({ linesPerFile }) => formatSpread(linesPerFile)],
  ['functions', '3,647', ({ functions }) => formatRounded(functions, 100)],
  ['lines per function, median / p90 / max', '6 / 18 / 104', ({ linesPerFunction }) => formatSpread(linesPerFunction)],
  ['exported names per 1,000 lines', '40.6', (figures) => figures.exportsPerThousandLines.toFixed(0)],
  ['functions named by a verb first', '38.8 %', ({ verbFirst }) => `${(verbFirst * 100).toFixed(0)} %`],
  ['functions named xOf, xIn, xFor, xFrom, xBy', '514', ({ prepositions }) => `${prepositions.length}`],
  ['bare participles', '121', ({ participles }) => `${participles.length}`],
  ['functions with 4 or more parameters', '4.9 %', ({ manyParameters }) => `${(manyParameters * 100).toFixed(1)} %`],
];

export function renderFiguresTable(figures: Figures): string {
  return renderMarkdownTable(
    ['Figure', 'Before', 'Now'],
    rows.map(([what, before, now]) => [what, before, now(figures)]),
  );
}

function formatRounded(count: number, step: number): string {
  return `about ${(Math.round(count / step) * step).toLocaleString('en-US')}`;
}

function formatSpread({ median, p90, max }: Spread): string {
  return [median, p90, max].map((count) => (count > 100 ? Math.round(count / 5) * 5 : count)).join(' / ');
}
