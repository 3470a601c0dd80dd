// What the workflows install beside a credential, in a folder that has nothing else. `npm ci` at the root removes it with node_modules.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { runWithMachineLock } from '../../stacks/engine/pulumi-cli/machine-lock.ts';
import { productionInstall } from '../../tools/production-packages.ts';
import { repositoryRoot } from './adopt-repository.fixture.ts';

/** Made once for each lockfile, because it takes a quarter of a minute. Returns its node_modules. */
export async function installForProduction(): Promise<string> {
  const folder = join(repositoryRoot, 'node_modules', '.cache', 'production');
  const files = ['package.json', 'package-lock.json', '.npmrc', 'emulator/package.json'];
  const texts = await Promise.all(files.map((name) => readFile(join(repositoryRoot, name))));
  const done = join(
    folder,
    createHash('sha256')
      .update(Buffer.concat([...texts, Buffer.from(productionInstall)]))
      .digest('hex'),
  );
  await runWithMachineLock(
    `${folder}.lock`,
    () => {},
    async () => {
      if (existsSync(done)) return;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await Promise.all(files.map((name) => cp(join(repositoryRoot, name), join(folder, name))));
      const [npm = '', ...args] = productionInstall.split(' ');
      await execa(npm, [...args, '--prefer-offline'], { cwd: folder });
      await writeFile(done, '');
    },
  );
  return join(folder, 'node_modules');
}
