import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgressPrinter } from './print-progress.ts';

const sentences = ['building: 1 of 9', 'building: 2 of 9', 'another SHA-256 than the pinned one', 'building: 3 of 9'];

function print(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const say = createProgressPrinter(stream as unknown as NodeJS.WriteStream);
  for (const sentence of sentences) say(sentence);
  return String(stream.read());
}

test('a log has each step at once, and the figures of a step now and then', () => {
  expect(print(false)).toBe('building: 1 of 9\nanother SHA-256 than the pinned one\nbuilding: 3 of 9\n');
});

test('a terminal rewrites the figures of a step, and keeps what is said in between', () => {
  const again = '\u001b[1A\r\u001b[2K';
  expect(print(true)).toBe(
    `building: 1 of 9\n${again}building: 2 of 9\nanother SHA-256 than the pinned one\nbuilding: 3 of 9\n`,
  );
});
