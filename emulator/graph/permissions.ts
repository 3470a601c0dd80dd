// The permissions that a call requires, from the tables of calls and resources.
import type { Middleware } from '../middleware.ts';
import type { GraphError } from '../odata/errors.ts';
import { requireAccess } from './access.ts';
import { getCallFacts } from './calls/calls.ts';

/** Refuses callers who may not make the call. `call`: method and path template, as `PATCH /users/{id}`. */
export function permit(call: string, refusal?: GraphError): Middleware {
  return requireAccess(getCallFacts(call), refusal);
}
