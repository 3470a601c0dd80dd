// The owners of an application or a service principal.

import { type Context, Hono } from 'hono';
import type { Carried, Site } from '../site.ts';
import { answer } from './answer.ts';
import { directoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { referenceRoutes } from './reference-routes.ts';

/** /{collection}/{id}/owners and its $ref. */
export function ownerRoutes(
  collection: 'applications' | 'servicePrincipals',
  ownedOf: (c: Context<Carried>) => { readonly owners: Set<string> },
  site: Site,
): Hono<Carried> {
  const app = new Hono<Carried>();
  const path = `/${collection}/:id/owners`;
  const mayRead = permit(`GET /${collection}/{id}/owners`);
  app.get(path, mayRead, (c) => {
    const owners = [...ownedOf(c).owners].map((id) => directoryObject(site.tenant, id));
    return answer(c, 'directoryObjects', { value: owners.filter((owner) => owner !== undefined) });
  });
  app.route(
    '/',
    referenceRoutes(site, path, (c) => ownedOf(c).owners, {
      read: mayRead,
      write: permit(`POST /${collection}/{id}/owners/$ref`),
    }),
  );
  return app;
}
