// The table of folders in the architecture page, held against the tree: what moves has to move there, too.
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
