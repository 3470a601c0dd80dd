import { expect, test } from 'vitest';
import { wrapWords } from './wrap-words.ts';

test('a sentence is broken between words, within 80 columns and within a narrower terminal', () => {
  const sentence = `- ${'silence '.repeat(30)}ends`;
  for (const [width, atMost] of [
    [80, 80],
    [200, 80],
    [50, 50],
  ] as const) {
    const lines = wrapWords(sentence, { hang: 2, width }).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(atMost);
    expect(lines.slice(1).every((line) => line.startsWith('  silence'))).toBe(true);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toBe(sentence);
  }
});
