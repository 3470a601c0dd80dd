// `npm run package [-- <folder>]`: builds what is published, and packs it: the same commit makes the same bytes.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildPackage } from './package/build-package.ts';
import { type PackageName, packages } from './package/package-contents.ts';

const [folder = join(import.meta.dirname, '..', 'out', 'packages')] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
for (const name of Object.keys(packages) as PackageName[]) {
  await buildPackage(name, join(folder, name));
  const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
  const { stdout } = await execa('npm', args, { cwd: join(folder, name) });
  const [packed] = JSON.parse(stdout);
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  console.log(
    `${packed.filename}: ${packed.entryCount} files, ${megabytes(packed.size)} MB packed, ${megabytes(packed.unpackedSize)} MB installed, ${packed.shasum}`,
  );
}
