// What a run does with the tenant's existing quarantine: it is found by its name, so that a lost state or a killed run
// never leads to a second one whose members nobody releases.
import { DormantError } from '../../policy/errors.ts';
import type { FoundPolicy, FoundQuarantine, QuarantineFinder } from './find-quarantine.ts';
import type { StateQuarantine } from './state-quarantine.ts';

/** What the program imports: the plugin's ids of what the tenant has and the state does not. */
export interface QuarantineImports {
  group: string | null;
  policy: string | null;
}

export interface ResolvedQuarantine {
  imports: QuarantineImports;
  /** Why it is not changed, as sentences; empty: it is made as declared. */
  blockers: readonly string[];
  /** null: it could not be read. */
  found: FoundQuarantine | null;
}

export const noQuarantine: ResolvedQuarantine = {
  imports: { group: null, policy: null },
  blockers: [],
  found: null,
};

export const buildQuarantineName = (stack: string): string => `Dormant quarantine of ${stack}`;

interface ResolveQuarantineOptions {
  stack: string;
  /** What the state knows; null: it was not asked. */
  known: StateQuarantine | null;
  /**
   * `none`: a preview reads as the audit, which is never granted the policies. `if-granted`: the quarantine is off, so a
   * refused read is an answer.
   */
  policies: 'all' | 'if-granted' | 'none';
}

/** Only reads. A failed read is a blocker: what was not seen could be a second quarantine. */
export async function resolveQuarantine(
  finder: QuarantineFinder,
  { stack, known, policies: scope }: ResolveQuarantineOptions,
): Promise<ResolvedQuarantine> {
  const name = buildQuarantineName(stack);
  try {
    const groups = await finder.findGroups(name, known?.groupId ?? null);
    const policies = await readPolicies(scope, () => finder.findPolicies(name, known?.policyId ?? null));
    const blockers = [...describeDuplicates('groups', groups, name), ...describeDuplicates('policies', policies, name)];
    const group = groups.find(({ id }) => id !== known?.groupId)?.id ?? null;
    const policy = policies.find(({ id }) => id !== known?.policyId)?.id ?? null;
    return {
      imports: buildImports(blockers.length > 0, group, policy),
      blockers,
      found: { groups, policies },
    };
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const why = `The quarantine could not be read from the tenant, so nothing about it is changed: ${error.message} ${error.remedy}`;
    return { ...noQuarantine, blockers: [why.trim()] };
  }
}

async function readPolicies(
  scope: ResolveQuarantineOptions['policies'],
  read: () => Promise<readonly FoundPolicy[]>,
): Promise<readonly FoundPolicy[]> {
  if (scope === 'none') return [];
  return scope === 'all' ? read() : read().catch(ignoreRefusal);
}

function ignoreRefusal(error: unknown): never[] {
  if (error instanceof DormantError) return [];
  throw error;
}

/** Of two, it is unknown which is ours: both may hold people. */
function describeDuplicates(what: string, found: readonly { id: string }[], name: string): string[] {
  if (found.length < 2) return [];
  const ids = found.map(({ id }) => id).join(', ');
  return [
    `The tenant has ${found.length} ${what} that are or were named “${name}”: ${ids}. Nothing about the quarantine is changed until all but one are deleted, policies before groups.`,
  ];
}

/** In the form of the plugin's ids. */
function buildImports(isBlocked: boolean, group: string | null, policy: string | null): QuarantineImports {
  return {
    group: isBlocked || group === null ? null : `/groups/${group}`,
    policy: isBlocked || policy === null ? null : `/identity/conditionalAccess/policies/${policy}`,
  };
}
