// These pages name the test that shows what they promise: it is there, under that name.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const shownBy = /`([\w./-]+\.test\.ts)`: "((?:[^"]|"%s")+)"/;

test.each([
  ['docs/reliability.md', 70],
  ['docs/scale.md', 1],
  ['docs/threat-model.md', 50],
  ['SECURITY.md', 5],
  ['docs/guides/leave.md', 4],
  ['docs/guides/policy.md', 3],
  ['docs/guides/review.md', 2],
  ['docs/guides/pause.md', 2],
  ['docs/guides/privacy.md', 5],
  ['docs/guides/coming-back.md', 1],
  ['docs/guides/give-back.md', 2],
  ['docs/guides/microsofts-clocks.md', 1],
  ['docs/guides/other-forges.md', 7],
  ['docs/guides/works-council.md', 2],
])('each of the tests that %s names is there', (page, least) => {
  const named = [...read(page).matchAll(new RegExp(shownBy, 'g'))];
  expect(named.length).toBeGreaterThanOrEqual(least);
  for (const [, path = '', title = ''] of named)
    expect([path, title, read(path).includes(title)]).toEqual([path, title, true]);
});

test('whatever went wrong for others has a public source, by repository and number, and a test', () => {
  const [, page = ''] = read('docs/reliability.md').split('## What went wrong for others');
  const [section = ''] = page.split('\n## ');
  const rows = section.split('\n').filter((line) => /^\| (?!---|What happened)/.test(line));
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows) {
    const [, what = '', sources = '', test = ''] = row.split('|').map((cell) => cell.trim());
    expect(test).toMatch(shownBy);
    // Another test of the line above.
    if (what === '') continue;
    for (const source of sources.split(', ')) {
      const [, name, number, address] = /^\[([\w./-]+)#(\d+)\]\((.+)\)$/.exec(source) ?? [];
      expect(address).toMatch(new RegExp(`^https://github\\.com/${name}/(issues|pull)/${number}$`));
    }
  }
});
