import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { locatePage } from './locate-page.ts';

const installed = 'node_modules/@dormant-m365/dormant';

test.each([
  ['in Dormant’s own repository', 'file:///work/dormant/policy/words/locate-page.ts', 'docs/guides/keys.md'],
  [
    'in a team’s repository',
    `file:///work/team/${installed}/policy/words/locate-page.js`,
    `${installed}/docs/guides/keys.md`,
  ],
  ['there, on Windows', `file:///C:/team/${installed}/policy/words/locate-page.js`, `${installed}/docs/guides/keys.md`],
])('a page is named where its reader finds it: %s', (_, from, path) => {
  expect(locatePage('guides/keys.md', from)).toBe(path);
});

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = globSync('{audit,bootstrap,cli,forge,graph,policy,stacks}/**/*.{ts,js,cjs}', { cwd: root })
  .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
  .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);

test('no sentence of the program names a page in another way', () => {
  expect(sources.length).toBeGreaterThan(400);
  const isComment = (line: string) => /^\s*(\/\/|\/?\*)/.test(line);
  const found = sources.flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line) => (!isComment(line) && /\bdocs\/[\w-]+[/.]\w/.test(line) ? [`${path}: ${line}`] : [])),
  );
  expect(found).toEqual([]);
});

test('each page that is named is there', () => {
  const pages = sources.flatMap(([, text]) =>
    [...text.matchAll(/\blocatePage\('([^']+)'/g)].map(([, page = '']) => page),
  );
  expect(pages.length).toBeGreaterThan(10);
  const there = globSync('**/*.md', { cwd: join(root, 'docs') });
  expect(pages.filter((page) => !there.includes(page))).toEqual([]);
});
