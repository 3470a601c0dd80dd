// The stacks of a workflow run, as a matrix of GitHub Actions: at most 256, and the number of the run for the next ones.
import type { Static, TSchema } from 'typebox';
import { createGit } from '../../forge/git/git.ts';
import { DormantError } from '../../policy/errors.ts';
import { maxJobs, selectTouchedStacks, splitIntoShards } from '../../policy/files/shards.ts';
import { getTenantPath, policyPath, requireStackName } from '../../policy/files/stack-files.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';

interface MatrixQuery {
  /** Only stacks that changed since this commit; empty or unknown to git: every stack. */
  changedSince?: string;
  /** Only this one; empty: all of them. */
  only?: string;
  /** Only stacks that the policy's calendar or a pause can hold up. */
  withCalendar?: boolean;
  /** Only stacks that keep records, where the policy says for how long. */
  withRecords?: boolean;
  /** The first is 1. */
  shard: number;
  /** Stacks in a shard, for tests. */
  most?: number;
}

export interface Matrix {
  stacks: string[];
  /** The next shard's number; null if this is the last one. */
  more: number | null;
}

/** Throws `stack-name` for a folder of stacks/ whose name could mean something else in a workflow. */
export async function buildMatrix(
  repo: string,
  { changedSince = '', only = '', withCalendar = false, withRecords = false, shard, most = maxJobs }: MatrixQuery,
): Promise<Matrix> {
  const all = await listStacks(repo);
  for (const stack of all) requireStackName(stack);
  if (only !== '') return { stacks: [requireAmong(all, only)], more: null };
  const changed = await listChangedPaths(repo, changedSince);
  const touched = changed === null ? all : selectTouchedStacks(changed, all);
  const heldUp = withCalendar ? await selectHeldUp(repo, touched) : touched;
  const shards = splitIntoShards(withRecords ? await selectErasing(repo, heldUp) : heldUp, most);
  return { stacks: shards[shard - 1] ?? [], more: shard < shards.length ? shard + 1 : null };
}

/** Every stack where the policy cannot be read: its own job reports that. */
async function selectHeldUp(repo: string, stacks: readonly string[]): Promise<string[]> {
  const policy = await readSettings(repo, Policy, policyPath);
  if (policy === null || policy.calendar !== undefined || policy.paused !== undefined) return [...stacks];
  const tenants = await Promise.all(stacks.map((stack) => readSettings(repo, Tenant, getTenantPath(stack))));
  return stacks.filter((_, at) => tenants[at] === null || tenants[at]?.paused !== undefined);
}

/** The same. */
async function selectErasing(repo: string, stacks: readonly string[]): Promise<string[]> {
  const policy = await readSettings(repo, Policy, policyPath);
  if (policy !== null && policy.privacy?.eraseAfterDays === undefined) return [];
  const tenants = await Promise.all(stacks.map((stack) => readSettings(repo, Tenant, getTenantPath(stack))));
  return stacks.filter((_, at) => tenants[at] === null || tenants[at]?.records !== undefined);
}

function requireAmong(all: readonly string[], only: string): string {
  if (all.includes(only)) return only;
  throw new DormantError('input', `There is no stack "${only}".`, {
    exitCode: 2,
    remedy: `Name one of ${all.join(', ') || 'stacks/, which is empty'}.`,
  });
}

/** null: it is unknown what changed, so everything may have. */
async function listChangedPaths(repo: string, since: string): Promise<string[] | null> {
  const git = createGit(repo);
  if (since === '' || since.startsWith('-') || /^0+$/.test(since)) return null;
  if ((await git.runOrNull(['rev-parse', '--verify', '--quiet', `${since}^{commit}`])) === null) return null;
  return (await git.run(['diff', '--name-only', '-z', '--no-renames', since, 'HEAD'])).split('\0').filter(Boolean);
}

/** Stacks whose app reads several tenants, by the app's id: Microsoft counts its reads of sign-ins over all of them. */
export async function findSharedApps(repo: string, stacks: readonly string[]): Promise<Map<string, string[]>> {
  const byApp = new Map<string, string[]>();
  for (const stack of stacks) {
    const app = (await readSettings(repo, Tenant, getTenantPath(stack)))?.audit.clientId;
    if (app !== undefined) byApp.set(app, [...(byApp.get(app) ?? []), stack]);
  }
  return new Map([...byApp].filter(([, shared]) => shared.length > 1));
}

/** null for a file that cannot be read: the stack's own job reports it. */
async function readSettings<T extends TSchema>(repo: string, schema: T, path: string): Promise<Static<T> | null> {
  try {
    return parseYaml(schema, path, (await openWorkingTree(repo).read(path)) ?? '').value;
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}
