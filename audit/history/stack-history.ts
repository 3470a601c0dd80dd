// Every version of a stack's account files in a commit's first-parent history, read in one pass.
import { readBlobs } from '../../forge/git/blobs.ts';
import { type FileHistoryEntry, readFileHistory, readFirstParentLine } from '../../forge/git/file-history.ts';
import { requireFullHistory } from '../../forge/git/full-history.ts';
import { createGit } from '../../forge/git/git.ts';
import { buildLineVersions } from '../../forge/git/main-line.ts';
import { getAccountsFolder, getArchiveFolder } from '../../policy/files/account-file.ts';
import { createVersionReader, type MainLine, type ReadVersion } from '../../policy/signing/main-line.ts';
import { createBlobReader, type ReadBlob } from './read-blob.ts';

export interface StackHistory {
  /** Path → blob, of `accounts/`. */
  present: ReadonlyMap<string, string>;
  /** The same, of `archive/`. */
  archived: ReadonlyMap<string, string>;
  /** Those of `accounts/`, the latest first. */
  changes: readonly FileHistoryEntry[];
  /** Every version ever of both folders, by blob. */
  texts: ReadonlyMap<string, string>;
  /** Of both folders. */
  line: MainLine;
  /** Each text is read once, whoever asks. */
  read: ReadVersion;
  readBlob: ReadBlob;
}

/** Throws `shallow-clone`. */
export async function readStackHistory(repository: string, ref: string, stack: string): Promise<StackHistory> {
  await requireFullHistory(repository);
  const [accounts, archive] = [`${getAccountsFolder(stack)}/`, `${getArchiveFolder(stack)}/`];
  const [present, archived, all, places] = await Promise.all([
    listYamlFiles(repository, ref, accounts),
    listYamlFiles(repository, ref, archive),
    readFileHistory(repository, ref, accounts, archive),
    readFirstParentLine(repository, ref),
  ]);
  const old = all.flatMap(({ before, after }) => [before, after].filter((blob) => blob !== null));
  const texts = await readBlobs(repository, [...present.values(), ...archived.values(), ...old]);
  const changes = all.filter(({ path }) => path.startsWith(accounts));
  const line = { versions: buildLineVersions(all, { texts, places }), places };
  const read = createVersionReader();
  return { present, archived, changes, texts, line, read, readBlob: createBlobReader(texts, read) };
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
