// What a build has made, by its hashes: what is published has to be that and nothing else.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 in hexadecimal by path. */
export type Hashes = Readonly<Record<string, string>>;

/** Every tarball in `packages/`, and the bill of materials. */
export async function hashFiles(folder: string): Promise<Hashes> {
  const names = (await readdir(join(folder, 'packages'))).filter((name) => name.endsWith('.tgz')).sort();
  const paths = [...names.map((name) => `packages/${name}`), 'sbom.cdx.json'];
  const hashes = paths.map(async (path) => [path, await hashFile(join(folder, path))] as const);
  return Object.fromEntries(await Promise.all(hashes));
}

/** One sentence each; empty: what was found is what was built. */
export function findDifferences(built: Hashes, found: Hashes): string[] {
  const paths = [...new Set([...Object.keys(built), ...Object.keys(found)])];
  return paths
    .filter((path) => built[path] !== found[path])
    .map((path) => `${path} was built as ${built[path] ?? 'no file'}, and is ${found[path] ?? 'no file'} now.`);
}

async function hashFile(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
