// The owners of an application or a service principal.
import { type Context, Hono } from 'hono';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { findDirectoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';

/** /{collection}/{id}/owners and its $ref. */
export function createOwnerRoutes(
  collection: 'applications' | 'servicePrincipals',
  ownedOf: (c: Context<RequestEnv>) => { readonly owners: Set<string> },
  site: Site,
): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const path = `/${collection}/:id/owners`;
  const mayRead = permit(`GET /${collection}/{id}/owners`);
  app.get(path, mayRead, (c) => {
    const owners = [...ownedOf(c).owners].map((id) => findDirectoryObject(site.tenant, id));
    return answer(c, 'directoryObjects', { value: owners.filter((owner) => owner !== undefined) });
  });
  app.route(
    '/',
    createReferenceRoutes(site, path, {
      findIds: (c) => ownedOf(c).owners,
      read: mayRead,
      write: permit(`POST /${collection}/{id}/owners/$ref`),
    }),
  );
  return app;
}
