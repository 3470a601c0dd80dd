// The quota of sign-ins. Microsoft's table can be read in two ways (graph-docs-contrib, throttling-entra-logs-reports.md,
// PR 9591; issue 8653, answered by a Microsoft engineer).
import type { Switches } from '../options.ts';
import type { Budget } from './budgets.ts';

/** All calls of the family, per app and tenant. */
const SIGN_IN_FAMILY_BUDGET: Budget = {
  name: 'sign-in family',
  limit: 5,
  windowSeconds: 10,
  countsRefused: true,
};

/** GET signInActivity; each item of a $batch counts. */
const SIGN_IN_BUDGET: Budget = {
  name: 'sign-ins',
  limit: 10,
  windowSeconds: 60,
  countsRefused: true,
};

/** The budgets that a request below /v1.0 counts in; empty if it does not read sign-ins. */
export function selectSignInBudgets(
  path: string,
  query: URLSearchParams,
  { signInListings }: Switches,
): readonly Budget[] {
  if (!isReadingSignIns(path, query)) return [];
  const isListing = path === '/users' || path === '/users/$count';
  const isByMinute = !isListing || signInListings === 'by-minute';
  return isByMinute ? [SIGN_IN_FAMILY_BUDGET, SIGN_IN_BUDGET] : [SIGN_IN_FAMILY_BUDGET];
}

function isReadingSignIns(path: string, query: URLSearchParams): boolean {
  const named = ['$select', '$filter', '$orderby'].map((option) => query.get(option) ?? '');
  return path.startsWith('/users') && named.join(' ').toLowerCase().includes('signinactivity');
}
