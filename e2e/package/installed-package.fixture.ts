// The package as a stranger has it: built, packed, and installed in an empty folder from its tarball and the registry.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '..', '..');

/** `npm run package` into a new folder. Returns the tarballs by the package's name, such as `dormant`. */
export async function packAll(): Promise<{ folder: string; dormant: string; emulator: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-packages-'));
  const { stdout } = await execa('node', [join(root, 'tools/package.ts'), folder], { cwd: root });
  const find = (name: string) => join(folder, new RegExp(`dormant-m365-${name}-[\\w.]+\\.tgz`).exec(stdout)?.[0] ?? '');
  return { folder, dormant: find('dormant'), emulator: find('emulator') };
}

/** The folder that it is installed in, as the workflows install: without what is for developers. */
export async function installPackages(...tarballs: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-installed-'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--omit=dev', '--omit=optional', '--ignore-scripts', '--prefer-offline', '--no-audit'];
  await execa('npm', [...args, ...tarballs], { cwd: folder });
  return folder;
}
