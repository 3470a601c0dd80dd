// DELETE on what a relation names, without /$ref: "the member object will also be deleted" (group-delete-members.md; the
// same caution is on the pages for owners and for members of directory roles).
import { type Context, Hono } from 'hono';
import { type Caller, hasPermission } from '../entra/caller.ts';
import { forbidden, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { deleteAccount } from '../tenant/account-changes.ts';
import { mayTouch } from '../tenant/privilege.ts';
import { getCallFacts } from './calls/calls.ts';
import { foldObjectId } from './directory-object.ts';
import { deleteGroup } from './group-routes.ts';
import { createView } from './resources/create-view.ts';
import { resources } from './resources/resources.ts';

const RELATIONS = [
  '/groups/{id}/members',
  '/groups/{id}/owners',
  '/directoryRoles/{id}/members',
  '/applications/{id}/owners',
  '/servicePrincipals/{id}/owners',
];

/**
 * Deletes the object itself "if … the calling app has permissions to manage the member object type … otherwise, a 403".
 * Whether it takes the permission for the relation as well is unverified; here it does not, which is the worse case. Objects
 * that are neither users nor groups are refused.
 */
export function createObjectDeletion(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  for (const path of RELATIONS)
    app.delete(`${path.replace('{id}', ':id')}/:key`, (c) => {
      const id = requireRelated(site, c, path);
      deleteObject(site, c.get('caller'), id);
      return c.body(null, 204);
    });
  return app;
}

function requireRelated(site: Site, c: Context<RequestEnv>, path: string): string {
  const resource = resources.find((row) => row.path === path && row.list);
  if (!resource) throw new Error(`No row lists ${path}.`);
  const key = foldObjectId(site.tenant, c.req.param('key'));
  for (const [, id] of resource.listFrom(createView(site, c, resource, true), 0)) if (id === key) return key;
  throw notFound(key);
}

function deleteObject({ tenant }: Site, caller: Caller, id: string): void {
  const person = tenant.people.find(id);
  const group = tenant.directory.groups.get(id);
  if (person && mayDelete(caller, 'users') && mayTouch(tenant, caller.objectId, person.id))
    deleteAccount(tenant, tenant.people.change(person.index));
  else if (group && mayDelete(caller, 'groups')) deleteGroup(tenant, group);
  else throw forbidden();
}

function mayDelete(caller: Caller, type: 'users' | 'groups'): boolean {
  if (caller.kind === 'person') return false;
  return getCallFacts(`DELETE /${type}/{id}`).permissions.some((permission) => hasPermission(caller, permission));
}
