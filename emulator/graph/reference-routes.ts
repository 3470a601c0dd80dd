// References between directory objects (`…/owners/$ref`, `…/members/$ref`): listed, read, added, removed.
import { type Context, Hono } from 'hono';
import type { Middleware } from '../middleware.ts';
import { badRequest, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { findDirectoryObject, parseReferencedIds } from './directory-object.ts';
import { readBody } from './request-body.ts';

interface ReferencePermissions {
  readonly read: Middleware;
  readonly write: Middleware;
}

/** `$ref` routes of one relation; `findIds` finds the set of ids by the route's `:id`. */
export function createReferenceRoutes(
  { tenant }: Site,
  path: string,
  { findIds, read, write }: ReferencePermissions & { findIds: (c: Context<RequestEnv>) => Set<string> },
): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const relation = path.split('/').at(-1) ?? '';
  const buildReference = (c: Context<RequestEnv>, id: string) => ({
    '@odata.id': `${new URL(c.req.url).origin}/v1.0/${tenant.id}/directoryObjects/${id}`,
  });
  app.get(`${path}/$ref`, read, (c) =>
    answer(c, 'Collection($ref)', { value: [...findIds(c)].map((id) => buildReference(c, id)) }),
  );
  app.get(`${path}/:other/$ref`, read, (c) => {
    const other = c.req.param('other') ?? '';
    if (!findIds(c).has(other)) throw notFound(other);
    return answer(c, '$ref', buildReference(c, other));
  });
  app.post(`${path}/$ref`, write, async (c) => {
    const [id = ''] = parseReferencedIds((await readBody(c))['@odata.id']);
    if (!findDirectoryObject(tenant, id, ['id'])) throw notFound(id);
    if (findIds(c).has(id)) {
      throw badRequest(
        `One or more added object references already exist for the following modified properties: '${relation}'.`,
      );
    }
    findIds(c).add(id);
    return c.body(null, 204);
  });
  app.delete(`${path}/:other/$ref`, write, (c) => {
    const other = c.req.param('other') ?? '';
    if (!findIds(c).delete(other)) throw notFound(other);
    return c.body(null, 204);
  });
  return app;
}
