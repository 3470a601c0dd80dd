// References between directory objects (`…/owners/$ref`, `…/members/$ref`): listed, looked up, added, taken away.
import { type Context, Hono } from 'hono';
import type { Gate } from '../gates.ts';
import { badRequest, notFound } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';
import { answer } from './answer.ts';
import { directoryObject, referencedIds } from './directory-object.ts';
import { postedBody } from './posted-body.ts';

export interface ReferencePermissions {
  readonly read: Gate;
  readonly write: Gate;
}

/** `$ref` routes of one relation; `idsOf` finds the set of ids by the route's `:id`. */
export function referenceRoutes(
  { tenant }: Site,
  path: string,
  idsOf: (c: Context<Carried>) => Set<string>,
  { read, write }: ReferencePermissions,
): Hono<Carried> {
  const app = new Hono<Carried>();
  const relation = path.split('/').at(-1) ?? '';
  const reference = (c: Context<Carried>, id: string) => ({
    '@odata.id': `${new URL(c.req.url).origin}/v1.0/${tenant.id}/directoryObjects/${id}`,
  });
  app.get(`${path}/$ref`, read, (c) =>
    answer(c, 'Collection($ref)', { value: [...idsOf(c)].map((id) => reference(c, id)) }),
  );
  app.get(`${path}/:other/$ref`, read, (c) => {
    const other = c.req.param('other') ?? '';
    if (!idsOf(c).has(other)) throw notFound(other);
    return answer(c, '$ref', reference(c, other));
  });
  app.post(`${path}/$ref`, write, async (c) => {
    const [id = ''] = referencedIds((await postedBody(c))['@odata.id']);
    if (!directoryObject(tenant, id, ['id'])) throw notFound(id);
    if (idsOf(c).has(id)) {
      throw badRequest(
        `One or more added object references already exist for the following modified properties: '${relation}'.`,
      );
    }
    idsOf(c).add(id);
    return c.body(null, 204);
  });
  app.delete(`${path}/:other/$ref`, write, (c) => {
    const other = c.req.param('other') ?? '';
    if (!idsOf(c).delete(other)) throw notFound(other);
    return c.body(null, 204);
  });
  return app;
}
