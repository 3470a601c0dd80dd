// The owners of an application or a service principal.
import { type Context, Hono } from 'hono';
import { allow } from '../gates.ts';
import { badRequest, notFound } from '../odata/errors.ts';
import type { Carried, Site } from '../site.ts';
import { answer } from './answer.ts';
import { directoryObject, referencedIds } from './directory-object.ts';
import { postedBody } from './posted-body.ts';

const READ = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];
const WRITE = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];

/** /{collection}/{id}/owners and its $ref. */
export function ownerRoutes(
  collection: string,
  objectOf: (c: Context<Carried>) => { readonly owners: Set<string> },
  { tenant }: Site,
): Hono<Carried> {
  const app = new Hono<Carried>();
  app.get(`/${collection}/:id/owners`, allow(READ), (c) => {
    const value = [...objectOf(c).owners].map((id) => directoryObject(tenant, id)).filter((owner) => owner);
    return answer(c, 'directoryObjects', { value });
  });
  app.post(`/${collection}/:id/owners/$ref`, allow(WRITE), async (c) => {
    const [id = ''] = referencedIds((await postedBody(c))['@odata.id']);
    if (!directoryObject(tenant, id, ['id'])) throw notFound(id);
    if (objectOf(c).owners.has(id)) {
      throw badRequest(
        "One or more added object references already exist for the following modified properties: 'owners'.",
      );
    }
    objectOf(c).owners.add(id);
    return c.body(null, 204);
  });
  app.delete(`/${collection}/:id/owners/:owner/$ref`, allow(WRITE), (c) => {
    const owner = c.req.param('owner') ?? '';
    if (!objectOf(c).owners.delete(owner)) throw notFound(owner);
    return c.body(null, 204);
  });
  return app;
}
