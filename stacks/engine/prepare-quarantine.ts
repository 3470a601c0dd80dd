// Before the plan: what state and tenant have of the quarantine, and whether anything may be done about it.
import type { EngineEvent, Stack } from '@pulumi/pulumi/automation/index.js';
import type { Identity } from '../../graph/credential.ts';
import type { StackFiles } from '../../policy/stack-files.ts';
import { listAzureadFailures } from '../on-premises/azuread-failures.ts';
import { ensureAzureadPlugin, substituteAbsentPlugin } from '../on-premises/azuread-plugin.ts';
import type { QuarantineFinder } from '../on-premises/find-quarantine.ts';
import {
  noQuarantine,
  type ResolvedQuarantine,
  resolveQuarantine,
} from '../on-premises/resolve-quarantine.ts';
import { findStateQuarantine, type StateQuarantine } from '../on-premises/state-quarantine.ts';
import { mayQuarantine } from '../program.ts';
import type { Restraint } from '../restraint.ts';
import type { StateResource } from './locks.ts';

export interface PreparedQuarantine {
  known: StateQuarantine;
  resolved: ResolvedQuarantine;
  finder: QuarantineFinder;
  /** The tenant has one that nothing declares and the state does not know: it is taken over, and then taken down. */
  takesOver: boolean;
  /** Whether the engine has to be asked about it. */
  isNeeded: boolean;
  /** Nothing about it is changed. */
  isLeftAlone: boolean;
}

interface PrepareQuarantineOptions {
  files: StackFiles;
  identity: Identity;
  restraint: Restraint;
  state: readonly StateResource[];
}

/** Fills in of the restraint what the program has to know. Reads only, but for the plugin, which it may download. */
export async function prepareQuarantine(
  stack: Stack,
  finder: QuarantineFinder,
  { files, identity, restraint, state }: PrepareQuarantineOptions,
): Promise<PreparedQuarantine> {
  const known = findStateQuarantine(state);
  const fromTenant = await resolveWhereNeeded(finder, known, { files, identity });
  const imports = Object.values(fromTenant.imports).some((id) => id !== null);
  const isNeeded = mayQuarantine(files) || known.urns.length > 0 || imports;
  const absence = isNeeded ? await ensureAzureadPlugin(stack.workspace) : null;
  if (absence !== null) substituteAbsentPlugin(stack.workspace);
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

/**
 * Where the quarantine is off nobody has to be granted what it needs: only a state that knows of it, or that knows of nothing at all
 * because it may be lost, is a reason to look then, and what may not be read no reason to stop.
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
  // The audit signs in the plugin of a preview, too, which must not need the policies either.
  const readable = identity === 'audit' ? { ...resolved, imports: noQuarantine.imports } : resolved;
  return isOff && resolved.found === null ? noQuarantine : readable;
}

/** Why a plan failed by the quarantine: what the plugin said, when it read what is to be taken over or when it was started. */
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

/** Then the rest is planned, and done, without it. Throws any other error again. */
export function excludeQuarantine(prepared: PreparedQuarantine, restraint: Restraint, error: unknown): void {
  if (!(error instanceof QuarantineFailure)) throw error;
  const { resolved } = prepared;
  prepared.resolved = { ...resolved, imports: noQuarantine.imports, blockers: error.failures };
  prepared.isLeftAlone = true;
  restraint.quarantine = prepared.resolved;
}
