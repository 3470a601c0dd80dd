// What people write by hand: migrated by an upgrade, and asked before going back.
import Type from 'typebox';
import type { Git } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
import { schemas } from '../../policy/schemas/file-kinds.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';
import { writeTogether } from '../init/write-together.ts';
import { migrateYaml, migrations, type WrittenKind } from './migrate-yaml.ts';
import type { ReleasedPackage } from './released-package.ts';
import type { NamedFile } from './render-upgrade.ts';
import type { UpgradeOrder } from './upgrade-order.ts';

/** What people write by themselves from the first day on: new defaults are not theirs. */
export const written: Readonly<Record<string, WrittenKind>> = {
  'exemptions.yaml': 'exemptions',
  'policy/policy.yaml': 'policy',
  'policy/prices.yaml': 'prices',
};

const anything = Type.Object({});

/** Throws `InvalidInput` where a file is invalid afterwards. */
export async function migrateWrittenFiles({ tree }: UpgradeOrder): Promise<NamedFile[]> {
  const tenants = (await listStacks(tree)).map((stack) => [getTenantPath(stack), 'tenant'] as const);
  const kinds: Record<string, WrittenKind> = { ...written, ...Object.fromEntries(tenants) };
  const files: NamedFile[] = [];
  for (const [path, kind] of Object.entries(kinds)) {
    const text = await openWorkingTree(tree).read(path);
    if (text === null) continue;
    const migrated = migrateYaml(parseYaml(anything, path, text), migrations[kind]);
    parseYaml(schemas[kind], path, migrated.text);
    if (migrated.done.length === 0) continue;
    await writeTogether(tree, [{ path, text: migrated.text }]);
    files.push({ path, kind: 'migrated', because: migrated.done.map(({ does }) => does).join('; ') });
  }
  return files;
}

/** Where a file has a format that the older version does not read, going back would end in its first run: throws `downgrade-loses`. */
export async function requireReadable({ tree, before, after }: UpgradeOrder, git: Git): Promise<void> {
  const lost: string[] = [];
  for (const path of (await git.run(['ls-files', '-z'])).split('\0')) {
    const kind = findKind(path);
    const format = /^format: (\d+)/m.exec(kind === null ? '' : ((await openWorkingTree(tree).read(path)) ?? ''))?.[1];
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
  if (/^stacks\/[^/]+\/give-back\/[^/]+\.yaml$/.test(path)) return 'give-back';
  return /^stacks\/[^/]+\/(accounts|archive)\/.+\.yaml$/.test(path) ? 'account' : null;
}
