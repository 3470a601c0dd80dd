// Which Dormant a repository runs: the package that it names, or the code that it has copied.
import { basename, isAbsolute, join, resolve } from 'node:path';
import { DormantError } from '../../policy/errors.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { packageName } from '../new-repository/render-files.ts';

export interface UpgradedRepository {
  /** As its package.json has it; what the new version generates names it so. */
  name: string;
  /** What npm is asked for to have the version before; null: the code is a copy. */
  source: string | null;
}

/** `tree`: a work tree of it; `repository`: its own folder, from which its relative paths count. Throws `no-dormant` (exit code 2). */
export async function readUpgradedRepository(tree: string, repository: string): Promise<UpgradedRepository> {
  const files = openWorkingTree(tree);
  const manifest = JSON.parse((await files.read('package.json')) ?? '{}');
  const source = manifest.dependencies?.[packageName];
  const isCopy = source === undefined && (await files.read('stacks/index.ts')) !== null;
  if (source === undefined && !isCopy)
    throw new DormantError(
      'no-dormant',
      `${repository} does not run Dormant: its package.json names no ${packageName}.`,
      {
        exitCode: 2,
        where: join(repository, 'package.json'),
        remedy:
          'Run it in the repository that `dormant init --new` has made, or in a copy of Dormant’s own; or name that with --repo.',
      },
    );
  if (isCopy) return { name: basename(resolve(repository)), source: null };
  return {
    name: String(manifest.name ?? basename(repository)),
    source: resolveFileSource(String(source), repository),
  };
}

/** npm takes a path for the folder that it runs in, which is another one here. */
function resolveFileSource(source: string, repository: string): string {
  const path = source.startsWith('file:') ? source.slice('file:'.length) : null;
  return path === null || isAbsolute(path) ? source : `file:${resolve(repository, path)}`;
}
