// Who may make a call: an application by its permissions; a person by what the application may do for people, and by the
// person's own roles in Entra besides.
import { type Caller, hasEntraRole, hasPermission } from '../entra/caller.ts';
import type { Middleware } from '../middleware.ts';
import { badRequest, forbidden, type GraphError } from '../odata/errors.ts';
import type { CallFacts, DelegatedAccess } from './calls/call.ts';

/** Refuses callers who may not make a call with these facts. `refusal`: the error of this workload. */
export function requireAccess(facts: Pick<CallFacts, 'permissions' | 'delegated'>, refusal = forbidden()): Middleware {
  return async (c, next) => {
    const caller = c.get('caller');
    if (caller.kind === 'application' && isForPeopleOnly(facts)) throw createNoPersonError();
    if (!mayCall(caller, facts)) throw refusal;
    await next();
  };
}

function mayCall(caller: Caller, { permissions, delegated }: Pick<CallFacts, 'permissions' | 'delegated'>): boolean {
  if (caller.kind === 'application') return permissions.some((permission) => hasPermission(caller, permission));
  if (!delegated?.permissions.some((permission) => hasPermission(caller, permission))) return false;
  return delegated.people === 'everybody' || mayAsPerson(caller, delegated.people);
}

function mayAsPerson(
  caller: Extract<Caller, { kind: 'person' }>,
  people: Exclude<DelegatedAccess['people'], 'everybody'>,
) {
  return people === 'members' ? !caller.isGuest || caller.roleIds.size > 0 : hasEntraRole(caller, people);
}

function isForPeopleOnly({ permissions, delegated }: Pick<CallFacts, 'permissions' | 'delegated'>): boolean {
  return permissions.length === 0 && delegated !== undefined;
}

/** microsoftgraph/msgraph-sdk-php 1163. */
function createNoPersonError(): GraphError {
  return badRequest('/me request is only valid with delegated authentication flow.', 'BadRequest');
}
