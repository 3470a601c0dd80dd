// Runbooks are read on a bad day: each is a page, in the same five parts, and its words of the product are the product's.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const index = 'docs/guides/runbooks/README.md';
const pages = globSync('docs/guides/runbooks/*.md', { cwd: root })
  .filter((path) => basename(path) !== 'README.md')
  .sort();

test('the index names each of them', () => {
  expect(pages.length).toBeGreaterThan(7);
  expect(pages.filter((path) => !read(index).includes(`(${basename(path)})`))).toEqual([]);
});

test.each(pages)('%s has its five parts in order, on a page', (path) => {
  const titles = [...read(path).matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(titles).toEqual(['How you notice', 'The first five minutes', 'Then', 'It is over when', 'Do not']);
  expect(read(path).split('\n').length).toBeLessThan(90);
});

const sources = globSync(['{cli,audit,stacks,policy,forge}/**/*.ts', '.github/workflows/*.yml'], { cwd: root })
  .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
  .map(read)
  .join('\n');

/** What is longer is a sentence of the product, not what a caller says. */
const shortestQuote = 20;

test.each(pages)('what %s quotes is what the product says', (path) => {
  const quotes = [...read(path).matchAll(/“([^”]+)”/g)].map(([, quote = '']) => quote);
  const found = quotes.filter((quote) => quote.length >= shortestQuote);
  expect(found.filter((quote) => !toPattern(quote).test(sources))).toEqual([]);
  expect(found.length).toBeGreaterThan(
    path.includes('left-after-all') || path.includes('manager-complains') || path.includes('leaked') ? -1 : 0,
  );
});

/** Names, numbers and what is left out stand for an expression in the source. */
function toPattern(quote: string): RegExp {
  const parts = quote.split(/contoso|\d+|…/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(parts.join('.{1,60}?'));
}
