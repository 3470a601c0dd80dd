// Before the plan: what state and tenant have of the quarantine, and whether it may be changed.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { formatCount } from '../../policy/words/labels.ts';
import { listAzureadFailures } from '../on-premises/azuread-failures.ts';
import type { QuarantineFinder } from '../on-premises/find-quarantine.ts';
import { noQuarantine, type ResolvedQuarantine, resolveQuarantine } from '../on-premises/resolve-quarantine.ts';
import { findStateQuarantine, type StateQuarantine } from '../on-premises/state-quarantine.ts';
import { mayQuarantine } from '../program.ts';
import type { StateResource } from '../provider/resource.ts';
import type { Restraint } from '../restraint.ts';
import type { TrustedStack } from '../trusted-files.ts';
import { ensureAzureadPlugin } from './azuread-plugin.ts';
import { usePlugin } from './workspace.ts';

export interface PreparedQuarantine {
  known: StateQuarantine;
  resolved: ResolvedQuarantine;
  finder: QuarantineFinder;
  /** The tenant has one that is neither declared nor in the state: it is imported, then deleted. */
  takesOver: boolean;
  /** Whether the engine is needed for it. */
  isNeeded: boolean;
  isLeftAlone: boolean;
}

interface PrepareQuarantineOptions {
  files: StackFiles;
  env: NodeJS.ProcessEnv;
  identity: Identity;
  restraint: Restraint;
  state: readonly StateResource[];
}

/** Sets in the restraint what the program has to know. Only reads, apart from the plugin, which it may install. */
export async function prepareQuarantine(
  stack: Stack,
  finder: QuarantineFinder,
  { files, env, identity, restraint, state }: PrepareQuarantineOptions,
): Promise<PreparedQuarantine> {
  const known = findStateQuarantine(state);
  const fromTenant = await resolveWhereNeeded(finder, known, { files, identity });
  const imports = Object.values(fromTenant.imports).some((id) => id !== null);
  const isNeeded = mayQuarantine(files) || known.urns.length > 0 || imports;
  const { folder, absence } = isNeeded ? await ensureAzureadPlugin({ env }) : { folder: null, absence: null };
  if (folder !== null) await usePlugin(stack.workspace, 'azuread', folder);
  const resolved =
    absence === null
      ? fromTenant
      : { ...fromTenant, imports: noQuarantine.imports, blockers: [...fromTenant.blockers, absence] };
  const inTenant = resolved.found?.groups[0]?.members.map(({ id }) => id) ?? [];
  restraint.quarantine = resolved;
  if (mayQuarantine(files)) restraint.heldBefore = new Set(known.groupId === null ? inTenant : known.members);
  const isLeftAlone = resolved.blockers.length > 0;
  return { known, resolved, finder, takesOver: false, isNeeded, isLeftAlone };
}

/** Nobody joins by a key that is too new, and nobody leaves because nothing vouches for their file any more. */
export function holdQuarantineStill(
  prepared: PreparedQuarantine,
  { tooNew, unvouched }: Pick<TrustedStack, 'tooNew' | 'unvouched'>,
  restraint: Restraint,
): void {
  const { heldBefore } = restraint;
  restraint.notHeld = new Set([...tooNew.keys()].filter((id) => !heldBefore?.has(id)));
  const stuck = prepared.known.members.filter((id) => unvouched.has(id));
  if (stuck.length === 0) return;
  const because = `The quarantine stays as it is: ${formatCount(stuck.length, 'account')} in it may not stand as their files say.`;
  prepared.resolved = { ...prepared.resolved, blockers: [...prepared.resolved.blockers, because] };
  prepared.isLeftAlone = true;
  restraint.quarantine = prepared.resolved;
}

/**
 * Where the quarantine is off, its permissions need not be granted. Then only a state that knows of it, or one that knows
 * nothing because it may be lost, is a reason to read; and a refused read does not stop the run.
 */
async function resolveWhereNeeded(
  finder: QuarantineFinder,
  known: StateQuarantine,
  { files: { stack, policy }, identity }: Pick<PrepareQuarantineOptions, 'files' | 'identity'>,
): Promise<ResolvedQuarantine> {
  const isOff = policy.value.onPremises.quarantine === 'off' && known.urns.length === 0;
  if (isOff && known.hasAccounts) return noQuarantine;
  const resolved = await resolveQuarantine(finder, {
    stack,
    known,
    policies: identity === 'audit' ? 'none' : isOff ? 'if-granted' : 'all',
  });
  // The audit's identity also signs in the plugin of a preview, so that must not need the policies either.
  const readable = identity === 'audit' ? { ...resolved, imports: noQuarantine.imports } : resolved;
  return isOff && resolved.found === null ? noQuarantine : readable;
}

/** Why the quarantine failed a plan: the plugin's message, on an import or at its start. */
class QuarantineFailure extends Error {
  readonly failures: readonly string[];

  constructor(failures: readonly string[]) {
    super(failures.join(' '));
    this.failures = failures;
  }
}

/** null: something else failed. */
export function findQuarantineFailure(events: readonly EngineEvent[]): Error | null {
  const failures = listAzureadFailures(events);
  return failures.length > 0 ? new QuarantineFailure(failures) : null;
}

/** The rest is then planned and done without it. Rethrows any other error. */
export function excludeQuarantine(prepared: PreparedQuarantine, restraint: Restraint, error: unknown): void {
  if (!(error instanceof QuarantineFailure)) throw error;
  const { resolved } = prepared;
  prepared.resolved = { ...resolved, imports: noQuarantine.imports, blockers: error.failures };
  prepared.isLeftAlone = true;
  restraint.quarantine = prepared.resolved;
}
