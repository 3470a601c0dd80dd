// References between directory objects (`…/owners/$ref`, `…/members/$ref`): listed, read, added, removed.
import { type Context, Hono } from 'hono';
import type { Middleware } from '../middleware.ts';
import { badRequest, type GraphError, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { findDirectoryObject, foldObjectId, parseReferencedIds } from './directory-object.ts';
import { readBody } from './request-body.ts';

/** The ids of a relation; a set is one. */
export interface References extends Iterable<string> {
  has(id: string): boolean;
  add(id: string): unknown;
  delete(id: string): boolean;
}

interface ReferencePermissions {
  readonly read: Middleware;
  readonly write: Middleware;
}

/** `$ref` routes of one relation; `findIds` finds the ids by the route's `:id`. */
export function createReferenceRoutes(
  { tenant }: Site,
  path: string,
  { findIds, read, write }: ReferencePermissions & { findIds: (c: Context<RequestEnv>) => References },
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
    const other = foldObjectId(tenant, c.req.param('other'));
    if (!findIds(c).has(other)) throw notFound(other);
    return answer(c, '$ref', buildReference(c, other));
  });
  app.post(`${path}/$ref`, write, async (c) => {
    const [written = ''] = parseReferencedIds((await readBody(c))['@odata.id']);
    const id = foldObjectId(tenant, written);
    if (!findDirectoryObject(tenant, id, ['id'])) throw notFound(id);
    if (findIds(c).has(id)) throw createExistsError(relation);
    findIds(c).add(id);
    return c.body(null, 204);
  });
  app.delete(`${path}/:other/$ref`, write, (c) => {
    const other = foldObjectId(tenant, c.req.param('other'));
    if (!findIds(c).delete(other)) throw notFound(other);
    return c.body(null, 204);
  });
  return app;
}

/** KelvinTegelaar/CIPP 1607. */
export function createExistsError(relation: string): GraphError {
  return badRequest(
    `One or more added object references already exist for the following modified properties: '${relation}'.`,
  );
}
