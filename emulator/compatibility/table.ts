// What came of the clients, as a table: for a terminal, and between two markers of the README.
import { findColumn, stepNames } from './judge-steps.ts';
import type { ClientRun } from './run-client.ts';

const begin = '<!-- compatibility: npm run compatibility -- --write -->';
const end = '<!-- /compatibility -->';
const titles: Readonly<Record<string, string>> = { count: '`/groups/$count`', members: 'members of a group' };

/** A table in Markdown, a row for each client. */
export function renderTable(runs: readonly ClientRun[]): string {
  const header = ['client', 'package', 'version', 'reached by', ...stepNames.map((name) => titles[name] ?? name)];
  return [renderCells(header), renderCells(header.map(() => '---')), ...runs.map(renderRow)].join('\n');
}

/** The row of one client, which begins with the name of its folder. */
export function renderRow(run: ClientRun): string {
  const { client, package: name, version, reach } = run;
  return renderCells([client, name, version, reach, ...stepNames.map((step) => renderCell(run, step))]);
}

function renderCells(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function renderCell({ notRun, steps }: ClientRun, step: string): string {
  if (notRun !== null) return 'not run';
  const found = steps.filter(({ step: name }) => findColumn(name) === step);
  if (found.length === 0) return '–';
  return found.map(({ outcome, did }) => describe(outcome, did)).join(', ');
}

function describe(outcome: string, did: string): string {
  if (outcome === 'absent') return `_${did}_`;
  return outcome === 'passed' ? did : `**fails**: ${shorten(did)}`;
}

/** On one line, and without what would end the cell. */
function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '/').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

/** The README with this table between its markers. */
export function replaceTable(readme: string, table: string): string {
  const [before, rest] = splitAt(readme, begin);
  const [, after] = splitAt(rest, end);
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}

/** The rows of the table that stands in the README. */
export function readRows(readme: string): string[] {
  const [, rest] = splitAt(readme, begin);
  const [table] = splitAt(rest, end);
  return table.trim().split('\n').slice(2);
}

function splitAt(text: string, marker: string): [string, string] {
  const at = text.indexOf(marker);
  if (at === -1) throw new Error(`The README has no line ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}
