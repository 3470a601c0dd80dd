// The upgrade itself, by the newer of the two versions, which knows what has changed: in a work tree, as one commit.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import Type from 'typebox';
import { createGit, type Git } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { isPeopleFile } from '../../policy/files/people-file.ts';
import { schemas } from '../../policy/schemas/file-kinds.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { packageName } from '../new-repository/render-files.ts';
import { runNpm } from '../new-repository/run-npm.ts';
import { isOlder, selectChanges } from './changelog.ts';
import { type CopiedFiles, listCopiedFiles, type ProductFiles } from './copied-files.ts';
import { mergeGenerated } from './merge-generated.ts';
import { migrateYaml, migrations, type WrittenKind } from './migrate-yaml.ts';
import { type ReleasedPackage, writeBeginning } from './released-package.ts';
import { type NamedFile, renderUpgrade } from './render-upgrade.ts';
import { upgradeManifest } from './upgrade-manifest.ts';
import { readText } from './upgraded-repository.ts';

/** What the version that was asked hands to the newer one; both are installed. */
export interface UpgradeOrder {
  /** The repository's own folder, for paths. */
  repository: string;
  /** A work tree of it at main's tip, on the new branch. */
  tree: string;
  /** A new folder for what is needed on the way. */
  scratch: string;
  name: string;
  /** null: the code is a copy. */
  before: ReleasedPackage | null;
  after: ReleasedPackage;
  /** What package.json is to name: a version, or `file:` with a tarball. */
  source: string;
}

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
    ...(await migrateWrittenFiles(order, git)),
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
  return (await readText(join(folder, 'CHANGELOG.md'))) ?? '';
}

/** What people write by themselves from the first day on: new defaults are not theirs. */
const written: Readonly<Record<string, WrittenKind>> = {
  'exemptions.yaml': 'exemptions',
  'policy/policy.yaml': 'policy',
  'policy/prices.yaml': 'prices',
};

const manifestPath = 'package.json';

async function mergeGeneratedFiles(order: UpgradeOrder, copied: CopiedFiles | null): Promise<NamedFile[]> {
  const { tree, scratch, name, before, after, source } = order;
  const [base, theirs] = [join(scratch, 'base', name), join(scratch, 'theirs', name)];
  if (before !== null) await writeBeginning(before, base, source);
  await writeBeginning(after, theirs, source);
  const earlier = copied === null ? await listFiles(base) : copied.unchanged;
  const files: NamedFile[] = [];
  for (const path of [...new Set([...earlier, ...(await listFiles(theirs))])].sort()) {
    const [ours, wanted] = await Promise.all([readText(join(tree, path)), readText(join(theirs, path))]);
    if (path === manifestPath || (path in written && (copied === null || ours !== null))) continue;
    const known = copied === null ? await readText(join(base, path)) : null;
    const versions = { base: copied?.unchanged.includes(path) ? ours : known, ours, theirs: wanted };
    const outcome = await mergeGenerated(versions, (texts) => mergeTexts(scratch, texts));
    if (outcome.kind === 'unchanged') continue;
    files.push({ path, kind: outcome.kind, ...(outcome.kind === 'left' ? { because: outcome.because, wanted } : {}) });
    if (outcome.kind === 'removed') await rm(join(tree, path));
    if ('text' in outcome) await write(tree, path, outcome.text);
  }
  return files;
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll('\\', '/'));
}

async function write(tree: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), text);
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

const anything = Type.Object({});

async function migrateWrittenFiles({ tree }: UpgradeOrder, git: Git): Promise<NamedFile[]> {
  const tenants = (await listTracked(git)).filter((path) => /^stacks\/[^/]+\/tenant\.yaml$/.test(path));
  const kinds: Record<string, WrittenKind> = {
    ...written,
    ...Object.fromEntries(tenants.map((path) => [path, 'tenant'])),
  };
  const files: NamedFile[] = [];
  for (const [path, kind] of Object.entries(kinds)) {
    const text = await readText(join(tree, path));
    if (text === null) continue;
    const migrated = migrateYaml(parseYaml(anything, path, text), migrations[kind]);
    parseYaml(schemas[kind], path, migrated.text);
    if (migrated.done.length === 0) continue;
    await write(tree, path, migrated.text);
    files.push({ path, kind: 'migrated', because: migrated.done.map(({ does }) => does).join('; ') });
  }
  return files;
}

