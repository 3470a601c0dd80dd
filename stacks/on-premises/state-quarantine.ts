// The quarantine in the engine's state, refreshed from the tenant before an apply compares it with the declared one.
import { ConcurrentUpdateError, type EngineEvent, type Stack } from '@pulumi/pulumi/automation/index.js';
import { isFields } from '../../graph/json-fields.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { accountType } from '../account/account-state.ts';
import type { StateResource } from '../provider/resource.ts';
import { listAzureadFailures } from './azuread-failures.ts';
import { groupType, policyType } from './quarantine.ts';

export interface StateQuarantine {
  /** Object ids; null: none. */
  groupId: string | null;
  policyId: string | null;
  /** Object ids of the members. */
  members: readonly IdKey[];
  /** URNs of the group and the policy. */
  urns: readonly string[];
  /** Also of their provider. */
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
 * The group's members. Of what the plugin has read, only `outputs` are whole: `inputs` keep the length of the declared
 * list, so that a member added by hand pushes another one out.
 */
export function parseGroupMembers(resource: unknown): IdKey[] {
  const { inputs, outputs } = isFields(resource) ? resource : {};
  const read = isFields(outputs) ? outputs.members : undefined;
  const members = read ?? (isFields(inputs) ? inputs.members : []);
  return Array.isArray(members) ? members.filter((id) => typeof id === 'string').map(foldId) : [];
}

/**
 * Then members or a policy changed by hand differ from the state and are restored; and what is gone is not deleted again,
 * which the plugin would report as an error on every run. Returns why it could not be read, as sentences: the accounts do
 * not wait for it, but the run ends red, because who is blocked is then unknown.
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
