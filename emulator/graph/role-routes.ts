// Entra roles: their holders, those eligible for them, and their definitions.
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { RoleGrant } from '../tenant/directory.ts';
import { listRoleDefinitions } from '../tenant/privilege.ts';
import type { RoleDefinition } from '../tenant/role-definitions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { findDirectoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { buildScheduleTimes, requirePremiumP2 } from './pim-routes.ts';
import { readBody } from './request-body.ts';
import { selectProperties } from './tenant-routes.ts';

/** /roleManagement/directory/*. */
export function createRoleRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { roleAssignments, roleEligibilities } = tenant.directory;
  const base = '/roleManagement/directory';
  app.get(`${base}/roleAssignments`, permit('GET /roleManagement/directory/roleAssignments'), (c) =>
    answerGrants(c, tenant, {
      name: 'roleAssignments',
      grants: [...roleAssignments.values()],
      write: buildAssignment,
    }),
  );
  app.get(`${base}/roleAssignments/:id`, permit('GET /roleManagement/directory/roleAssignments/{id}'), (c) => {
    const grant = roleAssignments.get(c.req.param('id'));
    if (!grant) throw notFound(c.req.param('id'));
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', buildAssignment(grant));
  });
  app.post(`${base}/roleAssignments`, permit('POST /roleManagement/directory/roleAssignments'), async (c) => {
    const { principalId, roleDefinitionId, directoryScopeId = '/' } = await readBody(c);
    if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string')
      throw badRequest('principalId and roleDefinitionId are required.');
    if (typeof directoryScopeId !== 'string') throw badRequest('directoryScopeId must be a string.');
    const id = tenant.directory.createId();
    const grant = { id, principalId, roleDefinitionId, directoryScopeId };
    roleAssignments.set(id, grant);
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', buildAssignment(grant), 201);
  });
  app.delete(`${base}/roleAssignments/:id`, permit('DELETE /roleManagement/directory/roleAssignments/{id}'), (c) => {
    if (!roleAssignments.delete(c.req.param('id'))) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });
  app.get(`${base}/roleEligibilitySchedules`, permit('GET /roleManagement/directory/roleEligibilitySchedules'), (c) => {
    requirePremiumP2(tenant);
    return answerGrants(c, tenant, {
      name: 'roleEligibilitySchedules',
      grants: [...roleEligibilities.values()],
      write: buildEligibility,
    });
  });
  app.get(`${base}/roleDefinitions`, permit('GET /roleManagement/directory/roleDefinitions'), (c) =>
    answerPage(c, 'roleManagement/directory/roleDefinitions', {
      entries: listRoleDefinitions(tenant.directory),
      write: buildDefinition,
      writeSelected: (role, select) => selectProperties(buildDefinition(role), select),
    }),
  );
  app.get(`${base}/roleDefinitions/:id`, permit('GET /roleManagement/directory/roleDefinitions/{id}'), (c) => {
    const role = listRoleDefinitions(tenant.directory).find(({ id }) => id === c.req.param('id'));
    if (!role) throw notFound(c.req.param('id'));
    return answer(c, 'roleManagement/directory/roleDefinitions/$entity', buildDefinition(role));
  });
  return app;
}

interface GrantCollection {
  readonly name: string;
  readonly grants: readonly RoleGrant[];
  readonly write: (grant: RoleGrant) => Record<string, unknown>;
}

function answerGrants(c: Context<RequestEnv>, tenant: Tenant, { name, grants, write }: GrantCollection): Response {
  const { expand } = parseQuery(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  const expanded = new Set(expand.map(({ property }) => property));
  return answerPage(c, `roleManagement/directory/${name}`, {
    entries: grants,
    write,
    writeSelected: (grant, select) => ({
      ...selectProperties(write(grant), select),
      ...(expanded.has('principal') ? { principal: findDirectoryObject(tenant, grant.principalId) ?? null } : {}),
      ...(expanded.has('roleDefinition') ? { roleDefinition: findDefinition(tenant, grant) } : {}),
    }),
  });
}

function buildAssignment({ id, principalId, roleDefinitionId, directoryScopeId }: RoleGrant) {
  return { id, principalId, roleDefinitionId, directoryScopeId };
}

function buildEligibility(grant: RoleGrant): Record<string, unknown> {
  return { ...buildAssignment(grant), appScopeId: null, ...buildScheduleTimes(grant.id) };
}

function buildDefinition({ id, displayName, isBuiltIn }: RoleDefinition): Record<string, unknown> {
  return {
    id,
    displayName,
    description: displayName,
    isBuiltIn,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [],
    templateId: id,
    version: '1',
  };
}

function findDefinition({ directory }: Tenant, { roleDefinitionId }: RoleGrant): Record<string, unknown> | null {
  const role = listRoleDefinitions(directory).find(({ id }) => id === roleDefinitionId);
  return role ? buildDefinition(role) : null;
}
