// Which application permissions let a call in, one of each list: Microsoft's own, of the one table in calls/.
import { type Middleware, requireAppRole } from '../middleware.ts';
import type { GraphError } from '../odata/errors.ts';
import { CALLS, type Call } from './calls/calls.ts';

/** The middleware that lets a call in. */
export function permit(call: Call, refusal?: GraphError): Middleware {
  return requireAppRole(CALLS[call].permissions, refusal);
}