async function listTracked(git: Git): Promise<string[]> {
  return (await git.run(['ls-files', '-z'])).split('\0').filter(Boolean);
}

async function writeManifest({ tree, scratch, name, before, source }: UpgradeOrder): Promise<void> {
  const read = async (folder: string) => JSON.parse((await readText(join(folder, manifestPath))) ?? '{}');
  const theirs = await read(join(scratch, 'theirs', name));
  const base = before === null ? null : await read(join(scratch, 'base', name));
  const manifest =
    base === null ? theirs : upgradeManifest({ base, ours: await read(tree), theirs, packageName, source });
  await write(tree, manifestPath, `${JSON.stringify(manifest, null, 2)}\n`);
}

const lockfile = 'package-lock.json';

/** A tarball's path is written as it is from the repository, and not from here. */
async function writeLockfile({ repository, tree, before, source }: UpgradeOrder): Promise<void> {
  if (before === null) await rm(join(tree, lockfile), { force: true });
  await runNpm(['install', '--package-lock-only', '--ignore-scripts', '--prefer-offline'], tree, {
    failed: `npm could not write ${lockfile}`,
    remedy: 'Try again where the registry is reachable; nothing was changed.',
  });
  if (!source.startsWith('file:')) return;
  const tarball = source.slice('file:'.length);
  const text = (await readText(join(tree, lockfile))) ?? '';
  const toSpec = (from: string) => `file:${relative(from, tarball)}`;
  await write(tree, lockfile, text.replaceAll(toSpec(tree), toSpec(repository)));
}

/** Facts are written by audits, and by nobody else. */
async function requireAccountsUntouched(git: Git): Promise<void> {
  const changed = (await git.run(['diff', '--cached', '--name-only', '-z', 'HEAD'])).split('\0');
  const touched = changed.filter((path) => isPeopleFile(path) && path !== 'exemptions.yaml');
  if (touched.length > 0)
    throw new DormantError('upgrade-stopped', `The upgrade would change ${touched.join(', ')}, which it never does.`);
}

/** Where a file has a format that the older version does not read, going back would end in its first run. */
async function requireReadable({ tree, before, after }: UpgradeOrder, git: Git): Promise<void> {
  const lost: string[] = [];
  for (const path of await listTracked(git)) {
    const kind = findKind(path);
    const format = /^format: (\d+)/m.exec(kind === null ? '' : ((await readText(join(tree, path))) ?? ''))?.[1];
    if (kind !== null && Number(format ?? 1) > after.formats[kind]) lost.push(`${path} (format ${format})`);
  }
  if (before !== null && before.formats.state > after.formats.state)
    lost.push(`the state of each stack, as soon as ${before.version} has applied it (format ${before.formats.state})`);
  if (lost.length === 0) return;
  throw new DormantError('downgrade-loses', `${after.version} cannot read ${lost.join(', ')}.`, {
    remedy: `Stay on ${before?.version}; or revert the merge of its upgrade before its first apply and audit.`,
  });
}

function findKind(path: string): Exclude<keyof ReleasedPackage['formats'], 'state'> | null {
  if (path in written) return written[path] ?? null;
  if (/^stacks\/[^/]+\/tenant\.yaml$/.test(path)) return 'tenant';
  if (/^stacks\/[^/]+\/escalations\.yaml$/.test(path)) return 'escalations';
  return /^stacks\/[^/]+\/(accounts|archive)\/.+\.yaml$/.test(path) ? 'account' : null;
}

async function findCopiedFiles({ after }: UpgradeOrder, git: Git): Promise<CopiedFiles> {
  const path = join(after.folder, 'cli/upgrade/product-files.json');
  const product: ProductFiles = JSON.parse((await readText(path)) ?? '{}');
  return listCopiedFiles(parseStaged(await git.run(['ls-files', '--stage', '-z'])), product);
}

/** The code of the copy goes, in whatever version it is; what a team has changed in it is named. */
async function removeCopiedCode(tree: string, { removed, changed }: CopiedFiles): Promise<NamedFile[]> {
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
