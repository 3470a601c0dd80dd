import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileSources } from './compile-sources.ts';

test('what is compiled is the same wherever it is written, and a map names the source that it holds', async () => {
  const rootFolder = await mkdtemp(join(tmpdir(), 'dormant-compile-'));
  await writeFile(join(rootFolder, 'tsconfig.json'), '{ "compilerOptions": { "module": "nodenext", "types": [] } }');
  await writeFile(join(rootFolder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(rootFolder, 'answer.ts'), 'export const answer: number = 42;\n');
  const maps: string[] = [];
  for (const outFolder of [join(rootFolder, 'out'), join(rootFolder, 'out/two/deeper')]) {
    compileSources(join(rootFolder, 'tsconfig.json'), { rootFolder, outFolder, entries: ['answer.ts'] });
    maps.push(await readFile(join(outFolder, 'answer.js.map'), 'utf8'));
  }
  expect(maps[1]).toBe(maps[0]);
  expect(JSON.parse(maps[0] ?? '')).toMatchObject({
    sources: ['answer.ts'],
    sourcesContent: ['export const answer: number = 42;\n'],
  });
  await rm(rootFolder, { recursive: true });
});
