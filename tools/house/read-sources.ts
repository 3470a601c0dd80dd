// The TypeScript and JavaScript files that git knows or will know, with their texts.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { SourceText } from './figures.ts';

export async function readSources(isWanted: (path: string) => boolean): Promise<SourceText[]> {
  const { stdout } = await execa('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate']);
  const paths = stdout.split('\n').filter((path) => /\.[cm]?[jt]s$/.test(path) && isWanted(path));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => null)));
  // A file that is moved and not yet added is listed under its old name, too.
  return paths.flatMap((path, at) => (texts[at] == null ? [] : [{ path, text: texts[at] }]));
}

/** What the figures are about: no tests, fixtures, benchmarks. */
export function readProductSources(): Promise<SourceText[]> {
  return readSources((path) => path.endsWith('.ts') && !/\.(test|fixture)\.ts$|^(bench|e2e)\//.test(path));
}
