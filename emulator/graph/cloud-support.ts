// Which of the product's calls are in which version of which cloud: Microsoft's tables "This API is available in the following
// national cloud deployments", a page of learn.microsoft.com/graph/api for each call, read in 2026-11.
import type { CloudName } from '../clouds.ts';
import type { Gate } from '../gates.ts';
import { routePattern } from '../metering/route-pattern.ts';
import { GraphError } from '../odata/errors.ts';
import type { Site } from '../site.ts';

interface Support {
  readonly 'v1.0': readonly CloudName[];
  readonly beta: readonly CloudName[];
  /** The page, below learn.microsoft.com/graph/api/. `(u)`: it shows no table, or none was to be had; the others of its kind do. */
  readonly page: string;
}

const every: readonly CloudName[] = ['global', 'usgov', 'usgov-dod', 'china'];
const everywhere = (page: string): Support => ({ 'v1.0': every, beta: every, page });
const globalInV1 = (page: string): Support => ({ 'v1.0': ['global'], beta: every, page });

export const CLOUD_SUPPORT: Readonly<Record<string, Support>> = {
  'GET /users': everywhere('user-list'),
  'GET /users/{id}': everywhere('user-get (u)'),
  'GET /users/$count': everywhere('user-list'),
  'GET /users/{id}/manager': everywhere('user-list-manager (u)'),
  'POST /$batch': everywhere('json-batching (u)'),
  'GET /users/{id}/mailboxSettings': everywhere('user-get-mailboxsettings'),
  'GET /users/{id}/mailboxSettings/userPurpose': everywhere('user-get-mailboxsettings'),
  'PATCH /users/{id}': everywhere('user-update (u)'),
  'POST /users/{id}/revokeSignInSessions': everywhere('user-revokesigninsessions (u)'),
  'POST /users/{id}/assignLicense': everywhere('user-assignlicense'),
  'POST /users/{id}/sendMail': everywhere('user-sendmail'),
  'GET /subscribedSkus': everywhere('subscribedsku-list'),
  'GET /groups': everywhere('group-list (u)'),
  'GET /groups/{id}': everywhere('group-get (u)'),
  'POST /groups': everywhere('group-post-groups (u)'),
  'PATCH /groups/{id}': everywhere('group-update (u)'),
  'GET /groups/{id}/members': everywhere('group-list-members (u)'),
  'GET /groups/{id}/transitiveMembers': everywhere('group-list-transitivemembers (u)'),
  'GET /groups/{id}/owners': everywhere('group-list-owners'),
  'GET /roleManagement/directory/roleAssignments': everywhere('rbacapplication-list-roleassignments (u)'),
  'GET /roleManagement/directory/roleDefinitions': everywhere('rbacapplication-list-roledefinitions (u)'),
  'GET /roleManagement/directory/roleEligibilitySchedules': everywhere(
    'rbacapplication-list-roleeligibilityschedules',
  ),
  // The page of v1.0 shows all four; that of beta once left 21Vianet out.
  'GET /identityGovernance/privilegedAccess/group/eligibilitySchedules': everywhere(
    'privilegedaccessgroup-list-eligibilityschedules',
  ),
  'GET /directory/administrativeUnits': everywhere('directory-list-administrativeunits'),
  'GET /directory/administrativeUnits/{id}/members': everywhere('administrativeunit-list-members (u)'),
  'GET /directory/deletedItems/{id}': everywhere('directory-deleteditems-get (u)'),
  'GET /identity/conditionalAccess/policies': everywhere('conditionalaccessroot-list-policies'),
  'GET /identity/conditionalAccess/policies/{id}': everywhere('conditionalaccesspolicy-get (u)'),
  'GET /servicePrincipals': everywhere('serviceprincipal-list (u)'),
  'GET /servicePrincipals/{id}/appRoleAssignments': everywhere(
    'serviceprincipal-list-approleassignments (u)',
  ),
  'POST /applications/{id}/federatedIdentityCredentials': everywhere(
    'application-post-federatedidentitycredentials',
  ),
  'GET /admin/reportSettings': globalInV1('adminreportsettings-get'),
  'PATCH /admin/reportSettings': globalInV1('adminreportsettings-update'),
  'GET /reports/getOffice365ActiveUserDetail': globalInV1('reportroot-getoffice365activeuserdetail'),
  'GET /reports/getMailboxUsageDetail': globalInV1('reportroot-getmailboxusagedetail'),
  'GET /reports/getOneDriveUsageAccountDetail': globalInV1('reportroot-getonedriveusageaccountdetail'),
  'GET /reports/getTeamsUserActivityUserDetail': globalInV1('reportroot-getteamsuseractivityuserdetail (u)'),
};

/** Of a request, by its path below the version; undefined: nothing of the product's asks it. */
export function supportOf(method: string, path: string): Support | undefined {
  return CLOUD_SUPPORT[`${method} ${routePattern(path).replace(/\(.*$/, '')}`];
}

/** Refuses what is not in this version of the tenant's cloud, in Graph's form; which words it has for that nobody documents. */
export function offered({ tenant }: Site, prefix: `/${'v1.0' | 'beta'}`): Gate {
  const version = prefix === '/beta' ? 'beta' : 'v1.0';
  return async (c, next) => {
    const path = new URL(c.req.url).pathname.slice(prefix.length);
    const clouds = supportOf(c.req.method, path)?.[version] ?? every;
    if (clouds.includes(tenant.cloud)) return next();
    const sentence = `Resource not found for the segment '${path.split('/')[2] ?? path}'.`;
    throw tenant.switches.missingCalls === 404
      ? new GraphError(404, 'ResourceNotFound', sentence)
      : new GraphError(400, 'BadRequest', sentence);
  };
}
