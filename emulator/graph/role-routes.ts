// Entra roles: given and taken; and a company's own roles: made, changed and deleted.
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import { formatScope, listRoleDefinitions } from '../tenant/privilege.ts';
import type { RoleDefinition } from '../tenant/role-definitions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { findDirectoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { buildDefinition, buildGrant } from './resources/role-resources.ts';

const PATH = '/roleManagement/directory/roleAssignments';
const DEFINITIONS = '/roleManagement/directory/roleDefinitions';

/** Writes to /roleManagement/directory. */
export function createRoleRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { roleAssignments, customRoles } = tenant.directory;
  app.post(PATH, permit(`POST ${PATH}`), async (c) => {
    const { principalId, roleDefinitionId, directoryScopeId = '/' } = await readBody(c);
    if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string')
      throw badRequest('principalId and roleDefinitionId are required.');
    if (typeof directoryScopeId !== 'string') throw badRequest('directoryScopeId must be a string.');
    requireScope(tenant, directoryScopeId);
    // "If the principal or role definition doesn't exist, the response is not found" (manage-roles-portal.md of entra-docs).
    const isKnownRole = listRoleDefinitions(tenant.directory).some((role) => role.id === roleDefinitionId);
    if (!isKnownRole) throw notFound(roleDefinitionId);
    if (!findDirectoryObject(tenant, principalId, ['id'])) throw notFound(principalId);
    const id = tenant.directory.createId();
    const grant = { id, principalId, roleDefinitionId, directoryScopeId };
    roleAssignments.set(id, grant);
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', buildGrant(grant), 201);
  });
  app.delete(`${PATH}/:id`, permit(`DELETE ${PATH}/{id}`), (c) => {
    if (!roleAssignments.delete(c.req.param('id'))) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });
  app.post(DEFINITIONS, permit(`POST ${DEFINITIONS}`), async (c) => {
    const { templateId, ...posted } = await readBody(c);
    // The id is that of the template (unifiedroledefinition.md); hashicorp's azuread provider sends '' where there is none.
    const id = typeof templateId === 'string' && templateId !== '' ? templateId : tenant.directory.createId();
    const role = parseRole(posted, { id, displayName: '', isLesser: false, isBuiltIn: false });
    customRoles.set(id, role);
    return answer(c, 'roleManagement/directory/roleDefinitions/$entity', buildDefinition(role), 201);
  });
  app.patch(`${DEFINITIONS}/:id`, permit(`PATCH ${DEFINITIONS}/{id}`), async (c) => {
    const role = requireOwnRole(site, c);
    customRoles.set(role.id, parseRole(await readBody(c), role));
    return c.body(null, 204);
  });
  app.delete(`${DEFINITIONS}/:id`, permit(`DELETE ${DEFINITIONS}/{id}`), (c) => {
    const { id } = requireOwnRole(site, c);
    customRoles.delete(id);
    for (const grant of roleAssignments.values()) if (grant.roleDefinitionId === id) roleAssignments.delete(grant.id);
    return c.body(null, 204);
  });
  return app;
}

/** "You cannot update built-in roles" (unifiedroledefinition-update.md and -delete.md); the error is a guess. */
function requireOwnRole({ tenant }: Site, c: Context<RequestEnv>): RoleDefinition {
  const id = c.req.param('id') ?? '';
  const role = listRoleDefinitions(tenant.directory).find((known) => known.id === id);
  if (!role) throw notFound(id);
  if (role.isBuiltIn) throw badRequest('Built-in roles cannot be changed or deleted.');
  return role;
}

/** `before` with what was sent; 400 for a role that would be without a name or with actions of another form. */
function parseRole(posted: Record<string, unknown>, before: RoleDefinition): RoleDefinition {
  const { displayName = before.displayName, description = before.description, isEnabled, rolePermissions } = posted;
  if (typeof displayName !== 'string' || displayName === '')
    throw badRequest("A value is required for property 'displayName' of resource 'RoleDefinition'.");
  const allowedResourceActions = rolePermissions === undefined ? before.allowedResourceActions : listActions(posted);
  if (!allowedResourceActions || allowedResourceActions.length === 0)
    throw badRequest("A value is required for property 'rolePermissions' of resource 'RoleDefinition'.");
  return {
    ...before,
    displayName,
    description: typeof description === 'string' ? description : null,
    isEnabled: typeof isEnabled === 'boolean' ? isEnabled : (before.isEnabled ?? true),
    version: typeof posted.version === 'string' ? posted.version : (before.version ?? null),
    allowedResourceActions,
  };
}

function listActions({ rolePermissions }: Record<string, unknown>): string[] {
  const permissions = Array.isArray(rolePermissions) ? rolePermissions.filter(isRecord) : [];
  const actions = permissions.flatMap(({ allowedResourceActions: named }) => (Array.isArray(named) ? named : []));
  const unknown = actions.find((action) => typeof action !== 'string' || !/^microsoft\.[\w.]+\/.+\/\w+$/.test(action));
  if (unknown !== undefined) throw badRequest(`Invalid resource action '${String(unknown)}'.`);
  return actions.map(String);
}

/** What a role is given at has to be there. */
function requireScope({ directory }: Tenant, scope: string): void {
  if (scope === '/') return;
  const unitId = scope.startsWith(formatScope('')) ? scope.slice(formatScope('').length) : null;
  const objects = [directory.groups, directory.applications, directory.servicePrincipals];
  const isThere =
    unitId === null ? objects.some((store) => store.has(scope.slice(1))) : directory.administrativeUnits.has(unitId);
  if (!isThere) throw notFound(unitId ?? scope.slice(1));
}
