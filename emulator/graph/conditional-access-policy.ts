// Entra's checks of a Conditional Access policy. The numbers in its messages are not documented.
import { badRequest } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { checkSchema } from '../odata/schema-check.ts';
import type { Tenant } from '../tenant/tenant.ts';

type Properties = Record<string, unknown>;

/** The policy with the sent properties; 400 if it would be invalid. A PATCH keeps the `conditions` that it leaves out. */
export function buildPolicy(tenant: Tenant, before: Properties, sent: Properties): Properties {
  const conditionsNow = mergeConditions(before.conditions, sent.conditions);
  const policy: Properties = { ...before, ...sent, ...conditionsNow };
  const [problem] = checkSchema('conditionalAccessPolicy', { id: '', conditions: {}, ...policy });
  if (problem) throw badRequest(`1004: ${problem}.`, 'BadRequest');
  const { displayName, state, conditions, grantControls = null, sessionControls = null } = policy;
  if (typeof displayName !== 'string' || displayName === '' || state === undefined)
    throw badRequest('1007: The policy needs a displayName and a state.', 'BadRequest');
  const users = isRecord(conditions) ? conditions.users : undefined;
  if (!isRecord(users)) throw badRequest('1011: The policy contains no user conditions.', 'BadRequest');
  const applications = isRecord(conditions) ? conditions.applications : undefined;
  if (!isRecord(applications)) throw badRequest('1012: The policy contains no application conditions.', 'BadRequest');
  if (grantControls === null && sessionControls === null)
    throw badRequest('1013: The policy contains neither grant nor session controls.', 'BadRequest');
  refuseUnknown(tenant, users);
  return { ...policy, grantControls, sessionControls };
}

function mergeConditions(before: unknown, sent: unknown): { conditions?: Properties } {
  if (!isRecord(before) || !isRecord(sent)) return {};
  const users = isRecord(before.users) && isRecord(sent.users) ? { ...before.users, ...sent.users } : sent.users;
  return { conditions: { ...before, ...sent, ...(users === undefined ? {} : { users }) } };
}

/** Refuses a policy that names a user, group or role that does not exist, such as a group just deleted. */
function refuseUnknown({ directory, people }: Tenant, users: Properties): void {
  const kinds = [
    ['Groups', (id: string) => directory.groups.has(id.toLowerCase())],
    ['Users', (id: string) => specialUsers.has(id) || people.find(id) !== undefined],
    // This tenant has only some of Entra's roles, so any GUID passes.
    ['Roles', (id: string) => /^[0-9a-f-]{36}$/i.test(id)],
  ] as const;
  for (const [kind, isThere] of kinds)
    for (const side of ['include', 'exclude']) {
      const named = users[`${side}${kind}`];
      const missing = (Array.isArray(named) ? named : []).map(String).filter((id) => !isThere(id));
      if (missing.length > 0)
        throw badRequest(`1020: Invalid ids in ${side}${kind}: ${missing.join(', ')}.`, 'BadRequest');
    }
}

const specialUsers = new Set(['All', 'None', 'GuestsOrExternalUsers']);
