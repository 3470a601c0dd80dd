// The members of a group: those added to it, and for a licensing group everybody who inherits its product.
import { type Context, Hono } from 'hono';
import type { Middleware } from '../middleware.ts';
import { forbidden, notFound } from '../odata/errors.ts';
import { buildNextLink, parsePageToken } from '../odata/paging.ts';
import { parseQuery } from '../odata/query.ts';
import type { RequestEnv, Site } from '../site.ts';
import { type Group, listTransitiveMemberIds } from '../tenant/directory.ts';
import { isDynamic } from '../tenant/dynamic-groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { CALLS, type Call } from './calls/calls.ts';
import { findDirectoryObject } from './directory-object.ts';
import { selectRuleView } from './group-json.ts';
import { limitMember } from './limit-member.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';

/** Allows creating a group, and then changing it, because its creator owns it. */
const CREATE_GROUPS = 'Group.Create';
const USERS_ONLY = 'microsoft.graph.user';
const DEFAULT_PAGE = 100;

/** /groups/{id}/members, transitiveMembers, owners and their $ref. */
export function createGroupMemberRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  for (const relation of ['members', 'transitiveMembers', 'owners'] as const) {
    const mayRead = permit(`GET /groups/{id}/${relation}`);
    app.get(`/groups/:id/${relation}`, mayRead, (c) => answerMembers(site, c, relation));
    app.get(`/groups/:id/${relation}/:cast{microsoft.+}`, mayRead, (c) => answerMembers(site, c, relation));
  }
  app.on(['POST', 'DELETE'], '/groups/:id/members/*', refuseDynamic(site));
  for (const relation of ['members', 'owners'] as const) {
    const path = `/groups/:id/${relation}`;
    const permissions = {
      read: permit(`GET /groups/{id}/${relation}`),
      write: requireRoleOrOwner(site, `DELETE /groups/{id}/${relation}/{id}/$ref`),
    };
    app.route(
      '/',
      createReferenceRoutes(site, path, {
        findIds: (c) => requireGroup(site, c)[relation],
        ...permissions,
      }),
    );
  }
  return app;
}

/** "You can't manually add or remove a member of a dynamic group" (groups-dynamic-membership); its error is a guess. */
function refuseDynamic(site: Site): Middleware {
  return async (c, next) => {
    if (isDynamic(requireGroup(site, c))) throw forbidden();
    await next();
  };
}

/** Requires one of these app roles, or Group.Create of a caller who owns the group. */
export function requireRoleOrOwner(site: Site, call: Call): Middleware {
  const roles: readonly string[] = CALLS[call].permissions;
  return async (c, next) => {
    const { roles: callerRoles, objectId } = c.get('caller');
    const isOwner = callerRoles.has(CREATE_GROUPS) && requireGroup(site, c).owners.has(objectId);
    if (!isOwner && !roles.some((role) => callerRoles.has(role))) throw forbidden();
    await next();
  };
}

/** The group of the route's id, or Graph's 404. */
export function requireGroup({ tenant }: Site, c: Context<RequestEnv>): Group {
  const id = c.req.param('id') ?? '';
  const group = tenant.directory.groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

type Relation = 'members' | 'transitiveMembers' | 'owners';

function answerMembers(site: Site, c: Context<RequestEnv>, relation: Relation): Response {
  const { tenant } = site;
  const url = new URL(c.req.url);
  const query = parseQuery(url, c.req.header('ConsistencyLevel'));
  const group = requireGroup(site, c);
  const usersOnly = c.req.param('cast') === USERS_ONLY;
  const ids = [
    ...(relation === 'transitiveMembers' ? listTransitiveMemberIds(tenant.directory, group.id) : group[relation]),
  ];
  const licensed = relation === 'owners' ? null : group.id;
  const view = selectRuleView(c.get('caller'), tenant.switches);
  const size = query.top ?? DEFAULT_PAGE;
  const value: Record<string, unknown>[] = [];
  let next: number | null = null;
  for (const [place, id] of listMemberIds(tenant, licensed, ids, parsePageToken(query.skipToken))) {
    if (value.length === size) {
      next = place;
      break;
    }
    const found = findDirectoryObject(tenant, id, query.select, view);
    const member = found && limitMember(c.get('caller'), found);
    if (member && (!usersOnly || member['@odata.type'] === '#microsoft.graph.user')) value.push(member);
  }
  return answer(c, usersOnly ? 'users' : 'directoryObjects', {
    ...(next === null ? {} : { '@odata.nextLink': buildNextLink(url, next) }),
    value,
  });
}

/** Ids with their places: the given ones first, then people by index if the group hands out licences. */
function* listMemberIds(
  tenant: Tenant,
  groupId: string | null,
  ids: string[],
  start: number,
): Generator<[number, string]> {
  for (let place = start; place < ids.length; place += 1) yield [place, ids[place] ?? ''];
  const { people, directory } = tenant;
  if (groupId === null || !directory.groups.get(groupId)?.licenses) return;
  for (let index = Math.max(0, start - ids.length); index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    if (person.licenses.some(({ assignedByGroup }) => assignedByGroup === groupId)) {
      yield [ids.length + index, person.id];
    }
  }
}
