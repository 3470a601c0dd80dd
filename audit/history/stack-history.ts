// Every version of a stack's account files in a commit's first-parent history, read in one pass.
import { readBlobs } from '../../forge/git/blobs.ts';
import { type FileHistoryEntry, readFileHistory } from '../../forge/git/file-history.ts';
import { createGit } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { getAccountsFolder } from '../../policy/files/account-file.ts';

export interface StackHistory {
  /** Path → blob. */
  present: ReadonlyMap<string, string>;
  changes: readonly FileHistoryEntry[];
  /** Every version ever, by blob. */
  texts: ReadonlyMap<string, string>;
}

/** Throws `shallow-clone`. */
export async function readStackHistory(repository: string, ref: string, stack: string): Promise<StackHistory> {
  await requireFullHistory(repository);
  const folder = `${getAccountsFolder(stack)}/`;
  const [present, changes] = await Promise.all([
    listYamlFiles(repository, ref, folder),
    readFileHistory(repository, ref, folder),
  ]);
  const old = changes.flatMap(({ before }) => before ?? []);
  return { present, changes, texts: await readBlobs(repository, [...present.values(), ...old]) };
}

async function requireFullHistory(repository: string): Promise<void> {
  if ((await createGit(repository).run(['rev-parse', '--is-shallow-repository'])) !== 'true') return;
  throw new DormantError(
    'shallow-clone',
    'This clone does not have the full history, which shows how long a stage has lasted.',
    {
      where: repository,
      remedy: 'Run `git fetch --unshallow`, or set `fetch-depth: 0` of actions/checkout.',
    },
  );
}

/** Path → blob of the YAML files at `paths`; a folder ends in `/`. */
export async function listYamlFiles(repository: string, ref: string, ...paths: string[]): Promise<Map<string, string>> {
  const listing = await createGit(repository).run(['ls-tree', '-z', `${ref}^{commit}`, '--', ...paths]);
  const files = new Map<string, string>();
  for (const line of listing.split('\0')) {
    const [, type, blob, path] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
    if (type === 'blob' && blob && path?.endsWith('.yaml')) files.set(path, blob);
  }
  return files;
}
