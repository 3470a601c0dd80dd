// Columns of numbers that grow with their rows: a report of a million rows in a few megabytes.
import { toUtcDay } from '../../policy/evidence.ts';

/** Whole numbers from 0 to 65,535; rows that were never set read 0. */
interface SmallColumn {
  get(row: number): number;
  set(row: number, value: number): void;
}

export function createSmallColumn(): SmallColumn {
  let cells = new Uint16Array(1024);
  return {
    get: (row) => cells[row] ?? 0,
    set(row, value) {
      if (row >= cells.length) cells = growCells(cells, row);
      cells[row] = value;
    },
  };
}

/** Any number; rows that were never set read NaN. */
interface WideColumn {
  get(row: number): number;
  set(row: number, value: number): void;
}

export function createWideColumn(): WideColumn {
  let cells = new Float64Array(1024).fill(Number.NaN);
  return {
    get: (row) => cells[row] ?? Number.NaN,
    set(row, value) {
      if (row >= cells.length) {
        const wider = new Float64Array(Math.max(row + 1, cells.length * 2)).fill(Number.NaN);
        wider.set(cells);
        cells = wider;
      }
      cells[row] = value;
    },
  };
}

function growCells(cells: Uint16Array<ArrayBuffer>, row: number): Uint16Array<ArrayBuffer> {
  const wider = new Uint16Array(Math.max(row + 1, cells.length * 2));
  wider.set(cells);
  return wider;
}

/** Days since 1970; 65,535 of them reach to 2149. 0 means "no day". */
interface DayColumn {
  get(row: number): string | null;
  set(row: number, day: string | null): void;
}

/** All rows share one text for a day: a report has a few hundred different ones. */
export function createDayColumn(): DayColumn {
  const cells = createSmallColumn();
  const numbers = new Map<string, number>();
  const days = new Map<number, string>();
  return {
    get: (row) => days.get(cells.get(row)) ?? null,
    set(row, day) {
      const number = day === null ? 0 : (numbers.get(day) ?? Date.parse(day) / 86_400_000);
      cells.set(row, number);
      if (day === null || numbers.has(day)) return;
      numbers.set(day, number);
      // Made anew: the cell's own text would keep the chunk of the report that it was cut from.
      days.set(number, toUtcDay(new Date(number * 86_400_000)));
    },
  };
}
