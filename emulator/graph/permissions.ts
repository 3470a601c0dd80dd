// The application permissions that a call requires, from the tables of calls and resources.
import { type Middleware, requireAppRole } from '../middleware.ts';
import type { GraphError } from '../odata/errors.ts';
import { getCallFacts } from './calls/calls.ts';

/** Refuses callers without one of the call's permissions. `call`: method and path template, as `PATCH /users/{id}`. */
export function permit(call: string, refusal?: GraphError): Middleware {
  return requireAppRole(getCallFacts(call).permissions, refusal);
}
