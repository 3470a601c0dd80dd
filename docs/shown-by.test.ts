// These pages name the test that shows what they promise: it is there, under that name.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test.each([
  ['docs/reliability.md', 15],
  ['docs/scale.md', 1],
  ['SECURITY.md', 10],
])('each of the tests that %s names is there', (page, least) => {
  const named = [...read(page).matchAll(/`([\w./-]+\.test\.ts)`: "([^"]+)"/g)];
  expect(named.length).toBeGreaterThanOrEqual(least);
  for (const [, path = '', title = ''] of named)
    expect([path, title, read(path).includes(title)]).toEqual([path, title, true]);
});
