// Service principals and the app roles granted to them.
import { type Context, Hono } from 'hono';
import { badRequest, GraphError, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import { parseQuery } from '../odata/query.ts';
import { selectTypeName } from '../odata/schema.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { AppRoleGrant } from '../tenant/directory.ts';
import { formatTenantNow, type Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { createOwnerRoutes } from './owner-routes.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { createObjectWriter } from './stored-object.ts';

type Principal = Tenant['directory']['servicePrincipals'] extends Map<string, infer Value> ? Value : never;

/** /servicePrincipals and what is below it. */
export function createServicePrincipalRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { servicePrincipals, appRoleGrants } = site.tenant.directory;
  const mayRead = permit('GET /servicePrincipals/{id}');
  const mayWrite = permit('PATCH /servicePrincipals/{id}');
  app.get('/servicePrincipals', permit('GET /servicePrincipals'), (c) =>
    answerPage(c, 'servicePrincipals', {
      entries: [...servicePrincipals.values()],
      write: createPrincipalWriter(c),
    }),
  );
  app.get("/:key{servicePrincipals\\(appId='.+'\\)}", mayRead, (c) => {
    const appId = /'(.+)'/.exec(c.req.param('key'))?.[1]?.toLowerCase();
    const found = [...servicePrincipals.values()].find((principal) => principal.appId === appId);
    if (!found) throw notFound(appId ?? '');
    return answer(c, 'servicePrincipals/$entity', createPrincipalWriter(c)(found));
  });
  app.post('/servicePrincipals', mayWrite, async (c) => {
    const principal = createPrincipal(site.tenant, await readBody(c), c.get('caller').objectId);
    return answer(c, 'servicePrincipals/$entity', createPrincipalWriter(c)(principal), 201);
  });
  app.get('/servicePrincipals/:id', mayRead, (c) => {
    const { select } = parseQuery(new URL(c.req.url), undefined);
    return answer(c, 'servicePrincipals/$entity', createPrincipalWriter(c)(requirePrincipal(site, c), select));
  });
  app.patch('/servicePrincipals/:id', mayWrite, async (c) => {
    Object.assign(requirePrincipal(site, c).properties, pickKnownProperties('servicePrincipal', await readBody(c)));
    return c.body(null, 204);
  });
  app.delete('/servicePrincipals/:id', mayWrite, (c) => {
    const { id } = requirePrincipal(site, c);
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
    createOwnerRoutes('servicePrincipals', (c) => requirePrincipal(site, c), site),
  );
  return app;
}

/** The same grants, seen from their holder (appRoleAssignments) or from the resource (appRoleAssignedTo). */
function createGrantRoutes(site: Site, side: 'appRoleAssignments' | 'appRoleAssignedTo'): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const grants = tenant.directory.appRoleGrants;
  const own = side === 'appRoleAssignments' ? 'principalId' : 'resourceId';
  const path = `/servicePrincipals/:id/${side}`;
  // "AlsoRequires Application.Read.All".
  const mayFind = permit('GET /servicePrincipals/{id}');
  const buildGrantBody = (grant: AppRoleGrant) => buildGrantObject(tenant, grant);
  app.get(path, permit(`GET /servicePrincipals/{id}/${side}`), (c) => {
    const { id } = requirePrincipal(site, c);
    const mine = [...grants.values()].filter((grant) => grant[own] === id);
    return answerPage(c, `servicePrincipals/${side}`, { entries: mine, write: buildGrantBody });
  });
  app.post(path, permit('POST /servicePrincipals/{id}/appRoleAssignments'), mayFind, async (c) => {
    const grant = parseGrant(tenant, await readBody(c));
    grants.set(grant.id, grant);
    return answer(c, `servicePrincipals/${side}/$entity`, buildGrantBody(grant), 201);
  });
  app.get(`${path}/:grant`, permit(`GET /servicePrincipals/{id}/${side}`), (c) => {
    const grant = grants.get(c.req.param('grant') ?? '');
    if (!grant) throw notFound(c.req.param('grant') ?? '');
    return answer(c, `servicePrincipals/${side}/$entity`, buildGrantBody(grant));
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

function buildGrantObject({ directory }: Tenant, grant: AppRoleGrant): Record<string, unknown> {
  const findName = (id: string) => directory.servicePrincipals.get(id)?.properties.displayName ?? null;
  return {
    ...grant,
    deletedDateTime: null,
    principalDisplayName: findName(grant.principalId),
    principalType: 'ServicePrincipal',
    resourceDisplayName: findName(grant.resourceId),
  };
}

function requirePrincipal({ tenant }: Site, c: Context<RequestEnv>): Principal {
  const id = (c.req.param('id') ?? '').toLowerCase();
  const found = tenant.directory.servicePrincipals.get(id);
  if (!found) throw notFound(id);
  return found;
}

function createPrincipalWriter(c: Context<RequestEnv>) {
  return createObjectWriter(selectTypeName(c.req.path, 'servicePrincipal'));
}
