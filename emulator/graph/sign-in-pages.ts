// The requirements of signInActivity: a premium tenant, a separate permission, and a page that is not too large.
import type { Context } from 'hono';
import { type Caller, hasEntraRole, hasPermission } from '../entra/caller.ts';
import { badRequest, GraphError } from '../odata/errors.ts';
import type { Query } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { signInReaders } from './calls/people.ts';

const DEFAULT_PAGE = 100;
/** With signInActivity a page has at most this many entries, and nothing says so. */
const SIGN_IN_PAGE = 500;
/** The same with any $expand (microsoft-graph-docs, PR 21506 and 21516). */
const EXPANDED_PAGE = 100;

export function computePageSize(site: Site, query: Query, readsSignIns: boolean): number {
  const size = computeBaseSize(site, query, readsSignIns);
  return query.expand.length > 0 ? Math.min(size, EXPANDED_PAGE) : size;
}

function computeBaseSize({ tenant }: Site, { select, top }: Query, readsSignIns: boolean): number {
  if (!readsSignIns && !select?.includes('signInActivity')) return top ?? DEFAULT_PAGE;
  const { largestSignInPage: most } = tenant.switches;
  // A request without $top was accepted then, too (the same issue): the default page fits.
  if (most !== null && top !== null && top > most)
    throw badRequest(`Cannot query data for more than ${most} users at a time.`, 'BadRequest');
  return Math.min(top ?? DEFAULT_PAGE, most ?? SIGN_IN_PAGE, SIGN_IN_PAGE);
}

/** Refuses what only tenants with Entra ID P1 have. */
export function requirePremium({ tenant }: Site): void {
  if (tenant.switches.premium) return;
  throw new GraphError(
    403,
    'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

/** Refuses signInActivity without a premium tenant, its separate permission, and a role of the person who asks. */
export function requireSignInAccess(site: Site, c: Context<RequestEnv>): void {
  requirePremium(site);
  const caller = c.get('caller');
  if (!hasPermission(caller, 'AuditLog.Read.All'))
    throw new GraphError(
      403,
      'Authentication_MSGraphPermissionMissing',
      'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All to call this API.',
    );
  requireSignInReader(caller);
}

/** The words are those of microsoft-graph-docs 10705. */
export function requireSignInReader(caller: Caller): void {
  if (caller.kind === 'application' || hasEntraRole(caller, signInReaders)) return;
  throw new GraphError(403, 'Authentication_RequestFromUnsupportedUserRole', 'User is not in the allowed roles');
}
