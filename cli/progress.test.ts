import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgressLine } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aLine(isTTY = true) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 60 });
  const line = createProgressLine(stream as unknown as NodeJS.WriteStream, { verbose: false });
  vi.advanceTimersByTime(500);
  return { line, readRaw: () => String(stream.read() ?? '') };
}

const readLines = (raw: string) => raw.split('\r').map(stripVTControlCharacters).filter(Boolean);

test('where nothing is counted for a while, the seconds go on', () => {
  const { line, readRaw } = aLine();
  line.update({ source: 'users', done: 999 });
  vi.advanceTimersByTime(2_500);
  line.end();
  vi.advanceTimersByTime(5_000);
  expect(readLines(readRaw())).toEqual(['1 s  users 999', '2 s  users 999', '3 s  users 999']);
});

test('what has come to its end leaves the line, and what began last is read on a narrow terminal', () => {
  const { line, readRaw } = aLine();
  line.update({ source: 'usage report', done: 1_998, total: 1_998 });
  line.update({ source: 'seconds waited for readable names', done: 0, total: 60 });
  line.update({ source: 'last sign-ins of those who have been away', done: 7 });
  vi.advanceTimersByTime(1_000);
  line.end();
  const [, drawn = ''] = readLines(readRaw());
  expect(drawn).toBe('2 s  last sign-ins of those who have been away 7  seconds w');
});

test('a step that counts nothing is named, and once all have ended the seconds go on', () => {
  const { line, readRaw } = aLine();
  line.update({ source: 'starting' });
  line.update({ source: 'users', done: 1_998, total: 1_998 });
  vi.advanceTimersByTime(1_000);
  line.update({ source: 'starting', done: 1, total: 1 });
  vi.advanceTimersByTime(1_000);
  line.end();
  expect(readLines(readRaw())).toEqual(['1 s  starting', '2 s  starting', '3 s  …']);
});

test('a sentence stands on a line of its own', () => {
  const { line, readRaw } = aLine();
  line.update({ source: 'users', done: 999 });
  line.print('Waiting 5 s.');
  line.end();
  expect(readRaw().endsWith('users 999\r\u001b[2KWaiting 5 s.\n')).toBe(true);
});

test('a pipe gets the sentences alone', () => {
  const { line, readRaw } = aLine(false);
  line.update({ source: 'users', done: 999 });
  vi.advanceTimersByTime(5_000);
  line.print('Waiting 5 s.');
  line.end();
  expect(readRaw()).toBe('Waiting 5 s.\n');
});
