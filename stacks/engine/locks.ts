// What a run finds in its way, and how it is cleared without losing what was done: a lock, which only a person or this file
// removes, pending operations of a killed run, and what an earlier version wrote.
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { ConcurrentUpdateError, type Deployment, type Stack } from '@pulumi/pulumi/automation/index.js';
import { isRunning } from '../../graph/is-running.ts';
import { DormantError } from '../../policy/errors.ts';
import type { CommitMap } from '../../policy/signing/commit-map.ts';
import { formatCount } from '../../policy/words/labels.ts';
import {
  accountType,
  buildInitialOutputs,
  type PackedOutputs,
  packOutputs,
  unpackInputs,
  unpackOutputs,
} from '../account/account-state.ts';
import { type HrNoticeInputs, hrNoticeType } from '../notice/hr-notice-state.ts';
import { type NoticeInputs, noticeType } from '../notice/manager-notice-state.ts';
import type { StateResource } from '../provider/resource.ts';
import { getNameOfUrn, projectName } from '../provider/resource-name.ts';
import type { StackRunOptions } from './engine-plan.ts';
import { migrateResource, renameCommitsOf } from './migrate-state.ts';
import { selectStack } from './workspace.ts';

/** Who holds the stack, as the engine reports it. */
interface StackLock {
  user: string;
  host: string;
  pid: number;
  /** ISO 8601. */
  since: string;
}

/** An operation that was under way when the engine was killed; how far it got is unknown. */
interface PendingOperation {
  urn: string;
  type: string;
}

/** The locks that the engine's refusal names; empty when it failed for another reason. */
export function parseLocks(refusal: string): StackLock[] {
  const line = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  return [...refusal.matchAll(line)].map(([, user = '', host = '', pid = '', since = '']) => ({
    user,
    host,
    pid: Number(pid),
    since,
  }));
}

/** True only where it can be known: it is this host, and no process of that id is running. */
export function isAbandoned({ host, pid }: StackLock): boolean {
  return host === hostname() && !isRunning(pid);
}

/** What an apply writes down about the state before it begins. */
interface Preparation {
  /** Taken out of the state. */
  pending: PendingOperation[];
  /** How many resources an earlier version had written. */
  migrated: number;
}

/**
 * Removes the pending operations from the state, and puts what an earlier version wrote into this version's format, in one
 * write. The provider can run any operation again, so the next update simply does; a pending creation left in would stay for
 * ever. Accounts among them are marked as unsettled, even one that was about to be created: if its file has been reverted
 * since, the next apply checks what was begun, and a killed run's half-done work is not taken for that of a run whose state
 * was lost. A notice among them keeps whom it was about, until it is sent: the tenant does not show whether it has left.
 */
export async function prepareState(stack: Stack, commits: CommitMap = new Map()): Promise<Preparation> {
  const exported = await stack.exportStack();
  const { pending_operations: operations, ...deployment } = exported.deployment ?? {};
  const { resources, pending, migrated } = readDeployment(exported, commits);
  if (pending.length === 0 && migrated === 0) return { pending, migrated };
  await stack.importStack({ ...exported, deployment: { ...deployment, resources } });
  return { pending, migrated };
}

interface StackState {
  /** As `prepareState` would leave them. */
  resources: StateResource[];
  /** Whether it would write anything. */
  isToBePrepared: boolean;
}

/** `commits`: new ids of commits, where main's history was rewritten. Throws `state-newer`. */
export async function readStackState(
  stack: Pick<Stack, 'exportStack'>,
  commits: CommitMap = new Map(),
): Promise<StackState> {
  const { resources, pending, migrated } = readDeployment(await stack.exportStack(), commits);
  return { resources, isToBePrepared: pending.length > 0 || migrated > 0 };
}

function readDeployment({ deployment }: Deployment, commits: CommitMap): Preparation & { resources: StateResource[] } {
  const { resources: before = [], pending_operations } = deployment ?? {};
  const operations: { resource: StateResource }[] = pending_operations ?? [];
  const resources: StateResource[] = before.map((resource: StateResource) =>
    renameCommitsOf(migrateResource(resource), commits),
  );
  return {
    resources: mergePendingOperations(resources, operations),
    pending: operations.map(({ resource: { urn, type } }) => ({ urn, type })),
    migrated: resources.filter((resource, at) => resource !== before[at]).length,
  };
}

export type SavedStateOptions = Pick<StackRunOptions, 'repository' | 'env' | 'pulumiCommand' | 'backendUrl'> & {
  stack: string;
};

/** The same outside of a run; empty: there is no state of this stack. Writes nothing. Throws what the Automation API throws. */
export async function readSavedState(options: SavedStateOptions): Promise<StateResource[]> {
  const workDir = join(options.repository, 'out', '.engine', options.stack);
  const { resources } = await readStackState(await selectStack({ ...options, workDir, program: async () => {} }));
  return resources;
}

/** What the state holds of accounts and mails. */
export const ownTypes: ReadonlySet<string> = new Set([accountType, noticeType, hrNoticeType]);

