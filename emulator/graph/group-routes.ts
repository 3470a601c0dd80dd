// Groups: created, changed, deleted, given licences, and the references to their members and owners.
import { type Context, Hono } from 'hono';
import { hasPermission } from '../entra/caller.ts';
import type { Middleware } from '../middleware.ts';
import { badRequest, forbidden, notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { Group } from '../tenant/directory.ts';
import { changeGroupLicenses } from '../tenant/group-licensing.ts';
import { isMember, joinGroup, leaveGroup, listMemberIds } from '../tenant/group-members.ts';
import type { Lags } from '../tenant/replicas.ts';
import { ReplicatedSet } from '../tenant/replicated-collections.ts';
import { findSku } from '../tenant/skus.ts';
import { formatTenantNow, type Tenant } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { getCallFacts } from './calls/calls.ts';
import { findDirectoryObject, foldObjectId, parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { buildGroup, selectRuleView } from './group-json.ts';
import { parseLicenseOrder } from './license-order.ts';
import { requireMemberChange } from './member-writes.ts';
import { permit } from './permissions.ts';
import { createExistsError, createReferenceRoutes, type References } from './reference-routes.ts';
import { readBody } from './request-body.ts';

/** Allows creating a group, and then changing it, because its creator owns it. */
const CREATE_GROUPS = 'Group.Create';

/** "You can add up to only 20 members" (group-post-members.md). */
const MOST_MEMBERS = 20;

/** Writes to /groups and below it. */
export function createGroupRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { groups } = tenant.directory;
  const write = (c: Context<RequestEnv>, group: Group) =>
    buildGroup(tenant, group, { view: selectRuleView(c.get('caller'), tenant.switches) });
  app.post('/groups', permit('POST /groups'), async (c) => {
    const group = parseGroup(await readBody(c), {
      id: tenant.directory.createId(),
      createdDateTime: formatTenantNow(tenant),
      callerId: c.get('caller').objectId,
      lags: tenant.directory.lags,
    });
    groups.set(group.id, group);
    return answer(c, 'groups/$entity', write(c, group), 201);
  });
  app.patch('/groups/:id', async (c) => {
    const group = requireGroup(site, c);
    const { 'members@odata.bind': members, ...posted } = await readBody(c);
    if (members === undefined || Object.keys(posted).length > 0) requireRoleOrOwner(site, c, 'PATCH /groups/{id}');
    if (members !== undefined) addMembers(tenant, c, group, parseReferencedIds(members));
    groups.set(group.id, { ...group, properties: { ...group.properties, ...pickKnownProperties('group', posted) } });
    for (const id of parseReferencedIds(posted['owners@odata.bind'] ?? [])) group.owners.add(id);
    return c.body(null, 204);
  });
  app.delete('/groups/:id', (c) => {
    requireRoleOrOwner(site, c, 'DELETE /groups/{id}');
    deleteGroup(tenant, requireGroup(site, c));
    return c.body(null, 204);
  });
  app.post('/groups/:id/assignLicense', permit('POST /groups/{id}/assignLicense'), async (c) => {
    const order = parseLicenseOrder(await readBody(c));
    const group = requireGroup(site, c);
    // "The feature can only be used with … securityEnabled=TRUE" (licensing-group-advanced.md); its error is a guess.
    if (group.properties.securityEnabled !== true)
      throw badRequest('Licenses can be assigned to security groups only.');
    const unknown = order.addLicenses.find(({ skuId }) => !findSku(skuId));
    if (unknown) throw badRequest(`License ${unknown.skuId} does not correspond to a valid company License.`);
    changeGroupLicenses(tenant, group, order);
    return answer(c, 'groups/$entity', write(c, group), 202);
  });
  app.route(
    '/',
    createReferenceRoutes(site, '/groups/:id/members', {
      findIds: (c) => createMembers(tenant, requireGroup(site, c)),
      read: permit('GET /groups/{id}/members'),
      write: async (c, next) => {
        requireMemberChange(tenant, c.get('caller'), requireGroup(site, c));
        await next();
      },
    }),
  );
  app.route(
    '/',
    createReferenceRoutes(site, '/groups/:id/owners', {
      findIds: (c) => requireGroup(site, c).owners,
      read: permit('GET /groups/{id}/owners'),
      write: requireOwnership(site, 'DELETE /groups/{id}/owners/{id}/$ref'),
    }),
  );
  return app;
}

/** Removes a group from the directory. */
export function deleteGroup({ directory }: Tenant, group: Group): void {
  // "It isn't possible to delete a group with an active license assigned" (licensing-group-advanced.md); its error is a guess.
  if ((group.licenses?.size ?? 0) > 0)
    throw badRequest('The group has licenses assigned, which have to be removed before it can be deleted.');
  if (!directory.groups.delete(group.id)) throw notFound(group.id);
}

/** "If an error condition exists in the request body, no members are added" (group-post-members.md). */
function addMembers(tenant: Tenant, c: Context<RequestEnv>, group: Group, written: readonly string[]): void {
  requireMemberChange(tenant, c.get('caller'), group);
  if (written.length > MOST_MEMBERS)
    throw badRequest(`The number of members to be added exceeds the limit of ${MOST_MEMBERS}.`);
  const members = createMembers(tenant, group);
  const ids = written.map((id) => foldObjectId(tenant, id));
  const missing = ids.find((id) => !findDirectoryObject(tenant, id, ['id']));
  if (missing !== undefined) throw notFound(missing);
  if (ids.some((id) => members.has(id))) throw createExistsError('members');
  for (const id of ids) members.add(id);
}

/** The members of a group, whose licences follow who comes and goes. */
function createMembers(tenant: Tenant, group: Group): References {
  const has = (id: string) => {
    const person = tenant.people.find(id);
    return person ? isMember(group, person) : group.members.has(id);
  };
  return {
    has,
    add: (id) => joinGroup(tenant, group, id),
    delete(id) {
      if (!has(id)) return false;
      leaveGroup(tenant, group, id);
      return true;
    },
    *[Symbol.iterator]() {
      for (const [, id] of listMemberIds(tenant.people, group)) yield id;
    },
  };
}

function requireOwnership(site: Site, call: string): Middleware {
  return async (c, next) => {
    requireRoleOrOwner(site, c, call);
    await next();
  };
}

/** Requires one of the call's app roles, or Group.Create of a caller who owns the group. */
function requireRoleOrOwner(site: Site, c: Context<RequestEnv>, call: string): void {
  const { permissions } = getCallFacts(call);
  const caller = c.get('caller');
  // What a person may write to groups is not in the tables.
  if (caller.kind === 'person') throw forbidden();
  const isOwner = hasPermission(caller, CREATE_GROUPS) && requireGroup(site, c).owners.has(caller.objectId);
  if (!isOwner && !permissions.some((permission) => hasPermission(caller, permission))) throw forbidden();
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
    left: new ReplicatedSet(lags.directory),
    owners: new Set(owners.length > 0 ? owners : [callerId]),
  };
}
