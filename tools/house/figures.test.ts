import { expect, test } from 'vitest';
import { countFigures } from './figures.ts';

const text = `export const limit = 3;
export const told = (a: string) => a;
export function findManager(a: 1, b: 2, c: 3, d: 4) {
  return { listReports: () => [a, b, c, d] };
}
class Reader {
  #send() {}
  managerOf(id: string) {
    return id;
  }
}
export type { Reader };
export interface Row {
  count(): number;
}
`;

test('functions are counted with their bodies, by whatever they are bound to', () => {
  const figures = countFigures([{ path: 'a.ts', text }]);
  expect(figures.functions).toBe(5);
  expect(figures.verbFirst).toBe(3 / 5);
  expect(figures.manyParameters).toBe(1 / 5);
  expect(figures.linesPerFunction).toEqual({ median: 1, p90: 3, max: 3 });
});

test('what a name promises too little of is named, once for each file', () => {
  const { prepositions, participles } = countFigures([{ path: 'a.ts', text }]);
  expect(prepositions).toEqual(['managerOf']);
  expect(participles).toEqual(['told']);
});

test('exports are counted by name, lines as they stand in the file', () => {
  const figures = countFigures([{ path: 'a.ts', text }]);
  expect(figures.lines).toBe(15);
  expect(figures.exportsPerThousandLines).toBeCloseTo((5 / 15) * 1000);
});

test('no file at all has no figures, and breaks nothing', () => {
  expect(countFigures([])).toMatchObject({
    files: 0,
    functions: 0,
    verbFirst: 0,
    exportsPerThousandLines: 0,
  });
});
