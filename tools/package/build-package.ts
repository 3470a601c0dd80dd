// One package, built into a folder from what git knows: nothing that only lies about can get into it.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { readCommit } from '../../cli/version.ts';
import { buildManifest } from './build-manifest.ts';
import { buildShrinkwrap } from './build-shrinkwrap.ts';
import { compileSources } from './compile-sources.ts';
import { type PackageContents, type PackageName, packages } from './package-contents.ts';

const root = join(import.meta.dirname, '..', '..');

/** Builds it anew in `folder`. Throws what the compiler says. */
export async function buildPackage(name: PackageName, folder: string): Promise<void> {
  const contents: PackageContents = packages[name];
  const from = join(root, contents.folder);
  await rm(folder, { recursive: true, force: true });
  compileSources(join(root, 'tsconfig.json'), { rootFolder: from, outFolder: folder, entries: contents.entries });
  for (const path of await listAssets(from, contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(from, path), join(folder, path));
  }
  await copyFile(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const commit = await readCommit();
  if (commit === null) throw new Error('A package is built from a commit, and this is no clone of a repository.');
  const manifest = buildManifest(JSON.parse(await readFile(join(from, 'package.json'), 'utf8')), commit);
  await writeJson(join(folder, 'package.json'), manifest);
  if (contents.folder !== '') return;
  await writeJson(join(folder, 'cli/upgrade/product-files.json'), await listProductFiles());
  const lockfile = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  await writeJson(join(folder, 'npm-shrinkwrap.json'), buildShrinkwrap(lockfile, manifest));
}

/** Blob by path, of this commit: by it an upgrade tells what in a copy of this repository is not the team's. */
async function listProductFiles(): Promise<Record<string, string>> {
  const { stdout } = await execa('git', ['ls-tree', '-r', '-z', 'HEAD'], { cwd: root });
  const lines = stdout.split('\0').filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/)[2] ?? '']));
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

async function listAssets(from: string, { assets, omitted }: PackageContents): Promise<string[]> {
  const { stdout } = await execa('git', ['ls-files', '-z', '--', ...assets], { cwd: from });
  return stdout
    .split('\0')
    .filter((path) => path !== '' && !path.endsWith('.ts') && !omitted.some((pattern) => pattern.test(path)));
}
