// The application permissions that a call requires, from the table in calls/.
import { type Middleware, requireAppRole } from '../middleware.ts';
import type { GraphError } from '../odata/errors.ts';
import { CALLS, type Call } from './calls/calls.ts';

/** Refuses callers without one of the call's permissions. */
export function permit(call: Call, refusal?: GraphError): Middleware {
  return requireAppRole(CALLS[call].permissions, refusal);
}
