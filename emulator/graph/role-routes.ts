// Entra roles: given and taken.
import { Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { buildGrant } from './resources/role-resources.ts';

const PATH = '/roleManagement/directory/roleAssignments';

/** Writes to /roleManagement/directory/roleAssignments. */
export function createRoleRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { roleAssignments } = tenant.directory;
  app.post(PATH, permit(`POST ${PATH}`), async (c) => {
    const { principalId, roleDefinitionId, directoryScopeId = '/' } = await readBody(c);
    if (typeof principalId !== 'string' || typeof roleDefinitionId !== 'string')
      throw badRequest('principalId and roleDefinitionId are required.');
    if (typeof directoryScopeId !== 'string') throw badRequest('directoryScopeId must be a string.');
    const id = tenant.directory.createId();
    const grant = { id, principalId, roleDefinitionId, directoryScopeId };
    roleAssignments.set(id, grant);
    return answer(c, 'roleManagement/directory/roleAssignments/$entity', buildGrant(grant), 201);
  });
  app.delete(`${PATH}/:id`, permit(`DELETE ${PATH}/{id}`), (c) => {
    if (!roleAssignments.delete(c.req.param('id'))) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });
  return app;
}
