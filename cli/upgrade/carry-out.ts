// The upgrade itself, by the newer of the two versions, which knows what has changed: in a work tree, as one commit.
import { createGit, type Git } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { isPeopleFile } from '../../policy/files/people-file.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { isOlder, selectChanges } from './changelog.ts';
import { findCopiedFiles, mergeGeneratedFiles, removeCopiedCode } from './generated-files.ts';
import { writeLockfile, writeManifest } from './package-files.ts';
import type { ReleasedPackage } from './released-package.ts';
import { type NamedFile, renderUpgrade } from './render-upgrade.ts';
import type { UpgradeOrder } from './upgrade-order.ts';
import { migrateWrittenFiles, requireReadable } from './written-files.ts';

export interface UpgradeResult {
  title: string;
  /** Markdown. */
  body: string;
  files: NamedFile[];
}

/** Throws `InvalidInput` where a file of the team's is invalid after its migration, and `downgrade-loses`. */
export async function carryOut(order: UpgradeOrder): Promise<UpgradeResult> {
  const { tree, before, after } = order;
  const git = createGit(tree);
  const isDowngrade = before !== null && isOlder(after.version, before.version);
  if (isDowngrade) await requireReadable(order, git);
  const copied = before === null ? await findCopiedFiles(order, git) : null;
  const files = [
    ...(copied === null ? [] : await removeCopiedCode(tree, copied)),
    ...(await mergeGeneratedFiles(order, copied)),
    ...(await migrateWrittenFiles(order)),
  ];
  await writeManifest(order);
  await writeLockfile(order);
  await git.run(['add', '--all']);
  await requireAccountsUntouched(git);
  const sections = isDowngrade
    ? selectChanges(await readChangelog(before), after.version, before.version)
    : selectChanges(await readChangelog(after), before?.version ?? '0.0.0', after.version);
  const text = renderUpgrade({ from: before?.version ?? null, to: after.version, isDowngrade, sections, files });
  await git.run(['commit', '--quiet', '--no-verify', `--message=${text.title}`]);
  return { ...text, files };
}

async function readChangelog({ folder }: ReleasedPackage): Promise<string> {
  return (await openWorkingTree(folder).read('CHANGELOG.md')) ?? '';
}

/** Facts are written by audits, and by nobody else. */
async function requireAccountsUntouched(git: Git): Promise<void> {
  const changed = (await git.run(['diff', '--cached', '--name-only', '-z', 'HEAD'])).split('\0');
  const touched = changed.filter((path) => isPeopleFile(path) && path !== 'exemptions.yaml');
  if (touched.length > 0)
    throw new DormantError('upgrade-stopped', `The upgrade would change ${touched.join(', ')}, which it never does.`);
}
