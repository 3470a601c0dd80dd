// What Dormant generates, and the code that a team had copied: brought to the new version, file by file.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createGit, type Git } from '../../forge/git/git.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { writeTogether } from '../init/write-together.ts';
import { type CopiedFiles, listCopiedFiles, type ProductFiles } from './copied-files.ts';
import { mergeGenerated } from './merge-generated.ts';
import { manifestPath } from './package-files.ts';
import { writeBeginning } from './released-package.ts';
import type { NamedFile } from './render-upgrade.ts';
import type { UpgradeOrder } from './upgrade-order.ts';
import { written } from './written-files.ts';

/** `copied`: what of a copy is Dormant's; null: a team's repository. Leaves what both versions generate in `scratch`. */
export async function mergeGeneratedFiles(order: UpgradeOrder, copied: CopiedFiles | null): Promise<NamedFile[]> {
  const { tree, scratch, name, before, after, source } = order;
  const [base, theirs] = [join(scratch, 'base', name), join(scratch, 'theirs', name)];
  if (before !== null) await writeBeginning(before, base, source);
  await writeBeginning(after, theirs, source);
  const earlier = copied === null ? await listFiles(base) : copied.unchanged;
  const files: NamedFile[] = [];
  for (const path of [...new Set([...earlier, ...(await listFiles(theirs))])].sort()) {
    const [ours, wanted] = await Promise.all([openWorkingTree(tree).read(path), openWorkingTree(theirs).read(path)]);
    if (path === manifestPath || (path in written && (copied === null || ours !== null))) continue;
    const known = copied === null ? await openWorkingTree(base).read(path) : null;
    const versions = { base: copied?.unchanged.includes(path) ? ours : known, ours, theirs: wanted };
    const outcome = await mergeGenerated(versions, (texts) => mergeTexts(scratch, texts));
    if (outcome.kind === 'unchanged') continue;
    files.push({ path, kind: outcome.kind, ...(outcome.kind === 'left' ? { because: outcome.because, wanted } : {}) });
    if (outcome.kind === 'removed') await rm(join(tree, path));
    if ('text' in outcome) await writeTogether(tree, [{ path, text: outcome.text }]);
  }
  return files;
}

/** Without the history that a new repository begins with. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('.git/'));
}

/** By git, as in a merge. null: both change the same lines. */
async function mergeTexts(
  scratch: string,
  texts: { base: string; ours: string; theirs: string },
): Promise<string | null> {
  const folder = await mkdtemp(join(scratch, 'merge-'));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  const { code, stdout } = await createGit(folder).runForAnswer([
    'merge-file',
    '-p',
    '--quiet',
    'ours',
    'base',
    'theirs',
  ]);
  return code === 0 ? `${stdout}\n` : null;
}

export async function findCopiedFiles({ after }: UpgradeOrder, git: Git): Promise<CopiedFiles> {
  const text = await openWorkingTree(after.folder).read('cli/upgrade/product-files.json');
  const product: ProductFiles = JSON.parse(text ?? '{}');
  return listCopiedFiles(parseStaged(await git.run(['ls-files', '--stage', '-z'])), product);
}

/** The code of the copy goes, in whatever version it is; what a team has changed in it is named. */
export async function removeCopiedCode(tree: string, { removed, changed }: CopiedFiles): Promise<NamedFile[]> {
  for (const path of removed) await rm(join(tree, path));
  const because = 'it is not as in the version that the package is of: what you changed in it goes, too';
  return [
    { path: 'the copied code', kind: 'removed', because: `${removed.length} files, which the package brings` },
    ...changed.map((path) => ({ path, kind: 'removed' as const, because })),
  ];
}

/** Path to blob. */
function parseStaged(text: string): Map<string, string> {
  const lines = text.split('\0').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1] ?? '']));
}
