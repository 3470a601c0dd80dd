// Which of the product's calls exist in which version of which cloud: the tables "This API is available in the following
// national cloud deployments" on the page of each call (learn.microsoft.com/graph/api), read in 2026-11.
import type { CloudName } from '../clouds.ts';
import { toRoutePattern } from '../metering/route-pattern.ts';
import type { Middleware } from '../middleware.ts';
import { GraphError } from '../odata/errors.ts';
import type { Site } from '../site.ts';

interface CloudSupport {
  readonly 'v1.0': readonly CloudName[];
  readonly beta: readonly CloudName[];
  /** The page, below learn.microsoft.com/graph/api/. `(u)`: no table was found there; pages of similar calls have one. */
  readonly page: string;
}

const allClouds: readonly CloudName[] = ['global', 'usgov', 'usgov-dod', 'china'];
const supportEverywhere = (page: string): CloudSupport => ({ 'v1.0': allClouds, beta: allClouds, page });
const supportGlobalInV1 = (page: string): CloudSupport => ({ 'v1.0': ['global'], beta: allClouds, page });

export const CLOUD_SUPPORT: Readonly<Record<string, CloudSupport>> = {
  'GET /users': supportEverywhere('user-list'),
  'GET /users/{id}': supportEverywhere('user-get (u)'),
  'GET /users/$count': supportEverywhere('user-list'),
  'GET /users/{id}/manager': supportEverywhere('user-list-manager (u)'),
  'POST /$batch': supportEverywhere('json-batching (u)'),
  'GET /users/{id}/mailboxSettings': supportEverywhere('user-get-mailboxsettings'),
  'GET /users/{id}/mailboxSettings/userPurpose': supportEverywhere('user-get-mailboxsettings'),
  'PATCH /users/{id}': supportEverywhere('user-update (u)'),
  'POST /users/{id}/revokeSignInSessions': supportEverywhere('user-revokesigninsessions (u)'),
  'POST /users/{id}/assignLicense': supportEverywhere('user-assignlicense'),
  'POST /users/{id}/sendMail': supportEverywhere('user-sendmail'),
  'GET /subscribedSkus': supportEverywhere('subscribedsku-list'),
  'GET /groups': supportEverywhere('group-list (u)'),
  'GET /groups/{id}': supportEverywhere('group-get (u)'),
  'POST /groups': supportEverywhere('group-post-groups (u)'),
  'PATCH /groups/{id}': supportEverywhere('group-update (u)'),
  'GET /groups/{id}/members': supportEverywhere('group-list-members (u)'),
  'GET /groups/{id}/transitiveMembers': supportEverywhere('group-list-transitivemembers (u)'),
  'POST /users/{id}/checkMemberGroups': supportEverywhere('directoryobject-checkmembergroups'),
  'GET /groups/{id}/owners': supportEverywhere('group-list-owners'),
  'GET /roleManagement/directory/roleAssignments': supportEverywhere('rbacapplication-list-roleassignments (u)'),
  'GET /roleManagement/directory/roleDefinitions': supportEverywhere('rbacapplication-list-roledefinitions (u)'),
  'GET /roleManagement/directory/roleEligibilitySchedules': supportEverywhere(
    'rbacapplication-list-roleeligibilityschedules',
  ),
  // The page of v1.0 lists all four; that of beta once left 21Vianet out.
  'GET /identityGovernance/privilegedAccess/group/eligibilitySchedules': supportEverywhere(
    'privilegedaccessgroup-list-eligibilityschedules',
  ),
  'GET /directory/administrativeUnits': supportEverywhere('directory-list-administrativeunits'),
  'GET /directory/administrativeUnits/{id}/members': supportEverywhere('administrativeunit-list-members (u)'),
  'GET /directory/deletedItems/{id}': supportEverywhere('directory-deleteditems-get (u)'),
  'GET /identity/conditionalAccess/policies': supportEverywhere('conditionalaccessroot-list-policies'),
  'GET /identity/conditionalAccess/policies/{id}': supportEverywhere('conditionalaccesspolicy-get (u)'),
  'GET /servicePrincipals': supportEverywhere('serviceprincipal-list (u)'),
  'GET /servicePrincipals/{id}/appRoleAssignments': supportEverywhere('serviceprincipal-list-approleassignments (u)'),
  'POST /applications/{id}/federatedIdentityCredentials': supportEverywhere(
    'application-post-federatedidentitycredentials',
  ),
  'GET /admin/reportSettings': supportGlobalInV1('adminreportsettings-get'),
  'PATCH /admin/reportSettings': supportGlobalInV1('adminreportsettings-update'),
  'GET /reports/getOffice365ActiveUserDetail': supportGlobalInV1('reportroot-getoffice365activeuserdetail'),
  'GET /reports/getMailboxUsageDetail': supportGlobalInV1('reportroot-getmailboxusagedetail'),
  'GET /reports/getOneDriveUsageAccountDetail': supportGlobalInV1('reportroot-getonedriveusageaccountdetail'),
  'GET /reports/getTeamsUserActivityUserDetail': supportGlobalInV1('reportroot-getteamsuseractivityuserdetail (u)'),
};

/** The support of a call, by its path below the version; undefined: the product does not make it. */
export function findSupport(method: string, path: string): CloudSupport | undefined {
  return CLOUD_SUPPORT[`${method} ${toRoutePattern(path).replace(/\(.*$/, '')}`];
}

/** Refuses calls that this version of the tenant's cloud does not have. Graph's words for that are not documented. */
export function requireCloudSupport({ tenant }: Site, prefix: `/${'v1.0' | 'beta'}`): Middleware {
  const version = prefix === '/beta' ? 'beta' : 'v1.0';
  return async (c, next) => {
    const path = c.req.path.slice(prefix.length);
    const clouds = findSupport(c.req.method, path)?.[version] ?? allClouds;
    if (clouds.includes(tenant.cloud)) return next();
    const sentence = `Resource not found for the segment '${path.split('/')[2] ?? path}'.`;
    throw tenant.switches.missingCalls === 404
      ? new GraphError(404, 'ResourceNotFound', sentence)
      : new GraphError(400, 'BadRequest', sentence);
  };
}
