// Service principals and the app roles granted to them: made, changed and deleted. They are read by the table of resources.
import { type Context, Hono } from 'hono';
import { badRequest, GraphError, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { AppRoleGrant } from '../tenant/directory.ts';
import { formatTenantNow, type Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';
import { readBody } from './request-body.ts';
import { buildAppRoleGrant, type Principal, requirePrincipal } from './resources/application-resources.ts';
import { buildObject } from './stored-object.ts';

/** Writes to /servicePrincipals and below it. */
export function createServicePrincipalRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { servicePrincipals, appRoleGrants } = site.tenant.directory;
  const mayWrite = permit('PATCH /servicePrincipals/{id}');
  app.post('/servicePrincipals', mayWrite, async (c) => {
    const principal = createPrincipal(site.tenant, await readBody(c), c.get('caller').objectId);
    return answer(c, 'servicePrincipals/$entity', buildObject('servicePrincipal', principal), 201);
  });
  app.patch('/servicePrincipals/:id', mayWrite, async (c) => {
    Object.assign(findPrincipal(site, c).properties, pickKnownProperties('servicePrincipal', await readBody(c)));
    return c.body(null, 204);
  });
  app.delete('/servicePrincipals/:id', mayWrite, (c) => {
    const { id } = findPrincipal(site, c);
    servicePrincipals.delete(id);
    for (const grant of appRoleGrants.values()) {
      if (grant.principalId === id || grant.resourceId === id) appRoleGrants.delete(grant.id);
    }
    return c.body(null, 204);
  });
  for (const side of ['appRoleAssignments', 'appRoleAssignedTo'] as const)
    app.route('/', createGrantRoutes(site, side));
  app.route(
    '/',
    createReferenceRoutes(site, '/servicePrincipals/:id/owners', {
      findIds: (c) => findPrincipal(site, c).owners,
      read: permit('GET /servicePrincipals/{id}/owners'),
      write: permit('POST /servicePrincipals/{id}/owners/$ref'),
    }),
  );
  return app;
}

/** Grants are given and taken at their holder (appRoleAssignments) or at the resource (appRoleAssignedTo). */
function createGrantRoutes({ tenant }: Site, side: 'appRoleAssignments' | 'appRoleAssignedTo'): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const grants = tenant.directory.appRoleGrants;
  const path = `/servicePrincipals/:id/${side}`;
  // "AlsoRequires Application.Read.All".
  const mayFind = permit('GET /servicePrincipals/{id}');
  app.post(path, permit('POST /servicePrincipals/{id}/appRoleAssignments'), mayFind, async (c) => {
    const grant = parseGrant(tenant, await readBody(c));
    grants.set(grant.id, grant);
    const context = `servicePrincipals('${c.req.param('id') ?? ''}')/${side}/$entity`;
    return answer(c, context, buildAppRoleGrant(tenant, grant), 201);
  });
  app.delete(`${path}/:grant`, permit('DELETE /servicePrincipals/{id}/appRoleAssignments/{id}'), (c) => {
    if (!grants.delete(c.req.param('grant') ?? '')) throw notFound(c.req.param('grant') ?? '');
    return c.body(null, 204);
  });
  return app;
}

function createPrincipal({ directory }: Tenant, posted: Record<string, unknown>, callerId: string): Principal {
  const { appId } = posted;
  const application = [...directory.applications.values()].find((entry) => entry.appId === appId);
  if (typeof appId !== 'string' || !application) {
    throw badRequest(
      `When using this permission, the backing application of the service principal being created must in the local tenant: '${String(appId)}' is not.`,
    );
  }
  if ([...directory.servicePrincipals.values()].some((entry) => entry.appId === appId)) {
    throw new GraphError(
      409,
      'Request_MultipleObjectsWithSameKeyValue',
      `The service principal cannot be created, updated, or restored because the service principal name ${appId} is already in use.`,
    );
  }
  const { displayName } = application.properties;
  const owners = parseReferencedIds(posted['owners@odata.bind'] ?? []);
  const principal: Principal = {
    id: directory.createId(),
    appId,
    properties: {
      accountEnabled: true,
      appRoleAssignmentRequired: false,
      servicePrincipalType: 'Application',
      servicePrincipalNames: [appId],
      appRoles: [],
      oauth2PermissionScopes: [],
      tags: [],
      ...pickKnownProperties('servicePrincipal', posted),
      appDisplayName: displayName,
      displayName,
    },
    owners: new Set(owners.length > 0 ? owners : [callerId]),
  };
  directory.servicePrincipals.set(principal.id, principal);
  return principal;
}

function parseGrant(tenant: Tenant, { principalId, resourceId, appRoleId }: Record<string, unknown>): AppRoleGrant {
  const { directory } = tenant;
  const principal = directory.servicePrincipals.get(String(principalId));
  const resource = directory.servicePrincipals.get(String(resourceId));
  if (!principal || !resource) throw notFound(String(principal ? resourceId : principalId));
  const roles = Array.isArray(resource.properties.appRoles) ? resource.properties.appRoles.filter(isRecord) : [];
  if (!roles.some(({ id }) => id === appRoleId))
    throw badRequest(`Permission being assigned was not found on application '${resource.id}'.`);
  const grants = [...directory.appRoleGrants.values()];
  if (
    grants.some(
      (grant) => grant.principalId === principalId && grant.resourceId === resourceId && grant.appRoleId === appRoleId,
    )
  ) {
    throw badRequest('Permission being assigned already exists on the object');
  }
  return {
    id: directory.createId(),
    appRoleId: String(appRoleId),
    principalId: principal.id,
    resourceId: resource.id,
    createdDateTime: formatTenantNow(tenant),
  };
}

function findPrincipal(site: Site, c: Context<RequestEnv>): Principal {
  return requirePrincipal({ site, id: c.req.param('id') ?? '' });
}
