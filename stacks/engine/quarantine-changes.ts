// What an update would change about the quarantine, and what it has changed, from the engine's structured events.
import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import type { IdKey, UserPrincipalName } from '../../policy/identifiers.ts';
import { listAzureadFailures } from '../on-premises/azuread-failures.ts';
import { describeCorrections } from '../on-premises/corrections.ts';
import { groupType, policyStates, policyType, type QuarantineMode } from '../on-premises/quarantine.ts';
import { parseGroupMembers } from '../on-premises/state-quarantine.ts';

/** Who joins or leaves the quarantine, and its mode. Object ids. */
export interface PlannedQuarantine {
  /** null: the quarantine ends. */
  mode: QuarantineMode | null;
  /** Who joins; all members when the mode changes. */
  holds: readonly IdKey[];
  releases: readonly IdKey[];
  /** The policy is new, or its mode changes. */
  isNewMode: boolean;
}

/** null: nothing changes. `before`: the group's members if they were read; otherwise as the state has them. */
export function findPlannedQuarantine(
  events: readonly EngineEvent[],
  before?: readonly IdKey[],
): PlannedQuarantine | null {
  const group = findLastStep(events, groupType);
  const policy = findLastStep(events, policyType);
  if (group === null && policy === null) return null;
  const members = before ?? parseGroupMembers(group?.old);
  const after = parseGroupMembers({ inputs: group?.new?.inputs });
  const state = policy?.new?.inputs.state;
  const isNewMode = policy !== null && state !== getPolicyState(policy.old);
  const releases = members.filter((id) => !after.includes(id));
  const joins = after.filter((id) => !members.includes(id));
  const isSame = [group, policy].every((each) => each === null || each.op === 'same');
  if (isSame && joins.length + releases.length === 0) return null;
  return { mode: toQuarantineMode(state), holds: isNewMode ? after : joins, isNewMode, releases };
}

export interface QuarantineReport extends PlannedQuarantine {
  /** Why it is not as declared, as sentences; then nobody is reported as quarantined. */
  failures: readonly string[];
  /** What people had changed by hand and is restored, as sentences. */
  corrected: readonly string[];
  /** Members of these lists that are in no file. */
  strangers: readonly { id: IdKey; displayName: string; userPrincipalName: UserPrincipalName }[];
}

/** null: nothing has changed. `known`: URNs of what the state had. */
export function findQuarantineReport(
  events: readonly EngineEvent[],
  known: readonly string[],
): QuarantineReport | null {
  const failures = listAzureadFailures(events);
  const planned = findPlannedQuarantine(events);
  if (planned === null && failures.length === 0) return null;
  const corrected = describeCorrections(findLastStep(events, groupType), findLastStep(events, policyType), known);
  return { ...(planned ?? noQuarantineChange), failures, corrected, strangers: [] };
}

export const noQuarantineChange: PlannedQuarantine = {
  mode: null,
  holds: [],
  releases: [],
  isNewMode: false,
};

/**
 * An import precedes the update that it may need. Without one, what the import found is known only once it is done, and
 * then nothing differs.
 */
function findLastStep(events: readonly EngineEvent[], type: string): StepEventMetadata | null {
  const steps = events.flatMap(({ resourcePreEvent }) =>
    resourcePreEvent?.metadata.type === type ? [resourcePreEvent.metadata] : [],
  );
  const last = steps.at(-1);
  if (last?.op !== 'import') return last ?? null;
  const done = events.find(
    ({ resOutputsEvent }) => resOutputsEvent?.metadata.type === type && resOutputsEvent.metadata.op === 'import',
  );
  return done?.resOutputsEvent?.metadata ?? last;
}

function getPolicyState(policy: StepEventMetadata['old']): unknown {
  return policy?.outputs?.state ?? policy?.inputs.state;
}

function toQuarantineMode(state: unknown): QuarantineMode | null {
  if (state === policyStates['report-only']) return 'report-only';
  return state === policyStates.enforced ? 'enforced' : null;
}
