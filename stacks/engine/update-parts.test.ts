import { expect, test } from 'vitest';
import { splitIntoPortions } from './update-parts.ts';

test('targets are handed to the engine in portions that its command line can hold, each once and in order', () => {
  const urns = Array.from({ length: 50 }, (_, at) => `urn-${at}`);
  const portions = splitIntoPortions(urns, 200);
  expect(portions.flat()).toEqual(urns);
  expect(portions.length).toBeGreaterThan(1);
  for (const portion of portions) expect(portion.join(' --target ').length).toBeLessThanOrEqual(200);
});

test('without targets there is one portion, for what is only declared or forgotten', () => {
  expect(splitIntoPortions([])).toEqual([[]]);
});
