// The quota of sign-ins, which Microsoft's table lets one read in two ways (graph-docs-contrib, throttling-entra-logs-reports.md,
// PR 9591; issue 8653, answered by a Microsoft engineer).
import type { Switches } from '../options.ts';
import type { Budget } from './budgets.ts';

/** Whatever is of that family, per app and tenant. */
const SIGN_IN_FAMILY_BUDGET: Budget = {
  name: 'sign-in family',
  limit: 5,
  windowSeconds: 10,
  countsRefused: true,
};

/** GET signInActivity, each item of a $batch for itself. */
const SIGN_IN_BUDGET: Budget = {
  name: 'sign-ins',
  limit: 10,
  windowSeconds: 60,
  countsRefused: true,
};

/** What a request below /v1.0 takes one of; empty for one that has nothing to do with sign-ins. */
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
