// Entra roles: who holds one now, who may activate one, and what the roles are.
import { type Context, Hono } from 'hono';
import { allow } from '../gates.ts';
import { badRequest, GraphError, notFound } from '../odata/errors.ts';
import { queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import type { RoleGrant } from '../tenant/directory.ts';
import { ROLE_DEFINITIONS, type RoleDefinition } from '../tenant/role-definitions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { directoryObject } from './directory-object.ts';
import { postedBody } from './posted-body.ts';
import { chosen } from './tenant-routes.ts';

const READ_ROLES = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const READ_ELIGIBLE = [
  'RoleEligibilitySchedule.Read.Directory',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
];
const WRITE_ROLES = ['RoleManagement.ReadWrite.Directory'];

/** /roleManagement/directory/*. */
export function roleRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const { tenant } = site;
  const { roleAssignments, roleEligibilities } = tenant.directory;
  const base = '/roleManagement/directory';
  app.get(`${base}/roleAssignments`, allow(READ_ROLES), (c) =>
    grants(c, tenant, 'roleAssignments', [...roleAssignments.values()], assignment),
  );
  app.get(`${base}/roleAssignments/:id`, allow(READ_ROLES), (c) => {
    const grant = roleAssignments.get(c.req.param('id'));
    if (!grant) throw notFound(c.req.param('id'));
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', assignment(grant));
  });
  app.post(`${base}/roleAssignments`, allow(WRITE_ROLES), async (c) => {
    const { principalId, roleDefinitionId } = await postedBody(c);
    if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string')
      throw badRequest('principalId and roleDefinitionId are required.');
    const id = tenant.directory.newId();
    const grant = { id, principalId, roleDefinitionId };
    roleAssignments.set(id, grant);
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', assignment(grant), 201);
  });
  app.delete(`${base}/roleAssignments/:id`, allow(WRITE_ROLES), (c) => {
    if (!roleAssignments.delete(c.req.param('id'))) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });
  app.get(`${base}/roleEligibilitySchedules`, allow(READ_ELIGIBLE), (c) => {
    if (!tenant.switches.premium) throw premiumRequired();
    return grants(c, tenant, 'roleEligibilitySchedules', [...roleEligibilities.values()], eligibility);
  });
  app.get(`${base}/roleDefinitions`, allow(READ_ROLES), (c) =>
    answerPage(c, 'roleManagement/directory/roleDefinitions', ROLE_DEFINITIONS, definition, (role, select) =>
      chosen(definition(role), select),
    ),
  );
  app.get(`${base}/roleDefinitions/:id`, allow(READ_ROLES), (c) => {
    const role = ROLE_DEFINITIONS.find(({ id }) => id === c.req.param('id'));
    if (!role) throw notFound(c.req.param('id'));
    return answer(c, 'roleManagement/directory/roleDefinitions/$entity', definition(role));
  });
  return app;
}

function grants(
  c: Context<Carried>,
  tenant: Tenant,
  name: string,
  all: readonly RoleGrant[],
  shape: (grant: RoleGrant) => Record<string, unknown>,
): Response {
  const { expand } = queryOf(new URL(c.req.url), c.req.header('ConsistencyLevel'));
  const expanded = new Set(expand.map(({ property }) => property));
  return answerPage(c, `roleManagement/directory/${name}`, all, shape, (grant, select) => ({
    ...chosen(shape(grant), select),
    ...(expanded.has('principal') ? { principal: directoryObject(tenant, grant.principalId) ?? null } : {}),
    ...(expanded.has('roleDefinition') ? { roleDefinition: definitionOf(grant) } : {}),
  }));
}

function assignment({ id, principalId, roleDefinitionId }: RoleGrant): Record<string, unknown> {
  return { id, principalId, roleDefinitionId, directoryScopeId: '/' };
}

function eligibility({ id, principalId, roleDefinitionId }: RoleGrant): Record<string, unknown> {
  return {
    id,
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
    appScopeId: null,
    createdUsing: id,
    createdDateTime: '2025-02-01T09:00:00Z',
    modifiedDateTime: null,
    status: 'Provisioned',
    memberType: 'Direct',
    scheduleInfo: {
      startDateTime: '2025-02-01T09:00:00Z',
      recurrence: null,
      expiration: { type: 'noExpiration', endDateTime: null, duration: null },
    },
  };
}

function definition({ id, displayName }: RoleDefinition): Record<string, unknown> {
  return {
    id,
    displayName,
    description: displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [],
    templateId: id,
    version: '1',
  };
}

function definitionOf({ roleDefinitionId }: RoleGrant): Record<string, unknown> | null {
  const role = ROLE_DEFINITIONS.find(({ id }) => id === roleDefinitionId);
  return role ? definition(role) : null;
}

/** PIM is part of Entra ID P2: without premium there is no eligibility to read. */
function premiumRequired(): GraphError {
  return new GraphError(
    400,
    'AadPremiumLicenseRequired',
    'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
  );
}
