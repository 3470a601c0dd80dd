// Merges two commits into a tree without touching branch or working tree: git's own merge, but for files that are decided.
import { diffCommits } from './branch.ts';
import type { Git } from './git.ts';
import type { BlobChange } from './signature.ts';
import { type FileContent, writeTree } from './write-tree.ts';

export interface MergedTree {
  tree: string;
  /** Files that are not decided, and that git cannot merge. */
  conflicts: string[];
}

/** Renames are not looked for: an edit belongs to its path. */
export async function mergeTrees(
  git: Git,
  { head, main }: { head: string; main: string },
  decided: ReadonlyMap<string, FileContent>,
): Promise<MergedTree> {
  const { stdout } = await git.runForAnswer([
    ...['-c', 'merge.renames=false', 'merge-tree', '--write-tree', '-z', '--name-only', '--no-messages'],
    ...[head, main],
  ]);
  const [merged = '', ...names] = stdout.split('\0').filter(Boolean);
  const conflicts = [...new Set(names)].filter((path) => !decided.has(path));
  return { tree: decided.size === 0 ? merged : await writeTree(git, merged, decided), conflicts };
}

/** What a merge changes against both of its parents, which is all that it says itself. */
export async function listOwnChanges(
  git: Git,
  tree: string,
  { head, main }: { head: string; main: string },
): Promise<BlobChange[]> {
  const againstMain = new Set((await diffCommits(git, main, tree)).map(([path]) => path));
  return (await diffCommits(git, head, tree)).filter(([path]) => againstMain.has(path));
}

/** A file, an executable one, a link. */
const modes = ['100644', '100755', '120000'] as const;

/** One file that a merged tree has and main does not have so. */
export interface MergedFile {
  path: string;
  mode: (typeof modes)[number];
  /** null: the tree does not have it. */
  blob: string | null;
  /** Its text where the merge itself made it, so that no other repository can have the blob; otherwise null. */
  text: string | null;
}

export async function listMergedFiles(
  git: Git,
  tree: string,
  { main, own }: { main: string; own: readonly BlobChange[] },
): Promise<MergedFile[]> {
  const made = new Set(own.map(([path]) => path));
  const known = await readModes(git, tree);
  return Promise.all(
    (await diffCommits(git, main, tree)).map(async ([path, blob]) => {
      const text = blob !== null && made.has(path) ? await git.readBlob(blob) : null;
      return { path, mode: modes.find((mode) => mode === known.get(path)) ?? '100644', blob, text };
    }),
  );
}

async function readModes(git: Git, tree: string): Promise<Map<string, string>> {
  const entries = (await git.run(['ls-tree', '-r', '-z', tree])).split('\0').filter(Boolean);
  return new Map(entries.map((entry) => [entry.slice(entry.indexOf('\t') + 1), entry.slice(0, 6)]));
}
