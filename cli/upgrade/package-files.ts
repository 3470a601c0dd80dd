// package.json and its lockfile, for another version.
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { writeTogether } from '../init/write-together.ts';
import { packageName } from '../new-repository/render-files.ts';
import { runNpm } from '../new-repository/run-npm.ts';
import { upgradeManifest } from './upgrade-manifest.ts';
import type { UpgradeOrder } from './upgrade-order.ts';

export const manifestPath = 'package.json';

/** From what `mergeGeneratedFiles` has left in `scratch`. */
export async function writeManifest({ tree, scratch, name, before, source }: UpgradeOrder): Promise<void> {
  const read = async (folder: string) => JSON.parse((await openWorkingTree(folder).read(manifestPath)) ?? '{}');
  const theirs = await read(join(scratch, 'theirs', name));
  const base = before === null ? null : await read(join(scratch, 'base', name));
  const manifest =
    base === null ? theirs : upgradeManifest({ base, ours: await read(tree), theirs, packageName, source });
  await writeTogether(tree, [{ path: manifestPath, text: `${JSON.stringify(manifest, null, 2)}\n` }]);
}

const lockfile = 'package-lock.json';

/** A tarball's path is written as it is from the repository, and not from here. */
export async function writeLockfile({ repository, tree, before, source }: UpgradeOrder): Promise<void> {
  if (before === null) await rm(join(tree, lockfile), { force: true });
  await runNpm(['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline'], tree, {
    failed: `npm could not write ${lockfile}`,
    remedy: 'Try again where the registry is reachable; nothing was changed.',
  });
  if (!source.startsWith('file:')) return;
  const tarball = source.slice('file:'.length);
  const text = (await openWorkingTree(tree).read(lockfile)) ?? '';
  const toSpec = (from: string) => `file:${relative(from, tarball)}`;
  await writeTogether(tree, [{ path: lockfile, text: text.replaceAll(toSpec(tree), toSpec(repository)) }]);
}
