// For tests: a temporary repository with the policy, prices and exemptions that every one begins with.
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ScratchRepository {
  root: string;
  read(path: string): Promise<string>;
  /** Every file below the root, sorted, with its text: equal before and after means that nothing was changed. */
  everything(): Promise<[string, string][]>;
  remove(): Promise<void>;
}

const shipped = fileURLToPath(new URL('../../policy/defaults', import.meta.url));

export async function aRepository(): Promise<ScratchRepository> {
  const root = await mkdtemp(join(tmpdir(), 'dormant-init-'));
  await mkdir(join(root, 'policy'));
  for (const path of ['policy/policy.yaml', 'policy/prices.yaml', 'exemptions.yaml'])
    await cp(join(shipped, basename(path)), join(root, path));
  const read = (path: string) => readFile(join(root, path), 'utf8');
  return {
    root,
    read,
    async everything() {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1));
      return Promise.all(paths.sort().map(async (path): Promise<[string, string]> => [path, await read(path)]));
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
