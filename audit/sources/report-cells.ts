// Cells of a usage report: a value, blank, or unreadable. Pure.
import { parseDay } from '../../graph/parse-day.ts';
import type { Day } from '../../policy/evidence.ts';

/** A cell that is neither blank nor a value of its kind. */
export const unreadable: unique symbol = Symbol('unreadable');

/** For one report. null: blank. */
export function createCellParsers() {
  return { parseDay: cacheCells(parseReportDay), parseFlag: cacheCells(parseFlag) };
}

/** Spaces and tabs only: a byte order mark in the middle of a file is part of its cell. */
export function trimCell(text: string): string {
  return text.startsWith(' ') || text.endsWith(' ') || text.includes('\t')
    ? text.replace(/^[ \t]+|[ \t]+$/g, '')
    : text;
}

/** A million rows have a few hundred different cells of a kind. */
function cacheCells<T>(parse: (text: string) => T): (text: string) => T | null {
  const known = new Map<string, T>();
  return (text) => {
    if (text === '') return null;
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = parse(text);
    if (known.size < 100_000) known.set(text, value);
    return value;
  };
}

/** Within the days that a column of days can hold. */
function parseReportDay(text: string): Day | typeof unreadable {
  const day = parseDay(text);
  return day !== null && day > '1970-01-01' && day < '2149-01-01' ? day : unreadable;
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
]);

function parseFlag(text: string): boolean | typeof unreadable {
  return flags.get(text.toLowerCase()) ?? unreadable;
}
