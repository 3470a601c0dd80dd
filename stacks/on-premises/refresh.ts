// The quarantine as the tenant has it, into the engine's state, before an apply compares its own with it.
import { ConcurrentUpdateError, type EngineEvent, type Stack } from '@pulumi/pulumi/automation/index.js';
import { isFields } from '../../graph/fields.ts';
import { groupType, policyType } from './quarantine.ts';

/** URNs of the group and the policy, if the state has them. */
export function quarantineIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const { type = '', op, urn = '' } = resourcePreEvent?.metadata ?? {};
    return (type === groupType || type === policyType) && op !== 'create' ? [urn] : [];
  });
}

/** Who is in quarantine by the state. Object ids. */
export async function heldInState(stack: Pick<Stack, 'exportStack'>): Promise<ReadonlySet<string>> {
  const { deployment } = await stack.exportStack();
  const resources: unknown = isFields(deployment) ? deployment.resources : [];
  const group = Array.isArray(resources)
    ? resources.filter(isFields).find(({ type }) => type === groupType)
    : null;
  return new Set(membersIn(group?.inputs));
}

/** The members that the program asked for, as the engine keeps them. */
export function membersIn(inputs: unknown): string[] {
  const members = isFields(inputs) ? inputs.members : [];
  return Array.isArray(members) ? members.filter((id) => typeof id === 'string') : [];
}

/**
 * Then whoever was put into the group by hand, and a policy that was switched by hand, differ and are put right; and what is gone
 * already is not deleted again, which the plugin calls an error, for ever. What cannot be read stays as the state has it: the
 * accounts must not wait for it, and the quarantine's own update says why.
 */
export async function refreshQuarantine(stack: Stack, target: string[]): Promise<void> {
  if (target.length === 0) return;
  await stack.refresh({ target }).catch((error: unknown) => {
    if (error instanceof ConcurrentUpdateError) throw error;
  });
}
