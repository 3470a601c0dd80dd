// What `dormant verify` is given: a folder that a store was copied into, the folder of one stack in it, or a stack of this repository.
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { openRecordStore } from '../../forge/store/open-record-store.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { DormantError } from '../../policy/errors.ts';
import { getTenantPath, loadTenant } from '../../policy/files/stack-files.ts';
import { recordFolders } from '../../policy/records/places.ts';
import type { RecordKey } from '../../policy/schemas/records.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { listEntries } from '../list-entries.ts';
import { requireRecords } from './add-record.ts';

export interface LocatedRecords {
  store: RecordStore;
  stack: string;
  /** Whether a tenant.yaml says which keys to trust, and which; null: only the records themselves do. */
  trusted: { path: string; keys: readonly RecordKey[] } | null;
}

interface Where {
  repo: string;
  /** `--stack`, where a folder has records of several. */
  stack?: string;
  /** `--tenant`: the tenant.yaml with the keys to trust. */
  tenant?: string;
  env: NodeJS.ProcessEnv;
}

/** Throws `record` (exit code 2) where there are no records, or of several stacks without `--stack`. */
export async function locateRecords(named: string, where: Where): Promise<LocatedRecords> {
  const { repo, env } = where;
  const path = resolve(named);
  if (await isThere(path)) {
    const { root, stack } = await findFolder(path, where.stack);
    const store = await openRecordStore({ folder: root }, { root, cloud: 'global', env });
    return { store, stack, trusted: await readTrustedKeys(where, stack) };
  }
  if (!(await isThere(join(repo, getTenantPath(named))))) throw createAbsentError(named);
  const tenant = await loadTenant(openWorkingTree(repo), named);
  const records = requireRecords({ stack: named, tenant });
  const store = await openRecordStore(records.store, { root: repo, cloud: tenant.value.cloud, env });
  return { store, stack: named, trusted: await readTrustedKeys(where, named) };
}

/** A record's own file, the folder of a stack, or one with such folders. */
async function findFolder(path: string, stack: string | undefined): Promise<{ root: string; stack: string }> {
  const folder = basename(dirname(path)) === recordFolders.chain ? dirname(dirname(path)) : path;
  if (await isThere(join(folder, recordFolders.chain))) return { root: dirname(folder), stack: basename(folder) };
  const names = await listEntries(folder);
  const kept: string[] = [];
  for (const name of names.sort()) if (await isThere(join(folder, name, recordFolders.chain))) kept.push(name);
  const [only, ...others] = stack === undefined ? kept : kept.filter((name) => name === stack);
  if (only !== undefined && others.length === 0) return { root: folder, stack: only };
  if (kept.length === 0) throw createAbsentError(path);
  throw new DormantError('record', `${path} has the records of ${kept.join(', ')}.`, {
    exitCode: 2,
    remedy: 'Name one with --stack.',
  });
}

async function readTrustedKeys({ repo, tenant }: Where, stack: string): Promise<LocatedRecords['trusted']> {
  const path = tenant === undefined ? join(repo, getTenantPath(stack)) : resolve(tenant);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text !== null) return { path, keys: parseYaml(Tenant, path, text).value.records?.keys ?? [] };
  if (tenant === undefined) return null;
  throw new DormantError('missing-file', 'The tenant.yaml with the keys cannot be read.', {
    exitCode: 2,
    where: path,
    remedy: 'Give the path of a stack’s tenant.yaml, such as one that `git show` has written.',
  });
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

function createAbsentError(named: string): DormantError {
  return new DormantError('record', `There are no records in ${named}, and it is no stack of this repository.`, {
    exitCode: 2,
    remedy: 'Give the folder that the store was copied into: it has a folder for each stack, with `chain` in it.',
  });
}
