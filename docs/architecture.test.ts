// The tables of the architecture page, held against the tree: what moves has to move there, too.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { getTopFolder, isProductFile } from '../tools/architecture/import-graph.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const rows = [...page.matchAll(/^\| `([\w./-]+\/)` \| .+ \| (.+) \|$/gm)].map(([, folder = '', cell = '']) => ({
  folder,
  files: [...cell.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
}));

test('every top folder with product code has one row, and no other has', () => {
  const paths = globSync('*/**/*.ts', {
    cwd: root,
    exclude: (name) => ['node_modules', 'out'].includes(name),
  });
  const folders = new Set(paths.filter(isProductFile).map((path) => `${getTopFolder(path)}/`));
  expect(rows.map(({ folder }) => folder).sort()).toEqual([...folders].sort());
});

test.each(rows)('$folder names a file to open first that is in it', ({ folder, files }) => {
  expect(files).not.toEqual([]);
  for (const file of files)
    expect([file, file.startsWith(folder), existsSync(join(root, file))]).toEqual([file, true, true]);
});

/** The rows of a section's table, each cell without its backticks. */
function readTable(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('every rule has one file, and a test that shows it', () => {
  const rules = readTable('The rules and their files');
  expect(rules).toHaveLength(16);
  expect(new Set(rules.map(([, file]) => file)).size).toBe(rules.length);
  for (const [, file = '', shownBy = ''] of rules) {
    const [, testFile = '', title = ''] = /^(\S+\.test\.ts): "(.+)"$/.exec(shownBy) ?? [];
    expect([file, existsSync(join(root, file))]).toEqual([file, true]);
    expect([title, read(testFile).includes(`'${title}'`)]).toEqual([title, true]);
  }
});

test('an account has at most nine shapes on its way to a write, each exported by its file', () => {
  const shapes = readTable('The shapes of an account');
  expect(shapes.length).toBeGreaterThan(1);
  expect(shapes.length).toBeLessThanOrEqual(9);
  for (const [shape = '', file = ''] of shapes)
    expect([shape, new RegExp(`^export (interface|type) ${shape}\\b`, 'm').test(read(file))]).toEqual([shape, true]);
});
