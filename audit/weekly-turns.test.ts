import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { takeTurn } from './weekly-turns.ts';

const all = Array.from({ length: 905 }, (_, at) => at);
const weeks = [0, 7, 14].map((days) => addDays('2026-12-07', days));

test.each([[905], [801], [401], [400], [1]])('each of %i has had a turn after three weeks', (many) => {
  const some = all.slice(0, many);
  const turns = weeks.map((day) => takeTurn(some, 400, day));
  expect(new Set(turns.flat()).size).toBe(many);
  for (const turn of turns) expect(new Set(turn).size).toBe(Math.min(many, 400));
});

test('a second audit of the same week asks for the same ones', () => {
  expect(takeTurn(all, 400, '2026-12-09')).toEqual(takeTurn(all, 400, '2026-12-07'));
});

test('where there is room for none, none is asked', () => {
  expect(takeTurn(all, 0, '2026-12-07')).toEqual([]);
});
