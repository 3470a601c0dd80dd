import fc from 'fast-check';
import { expect, it } from 'vitest';
import { truncateMarkdown } from './truncate.ts';

const notice = '_The rest is elsewhere._';
const row = (n: number) => `| person ${n} | ${'x'.repeat(n % 40)} |`;
const table = ['| Who | What |', '| --- | --- |', ...Array.from({ length: 400 }, (_, n) => row(n))].join('\n');

it('a text that fits is left as it is', () => {
  expect(truncateMarkdown(table, table.length, notice)).toBe(table);
});

it('a table is cut between two rows', () => {
  const text = truncateMarkdown(table, 2000, notice);
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  expect(text.endsWith(notice)).toBe(true);
  expect(table.startsWith(rows.join('\n'))).toBe(true);
  expect(rows.length).toBeGreaterThan(20);
});

it('a fold and a fence that are open at the cut are closed', () => {
  const folded = `<details><summary>All</summary>\n\n\`\`\`\n${'code\n'.repeat(500)}\`\`\`\n\n</details>`;
  const text = truncateMarkdown(folded, 1000, notice);
  expect(text).toMatch(/code\n\n```\n<\/details>\n\n_The rest is elsewhere\._$/);
});

it('never exceeds the limit, and says so whenever it has cut', () => {
  const line = fc.constantFrom('| a | b |', '<details>', '</details>', '```', 'words and words', '');
  const text = fc.array(line, { maxLength: 60 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, fc.integer({ min: 60, max: 400 }), (markdown, most) => {
      const result = truncateMarkdown(markdown, most, notice);
      expect(result.length).toBeLessThanOrEqual(most);
      expect(result === markdown || result.endsWith(notice)).toBe(true);
    }),
  );
});
