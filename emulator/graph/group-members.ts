// Who is in a group: the members it was given, and for a licensing group everybody who inherits its product.

import { type Context, Hono } from 'hono';
import type { Gate } from '../gates.ts';
import { denied, notFound } from '../odata/errors.ts';
import { cursorOf, nextLink } from '../odata/paging.ts';
import { queryOf } from '../odata/query.ts';
import type { Carried, Site } from '../site.ts';
import { type Group, transitiveMemberIds } from '../tenant/directory.ts';
import { isDynamic } from '../tenant/dynamic-groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { CALLS, type Call } from './calls/calls.ts';
import { directoryObject } from './directory-object.ts';
import { ruleView } from './group-json.ts';
import { shownTo } from './limited.ts';
import { permit } from './permissions.ts';
import { referenceRoutes } from './reference-routes.ts';

/** Enough to make a group, and then to change it: whoever makes one owns it. */
const CREATE_GROUPS = 'Group.Create';
const USERS_ONLY = 'microsoft.graph.user';
const DEFAULT_PAGE = 100;

/** /groups/{id}/members, transitiveMembers, owners and their $ref. */
export function groupMemberRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  for (const relation of ['members', 'transitiveMembers', 'owners'] as const) {
    const mayRead = permit(`GET /groups/{id}/${relation}`);
    app.get(`/groups/:id/${relation}`, mayRead, (c) => list(site, c, relation));
    app.get(`/groups/:id/${relation}/:cast{microsoft.+}`, mayRead, (c) => list(site, c, relation));
  }
  app.on(['POST', 'DELETE'], '/groups/:id/members/*', refuseDynamic(site));
  for (const relation of ['members', 'owners'] as const) {
    const path = `/groups/:id/${relation}`;
    const permissions = {
      read: permit(`GET /groups/{id}/${relation}`),
      write: allowOwner(site, `DELETE /groups/{id}/${relation}/{id}/$ref`),
    };
    app.route(
      '/',
      referenceRoutes(site, path, (c) => groupOf(site, c)[relation], permissions),
    );
  }
  return app;
}

/** "You can't manually add or remove a member of a dynamic group" (groups-dynamic-membership); its answer is not documented. */
function refuseDynamic(site: Site): Gate {
  return async (c, next) => {
    if (isDynamic(groupOf(site, c))) throw denied();
    await next();
  };
}

/** Demands one of these app roles, or Group.Create of a caller who owns the group. */
export function allowOwner(site: Site, call: Call): Gate {
  const roles: readonly string[] = CALLS[call].permissions;
  return async (c, next) => {
    const { roles: held, objectId } = c.get('caller');
    const isOwner = held.has(CREATE_GROUPS) && groupOf(site, c).owners.has(objectId);
    if (!isOwner && !roles.some((role) => held.has(role))) throw denied();
    await next();
  };
}

/** The group of the route's id; 404 as Graph says it. */
export function groupOf({ tenant }: Site, c: Context<Carried>): Group {
  const id = c.req.param('id') ?? '';
  const group = tenant.directory.groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

type Relation = 'members' | 'transitiveMembers' | 'owners';

function list(site: Site, c: Context<Carried>, relation: Relation): Response {
  const { tenant } = site;
  const url = new URL(c.req.url);
  const query = queryOf(url, c.req.header('ConsistencyLevel'));
  const group = groupOf(site, c);
  const usersOnly = c.req.param('cast') === USERS_ONLY;
  const given = [
    ...(relation === 'transitiveMembers' ? transitiveMemberIds(tenant.directory, group.id) : group[relation]),
  ];
  const licensed = relation === 'owners' ? null : group.id;
  const view = ruleView(c.get('caller'), tenant.switches);
  const size = query.top ?? DEFAULT_PAGE;
  const value: Record<string, unknown>[] = [];
  let next: number | null = null;
  for (const [place, id] of memberIds(tenant, licensed, given, cursorOf(query.skipToken))) {
    if (value.length === size) {
      next = place;
      break;
    }
    const found = directoryObject(tenant, id, query.select, view);
    const member = found && shownTo(c.get('caller'), found);
    if (member && (!usersOnly || member['@odata.type'] === '#microsoft.graph.user')) value.push(member);
  }
  return answer(c, usersOnly ? 'users' : 'directoryObjects', {
    ...(next === null ? {} : { '@odata.nextLink': nextLink(url, next) }),
    value,
  });
}

/** Ids with their places: the given ones first, then people by index if the group hands out licences. */
function* memberIds(
  tenant: Tenant,
  groupId: string | null,
  given: string[],
  start: number,
): Generator<[number, string]> {
  for (let place = start; place < given.length; place += 1) yield [place, given[place] ?? ''];
  const { people, directory } = tenant;
  if (groupId === null || !directory.groups.get(groupId)?.licenses) return;
  for (let index = Math.max(0, start - given.length); index < people.size; index += 1) {
    if (!people.exists(index)) continue;
    const person = people.at(index);
    if (person.licenses.some(({ assignedByGroup }) => assignedByGroup === groupId)) {
      yield [given.length + index, person.id];
    }
  }
}
