// The owners of an application or a service principal.
import { type Context, Hono } from 'hono';
import { allow } from '../gates.ts';
import type { Carried, Site } from '../site.ts';
import { answer } from './answer.ts';
import { directoryObject } from './directory-object.ts';
import { referenceRoutes } from './reference-routes.ts';

const READ = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];
const WRITE = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'];

/** /{collection}/{id}/owners and its $ref. */
export function ownerRoutes(
  collection: string,
  ownedOf: (c: Context<Carried>) => { readonly owners: Set<string> },
  site: Site,
): Hono<Carried> {
  const app = new Hono<Carried>();
  const path = `/${collection}/:id/owners`;
  app.get(path, allow(READ), (c) => {
    const owners = [...ownedOf(c).owners].map((id) => directoryObject(site.tenant, id));
    return answer(c, 'directoryObjects', { value: owners.filter((owner) => owner !== undefined) });
  });
  app.route(
    '/',
    referenceRoutes(site, path, (c) => ownedOf(c).owners, {
      read: allow(READ),
      write: allow(WRITE),
    }),
  );
  return app;
}
