// The quarantine in the engine's state, and as the tenant has it, before an apply compares its own with it.
import { ConcurrentUpdateError, type EngineEvent, type Stack } from '@pulumi/pulumi/automation/index.js';
import { isFields } from '../../graph/json-fields.ts';
import { accountType } from '../account-state.ts';
import type { StateResource } from '../engine/locks.ts';
import { listAzureadFailures } from './azuread-failures.ts';
import { groupType, policyType } from './quarantine.ts';

/** What the state knows of it. */
export interface StateQuarantine {
  /** Object ids; null: it knows none. */
  groupId: string | null;
  policyId: string | null;
  /** Object ids of who is in quarantine. */
  members: readonly string[];
  /** URNs of the group and the policy. */
  urns: readonly string[];
  /** Of their provider, too. */
  allUrns: readonly string[];
  hasAccounts: boolean;
}

export function findStateQuarantine(all: readonly StateResource[]): StateQuarantine {
  const own = all.filter(({ type }) => type === groupType || type === policyType);
  const providers = all.filter(({ type }) => type === 'pulumi:providers:azuread');
  const getId = (kind: string) => {
    const { id } = own.find(({ type }) => type === kind) ?? {};
    return typeof id === 'string' ? id.slice(id.lastIndexOf('/') + 1) : null;
  };
  const listUrns = (resources: typeof all) => resources.map(({ urn }) => urn);
  return {
    groupId: getId(groupType),
    policyId: getId(policyType),
    members: parseGroupMembers(own.find(({ type }) => type === groupType)),
    urns: listUrns(own),
    allUrns: listUrns([...own, ...providers]),
    hasAccounts: all.some(({ type }) => type === accountType),
  };
}

/**
 * Who is in the group. Of what the plugin has read, only `outputs` are whole: in `inputs` it keeps lists as long as they were when
 * they were declared, so that somebody who was put in by hand pushes somebody else out of them.
 */
export function parseGroupMembers(resource: unknown): string[] {
  const { inputs, outputs } = isFields(resource) ? resource : {};
  const read = isFields(outputs) ? outputs.members : undefined;
  const members = read ?? (isFields(inputs) ? inputs.members : []);
  return Array.isArray(members) ? members.filter((id) => typeof id === 'string') : [];
}

/**
 * Then whoever was put into the group by hand, and a policy that was switched by hand, differ and are put right; and what is gone
 * already is not deleted again, which the plugin calls an error, for ever. Returns why it could not be read, as sentences: the
 * accounts do not wait for it, and the run ends red, because nobody knows then who is blocked.
 */
export async function refreshQuarantine(stack: Stack, target: string[]): Promise<string[]> {
  if (target.length === 0) return [];
  const events: EngineEvent[] = [];
  try {
    await stack.refresh({ target, onEvent: (event) => events.push(event) });
    return [];
  } catch (error) {
    if (error instanceof ConcurrentUpdateError) throw error;
    const failures = listAzureadFailures(events);
    return failures.length > 0 ? failures : [`The quarantine could not be read: ${findErrorLine(error)}`];
  }
}

function findErrorLine(error: unknown): string {
  const lines = String(error).split('\n');
  return lines.find((line) => /error:/.test(line))?.trim() ?? lines[0] ?? '';
}
