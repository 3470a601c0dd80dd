// In which of some groups a person is, be it by groups within them. What it says: directoryobject-checkmembergroups.md.
import { type Context, Hono } from 'hono';
import { hasPermission } from '../entra/caller.ts';
import { badRequest, forbidden } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import { answer } from './answer.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { requireUser } from './require-user.ts';
import { hidesMembers, listParentIds } from './resources/group-resources.ts';

/** "Up to a maximum of 20 groups per request". */
const MOST_GROUPS = 20;

/** One of them, besides the permission to read memberships. */
const USER_READERS = ['User.Read.All', 'Directory.Read.All'];

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** POST /users/{id}/checkMemberGroups. */
export function createMembershipRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.post('/users/:id/checkMemberGroups', permit('POST /users/{id}/checkMemberGroups'), (c) =>
    checkMemberGroups(site, c),
  );
  return app;
}

/**
 * "If the request is invalid (for example, a malformed group ID), the entire request fails"; of a group whose members the caller
 * may not see the answer says nothing. That one which is not there counts as such a one is unverified, and so are the errors.
 */
async function checkMemberGroups(site: Site, c: Context<RequestEnv>): Promise<Response> {
  const caller = c.get('caller');
  if (!USER_READERS.some((permission) => hasPermission(caller, permission))) throw forbidden();
  const { groupIds } = await readBody(c);
  const { id } = requireUser(site, c);
  if (!Array.isArray(groupIds)) throw badRequest("The parameter 'groupIds' is required.");
  if (groupIds.length > MOST_GROUPS)
    throw badRequest(`The number of groups to be checked exceeds the limit of ${MOST_GROUPS}.`);
  const malformed = groupIds.find((each) => typeof each !== 'string' || !guid.test(each));
  if (malformed !== undefined) throw badRequest(`Invalid object identifier '${malformed}'.`);
  const { groups } = site.tenant.directory;
  const memberships = listParentIds({ site }, id, true);
  const value = groupIds.filter((groupId: string) => {
    const group = groups.get(groupId.toLowerCase());
    return group !== undefined && memberships.has(group.id) && !hidesMembers(group, caller);
  });
  return answer(c, 'Collection(Edm.String)', { value });
}
