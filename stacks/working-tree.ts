// The repository's files on the disk, for the loader in policy/. Links are refused: a path must lead to the file itself.
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DormantError } from '../policy/errors.ts';
import { getTenantPath, type RepositoryFiles } from '../policy/files/stack-files.ts';

/** Files below `root`; a link or a file that is not a plain one is a `DormantError` with exit code 2. */
export function openWorkingTree(root: string): RepositoryFiles {
  return {
    async list(folder) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(ignoreMissing);
      return (entries ?? []).filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    },
    async read(path) {
      const stats = await lstat(join(root, path)).catch(ignoreMissing);
      if (stats === null) return null;
      if (stats.isFile()) return readFile(join(root, path), 'utf8');
      throw new DormantError('not-a-file', `${path} is not a plain file.`, {
        exitCode: 2,
        where: path,
        remedy: 'Replace the link or folder by the file itself.',
      });
    },
  };
}

/** The stacks of the repository: the folders of stacks/ that hold a tenant.yaml, sorted. */
export async function listStacks(root: string): Promise<string[]> {
  const entries = (await readdir(join(root, 'stacks'), { withFileTypes: true }).catch(ignoreMissing)) ?? [];
  const files = openWorkingTree(root);
  const names: string[] = [];
  for (const { name } of entries.filter((entry) => entry.isDirectory())) {
    if ((await files.read(getTenantPath(name))) !== null) names.push(name);
  }
  return names.sort();
}

function ignoreMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
