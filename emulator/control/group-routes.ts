// /_emulator/groups and dynamic-groups: makes groups of any sort, changes what they are, and takes them away.
import { Hono } from 'hono';
import { badRequest } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { changeGroup, createGroup, groupChangeSchema, groupSchema, removeGroup } from '../tenant/group-input.ts';
import { addDynamicGroup, findGroup } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { readJsonObject, requireShape } from './request-body.ts';
import { dynamicGroupSchema } from './rule-schemas.ts';

export function createGroupControlRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/dynamic-groups', async (c) => {
    const input = requireShape(dynamicGroupSchema, await readJsonObject(c));
    const { id } = addDynamicGroup(tenant.directory, input, tenant.clock.now());
    return c.json({ id }, 201);
  });
  app.post('/groups', async (c) => {
    const input = requireShape(groupSchema, await readJsonObject(c));
    const { id } = createGroup(tenant, input);
    return c.json({ id }, 201);
  });
  app.patch('/groups/:who', async (c) => {
    const change = requireShape(groupChangeSchema, await readJsonObject(c));
    const group = requireKnownGroup(tenant, c.req.param('who'));
    changeGroup(tenant, group, change);
    return c.json({ id: group.id });
  });
  app.delete('/groups/:who', (c) => {
    removeGroup(tenant, requireKnownGroup(tenant, c.req.param('who')));
    return c.body(null, 204);
  });
  return app;
}

/** By object id or display name. */
function requireKnownGroup({ directory }: Tenant, who: string) {
  const group = findGroup(directory, who);
  if (group) return group;
  throw badRequest(`There is no group with the object id or display name '${who}'.`, 'BadRequest');
}
