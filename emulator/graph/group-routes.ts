// Groups: created, changed, deleted, and the references to their members and owners.
import { type Context, Hono } from 'hono';
import { hasPermission } from '../entra/caller.ts';
import type { Middleware } from '../middleware.ts';
import { badRequest, forbidden, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { Group } from '../tenant/directory.ts';
import { isDynamic } from '../tenant/dynamic-groups.ts';
import type { Lags } from '../tenant/replicas.ts';
import { ReplicatedSet } from '../tenant/replicated-collections.ts';
import { formatTenantNow } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { getCallFacts } from './calls/calls.ts';
import { parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { buildGroup, selectRuleView } from './group-json.ts';
import { permit } from './permissions.ts';
import { createReferenceRoutes } from './reference-routes.ts';
import { readBody } from './request-body.ts';

/** Allows creating a group, and then changing it, because its creator owns it. */
const CREATE_GROUPS = 'Group.Create';

/** Writes to /groups and below it. */
export function createGroupRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { groups } = tenant.directory;
  app.post('/groups', permit('POST /groups'), async (c) => {
    const group = parseGroup(await readBody(c), {
      id: tenant.directory.createId(),
      createdDateTime: formatTenantNow(tenant),
      callerId: c.get('caller').objectId,
      lags: tenant.directory.lags,
    });
    groups.set(group.id, group);
    return answer(c, 'groups/$entity', buildGroup(group, selectRuleView(c.get('caller'), tenant.switches)), 201);
  });
  app.patch('/groups/:id', requireRoleOrOwner(site, 'PATCH /groups/{id}'), async (c) => {
    const group = requireGroup(site, c);
    const posted = await readBody(c);
    groups.set(group.id, { ...group, properties: { ...group.properties, ...pickKnownProperties('group', posted) } });
    for (const id of parseReferencedIds(posted['members@odata.bind'] ?? [])) group.members.add(id);
    for (const id of parseReferencedIds(posted['owners@odata.bind'] ?? [])) group.owners.add(id);
    return c.body(null, 204);
  });
  app.delete('/groups/:id', requireRoleOrOwner(site, 'DELETE /groups/{id}'), (c) => {
    const { id } = requireGroup(site, c);
    if (!groups.delete(id)) throw notFound(id);
    return c.body(null, 204);
  });
  app.on(['POST', 'DELETE'], '/groups/:id/members/*', refuseDynamic(site));
  for (const relation of ['members', 'owners'] as const) {
    const references = createReferenceRoutes(site, `/groups/:id/${relation}`, {
      findIds: (c) => requireGroup(site, c)[relation],
      read: permit(`GET /groups/{id}/${relation}`),
      write: requireRoleOrOwner(site, `DELETE /groups/{id}/${relation}/{id}/$ref`),
    });
    app.route('/', references);
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

/** Requires one of the call's app roles, or Group.Create of a caller who owns the group. */
function requireRoleOrOwner(site: Site, call: string): Middleware {
  const { permissions } = getCallFacts(call);
  return async (c, next) => {
    const caller = c.get('caller');
    // What a person may write to groups is not in the tables.
    if (caller.kind === 'person') throw forbidden();
    const isOwner = hasPermission(caller, CREATE_GROUPS) && requireGroup(site, c).owners.has(caller.objectId);
    if (!isOwner && !permissions.some((permission) => hasPermission(caller, permission))) throw forbidden();
    await next();
  };
}

/** The group of the route's id, or Graph's 404. */
function requireGroup({ tenant }: Site, c: Context<RequestEnv>): Group {
  const id = c.req.param('id') ?? '';
  const group = tenant.directory.groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

function parseGroup(
  posted: Record<string, unknown>,
  { id, createdDateTime, callerId, lags }: { id: string; createdDateTime: string; callerId: string; lags: Lags },
): Group {
  const { displayName, mailEnabled, mailNickname, securityEnabled } = posted;
  if (typeof displayName !== 'string' || mailEnabled === undefined || !mailNickname || securityEnabled === undefined) {
    throw badRequest(
      "A value without a type name was found and no expected type is available: 'displayName', 'mailEnabled', 'mailNickname' and 'securityEnabled' are required.",
    );
  }
  const owners = parseReferencedIds(posted['owners@odata.bind'] ?? []);
  return {
    id,
    properties: {
      description: null,
      groupTypes: [],
      isAssignableToRole: null,
      mail: null,
      visibility: null,
      ...pickKnownProperties('group', posted),
      createdDateTime,
      displayName,
    },
    members: new ReplicatedSet(lags.directory, parseReferencedIds(posted['members@odata.bind'] ?? [])),
    owners: new Set(owners.length > 0 ? owners : [callerId]),
  };
}
