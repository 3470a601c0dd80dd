import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { requireValidPause, setPause } from './pause.ts';

const pause = { until: '2027-01-06', reason: 'Freeze over the year: ask Lee' };
const path = 'policy/policy.yaml';
// As init writes it, with a comment to each rule.
const text = readFileSync(new URL('../defaults/policy.yaml', import.meta.url), 'utf8');

test('a pause comes to the end of the file, and every other line stays', () => {
  const paused = setPause({ path, text }, pause);
  expect(paused).toBe(`${text}paused:\n  until: 2027-01-06\n  reason: "Freeze over the year: ask Lee"\n`);
  expect(setPause({ path, text: paused }, pause)).toBe(paused);
  expect(setPause({ path, text: paused }, null)).toBe(text);
  expect(setPause({ path, text }, null)).toBe(text);
});

test('a longer pause changes its day, and what people wrote beside it stays', () => {
  const before = `${text}# Lee decides.\npaused:\n  until: 2026-12-24 # or earlier\n  reason: A freeze\n`;
  const after = before.replace('2026-12-24', '2027-01-06').replace('A freeze', '"Freeze over the year: ask Lee"');
  expect(setPause({ path, text: before }, pause)).toBe(after);
});

test('lines that end as on Windows still do', () => {
  const windows = text.replaceAll('\n', '\r\n');
  expect(setPause({ path, text: windows }, pause).replaceAll('\r\n', '')).not.toContain('\n');
});

test.each([
  ['a day that is over', { until: '2026-12-06' }, 'until: found 2026-12-06, allowed: 2026-12-07 to 2027-12-07'],
  ['more than a year', { until: '2027-12-08' }, 'until: found 2027-12-08'],
  ['no day', { until: 'tomorrow' }, 'until'],
  ['a day that there is not', { until: '2027-02-30' }, 'until'],
  ['too short a reason', { reason: 'x' }, 'reason'],
  ['a blank reason', { reason: '    ' }, 'reason'],
])('%s is refused', (_, wrong, says) => {
  expect(() => requireValidPause({ ...pause, ...wrong }, '2026-12-07')).toThrow(says);
});

test('today and a year from now are allowed', () => {
  for (const until of ['2026-12-07', '2027-12-07']) requireValidPause({ ...pause, until }, '2026-12-07');
});
