// Administrative units: made, changed and deleted, their members, and the roles that somebody has over them. As hashicorp's
// azuread provider calls them (internal/services/administrativeunits): it deletes by beta's name.
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { isRecord } from '../odata/filter-match.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { AdministrativeUnit, RoleGrant } from '../tenant/directory.ts';
import { formatScope, listRoleDefinitions } from '../tenant/privilege.ts';
import { ReplicatedSet } from '../tenant/replicated-collections.ts';
import { answer } from './answer.ts';
import { buildUnit } from './directory-object.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';
import { readBody } from './request-body.ts';
import { buildScopedMember } from './resources/unit-resources.ts';

const PATH = '/directory/administrativeUnits';

/** Writes to /directory/administrativeUnits and below it. */
export function createUnitRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { directory } = site.tenant;
  const { administrativeUnits, lags, createId } = directory;
  app.post(PATH, permit(`POST ${PATH}`), async (c) => {
    const { displayName, isMemberManagementRestricted, ...posted } = await readBody(c);
    if (typeof displayName !== 'string' || displayName === '') throw createNoNameError();
    const unit: AdministrativeUnit = {
      id: createId(),
      displayName,
      ...pickTexts(posted),
      isMemberManagementRestricted: isMemberManagementRestricted === true,
      members: new ReplicatedSet(lags.directory),
    };
    administrativeUnits.set(unit.id, unit);
    return answer(c, 'directory/administrativeUnits/$entity', buildUnit(unit, null), 201);
  });
  app.patch(`${PATH}/:id`, permit(`PATCH ${PATH}/{id}`), async (c) => {
    const unit = requireUnit(site, c);
    const { displayName = unit.displayName, ...posted } = await readBody(c);
    if (typeof displayName !== 'string' || displayName === '') throw createNoNameError();
    // "Can't be changed once the administrative unit is created" (admin-units-restricted-management.md of entra-docs).
    administrativeUnits.set(unit.id, { ...unit, ...pickTexts(posted), displayName });
    return c.body(null, 204);
  });
  for (const path of [PATH, '/administrativeUnits'])
    app.delete(`${path}/:id`, permit(`DELETE ${path}/{id}`), (c) => {
      const { id } = requireUnit(site, c);
      administrativeUnits.delete(id);
      for (const grant of directory.roleAssignments.values())
        if (grant.directoryScopeId === formatScope(id)) directory.roleAssignments.delete(grant.id);
      return c.body(null, 204);
    });
  app.route(
    '/',
    createReferenceRoutes(site, `${PATH}/:id/members`, {
      findIds: (c) => requireUnit(site, c).members,
      read: permit(`GET ${PATH}/{id}/members`),
      write: permit(`POST ${PATH}/{id}/members/$ref`),
    }),
  );
  app.post(`${PATH}/:id/scopedRoleMembers`, permit(`POST ${PATH}/{id}/scopedRoleMembers`), async (c) => {
    const { id } = requireUnit(site, c);
    const { roleId, roleMemberInfo } = await readBody(c);
    const role = listRoleDefinitions(directory).find((known) => known.id === roleId);
    const principalId = isRecord(roleMemberInfo) ? roleMemberInfo.id : undefined;
    if (!role) throw notFound(String(roleId));
    if (typeof principalId !== 'string') throw badRequest('roleMemberInfo must have an id.');
    const grant: RoleGrant = {
      id: createId(),
      principalId,
      roleDefinitionId: role.id,
      directoryScopeId: formatScope(id),
    };
    directory.roleAssignments.set(grant.id, grant);
    return answer(c, 'scopedRoleMemberships/$entity', buildScopedMember(site.tenant, id, grant), 201);
  });
  app.delete(`${PATH}/:id/scopedRoleMembers/:grant`, permit(`DELETE ${PATH}/{id}/scopedRoleMembers/{id}`), (c) => {
    requireUnit(site, c);
    if (!directory.roleAssignments.delete(c.req.param('grant'))) throw notFound(c.req.param('grant'));
    return c.body(null, 204);
  });
  return app;
}

function requireUnit({ tenant }: Site, c: Context<RequestEnv>): AdministrativeUnit {
  const id = c.req.param('id') ?? '';
  const unit = tenant.directory.administrativeUnits.get(id.toLowerCase());
  if (!unit) throw notFound(id);
  return unit;
}

function pickTexts(posted: Record<string, unknown>): Pick<AdministrativeUnit, 'description' | 'visibility'> {
  const { description, visibility } = posted;
  return {
    ...(isText(description) ? { description } : {}),
    ...(isText(visibility) ? { visibility } : {}),
  };
}

const isText = (value: unknown): value is string | null => typeof value === 'string' || value === null;

function createNoNameError() {
  return badRequest("A value is required for property 'displayName' of resource 'AdministrativeUnit'.");
}