function mergePendingOperations(
  known: readonly StateResource[],
  pending: readonly { resource: StateResource }[],
): StateResource[] {
  const own = pending.flatMap(({ resource }) => (ownTypes.has(resource.type) ? [resource] : []));
  const begun = new Map(own.map((resource) => [resource.urn, resource]));
  const urns = new Set(known.map(({ urn }) => urn));
  return [
    ...known.map((resource) => {
      const inputs = begun.get(resource.urn)?.inputs;
      return inputs === undefined ? resource : { ...resource, outputs: buildPendingOutputs(resource, inputs) };
    }),
    ...own
      .filter(({ urn }) => !urns.has(urn))
      .map((resource) =>
        resource.type === accountType ? buildPendingAccount(resource) : buildPendingNotice(resource),
      ),
  ];
}

function buildPendingAccount(resource: StateResource): StateResource {
  const inputs = unpackInputs(resource.inputs);
  const outputs = packOutputs({ ...buildInitialOutputs(inputs), restore: inputs.restore });
  return {
    ...resource,
    id: inputs.account.id,
    outputs: buildPendingOutputs({ ...resource, outputs }, resource.inputs),
  };
}

function buildPendingNotice(resource: StateResource): StateResource {
  const { presumedTold: told = [] } = resource.inputs as NoticeInputs | HrNoticeInputs;
  const outputs = buildPendingOutputs({ ...resource, outputs: { told } }, resource.inputs);
  return { ...resource, id: getNameOfUrn(resource.urn), outputs };
}

function buildPendingOutputs({ type, outputs }: StateResource, inputs: unknown): object {
  if (type === accountType) return buildPendingAccountOutputs(outputs, inputs);
  const { notice } = inputs as NoticeInputs | HrNoticeInputs;
  return { ...outputs, unsure: notice.people.map(({ id }) => id) };
}

function buildPendingAccountOutputs(outputs: unknown, inputs: unknown): PackedOutputs {
  const { desired, taken } = unpackInputs(inputs);
  const before = unpackOutputs(outputs);
  // What main's history says was taken counts as taken, until it is given back.
  const asked = taken !== undefined && !before.isSettled ? before.asked : desired;
  // It may have been killed a moment ago, so that the tenant does not show yet what it wrote.
  const wroteAt = new Date().toISOString();
  return packOutputs({ ...before, asked, isSettled: false, wroteAt });
}

interface ClearingOptions {
  env: NodeJS.ProcessEnv;
  /** As in `StackState`, when the plan was made. */
  isToBePrepared: boolean;
  /** As for `readStackState`. */
  commits?: CommitMap | undefined;
  /** The caller knows that no run is alive. */
  isForced: boolean;
  onCleared(sentence: string): void;
}

/**
 * Runs `update`, which locks the stack. Clears the lock of a killed run and tries again; for one that may be in use it
 * throws a `DormantError` that says whose.
 */
export async function runClearingLocks<T>(
  stack: Stack,
  { env, isToBePrepared, commits, isForced, onCleared }: ClearingOptions,
  update: () => Promise<T>,
): Promise<T> {
  const prepareAndUpdate = async () => {
    const { pending, migrated } = await prepareState(stack, commits);
    if (migrated > 0)
      onCleared(
        `The state is in this version’s format now: ${formatCount(migrated, 'entry', 'entries')} of an earlier one, or of commits that have new ids.`,
      );
    if (pending.length > 0)
      onCleared(
        `An earlier run was killed while it ran ${formatCount(pending.length, 'operation')}; this run repeats them.`,
      );
    return update();
  };
  try {
    return await (isToBePrepared ? prepareAndUpdate() : update());
  } catch (error) {
    const locks = error instanceof ConcurrentUpdateError ? parseLocks(String(error)) : [];
    if (locks.length === 0) throw error;
    const activeLock = locks.find((lock) => !isForced && !isAbandoned(lock) && !isEarlierJob(lock, env));
    if (activeLock) throw buildLockedError(activeLock, stack, error);
    await stack.cancel();
    onCleared(
      `The lock of ${locks.map(({ host, since }) => `${host}, ${since}`).join('; ')} was left by a run that is gone; it is cleared.`,
    );
    return prepareAndUpdate();
  }
}

/** On Actions the concurrency group allows one apply per stack at a time, so another runner's lock is a dead job's. */
function isEarlierJob({ user, host }: StackLock, env: NodeJS.ProcessEnv): boolean {
  return env.GITHUB_ACTIONS === 'true' && user === userInfo().username && host !== hostname();
}

function buildLockedError({ user, host, since }: StackLock, stack: Stack, cause: unknown): DormantError {
  return new DormantError('locked', `Another run holds this stack: ${user} on ${host}, since ${since}.`, {
    remedy: `Wait for it. If you know that it is gone, run the same command with --clear-lock, or clear the lock alone: ${buildCancelCommand(stack)}`,
    cause,
  });
}

/** To be pasted into a shell anywhere: it needs no file of the repository. */
export function buildCancelCommand({ name, workspace }: Pick<Stack, 'name' | 'workspace'>): string {
  const backend = (workspace.envVars.PULUMI_BACKEND_URL ?? '').replaceAll("'", String.raw`'\''`);
  return `PULUMI_BACKEND_URL='${backend}' pulumi cancel --yes --stack organization/${projectName}/${name}`;
}
