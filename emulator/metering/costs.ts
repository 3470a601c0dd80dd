// The cost of a request in the identity budgets. Source: Microsoft's page on throttling limits, "Identity and access".
import { findCall } from '../graph/calls/calls.ts';

interface Cost {
  readonly units: number;
  readonly writes: number;
}

/** The cost of a request below /v1.0; null where other budgets than those of identity apply (reports, mail). */
export function computeIdentityCost(method: string, path: string, query: URLSearchParams): Cost | null {
  const { units, writes } = findCall(method, path)?.facts ?? getUnlistedCost(path);
  if (units === null) return null;
  if (method !== 'GET') return { units, writes: writes ?? 1 };
  const selects = query.has('$select') ? -1 : 0;
  const expands = query.has('$expand') ? 1 : 0;
  const small = query.has('$top') && Number(query.get('$top')) < 20 ? -1 : 0;
  return { units: Math.max(1, units + selects + expands + small), writes: 0 };
}

const IDENTITY =
  /^\/(users|groups|applications|servicePrincipals|roleManagement|identity|identityGovernance|directory|directoryObjects)\//;

/** "Any identity path not listed in the table" costs 1. */
function getUnlistedCost(path: string): { units: number | null; writes?: 0 } {
  return { units: IDENTITY.test(path) ? 1 : null };
}
