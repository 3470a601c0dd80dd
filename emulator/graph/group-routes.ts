// Groups: listed, read, created, changed, deleted.
import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { parseQuery } from '../odata/query.ts';
import { selectTypeName } from '../odata/schema.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { AdministrativeUnit, Group } from '../tenant/directory.ts';
import { formatTenantNow } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { parseReferencedIds, pickKnownProperties } from './directory-object.ts';
import { buildGroup, selectRuleView } from './group-json.ts';
import { requireGroup, requireRoleOrOwner } from './group-members.ts';
import { limitMember } from './limit-member.ts';
import { permit } from './permissions.ts';
import { readBody } from './request-body.ts';
import { requireUser } from './user-routes.ts';

/** /groups, /groups/{id}, and the groups of a user. */
export function createGroupRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { groups } = tenant.directory;
  const selectView = (c: Context<RequestEnv>) => selectRuleView(c.get('caller'), tenant.switches);
  app.get('/groups', permit('GET /groups'), (c) => {
    const write = (group: Group, select: readonly string[] | null = null) =>
      buildGroup(group, selectView(c), select, selectTypeName(c.req.path, 'group'));
    return answerPage(c, 'groups', { entries: [...groups.values()], write });
  });
  app.get('/groups/:id', permit('GET /groups/{id}'), (c) => {
    const { select } = parseQuery(new URL(c.req.url), undefined);
    return answer(
      c,
      'groups/$entity',
      buildGroup(requireGroup(site, c), selectView(c), select, selectTypeName(c.req.path, 'group')),
    );
  });
  app.post('/groups', permit('POST /groups'), async (c) => {
    const group = parseGroup(await readBody(c), {
      id: tenant.directory.createId(),
      createdDateTime: formatTenantNow(tenant),
      callerId: c.get('caller').objectId,
    });
    groups.set(group.id, group);
    return answer(c, 'groups/$entity', buildGroup(group, selectView(c)), 201);
  });
  app.patch('/groups/:id', requireRoleOrOwner(site, 'PATCH /groups/{id}'), async (c) => {
    const group = requireGroup(site, c);
    const posted = await readBody(c);
    Object.assign(group.properties, pickKnownProperties('group', posted));
    for (const id of parseReferencedIds(posted['members@odata.bind'] ?? [])) group.members.add(id);
    for (const id of parseReferencedIds(posted['owners@odata.bind'] ?? [])) group.owners.add(id);
    return c.body(null, 204);
  });
  app.delete('/groups/:id', requireRoleOrOwner(site, 'DELETE /groups/{id}'), (c) => {
    const { id } = requireGroup(site, c);
    if (!groups.delete(id)) throw notFound(id);
    return c.body(null, 204);
  });
  app.route('/', createParentRoutes(site));
  return app;
}

/** The groups that a person or a group is in; for a group its administrative units, too. */
function createParentRoutes(site: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const { tenant } = site;
  const { groups, administrativeUnits } = tenant.directory;
  for (const relation of ['memberOf', 'transitiveMemberOf'] as const) {
    const createTypedWriter =
      (c: Context<RequestEnv>) =>
      (group: Group, select: readonly string[] | null = null) => ({
        '@odata.type': '#microsoft.graph.group',
        ...buildGroup(group, selectRuleView(c.get('caller'), tenant.switches), select),
      });
    app.get(`/users/:id/${relation}`, permit(`GET /users/{id}/${relation}`), (c) => {
      const { id } = requireUser(site, c);
      const parents = listParents(groups, id, relation === 'transitiveMemberOf');
      return answerPage(c, 'directoryObjects', { entries: parents, write: createTypedWriter(c) });
    });
    app.get(`/groups/:id/${relation}`, permit(`GET /groups/{id}/${relation}`), (c) => {
      const { id } = requireGroup(site, c);
      const parents = listParents(groups, id, relation === 'transitiveMemberOf').map((group) =>
        createTypedWriter(c)(group),
      );
      const units = [...administrativeUnits.values()].filter(({ members }) => members.has(id));
      const found = [...parents, ...units.map((unit) => limitMember(c.get('caller'), buildUnitParent(unit)))];
      return answerPage(c, 'directoryObjects', {
        entries: found,
        write: (parent) => parent,
        writeSelected: selectParentProperties,
      });
    });
  }
  return app;
}

function buildUnitParent({ id, displayName }: AdministrativeUnit): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.administrativeUnit', id, displayName };
}

function selectParentProperties(
  parent: Record<string, unknown>,
  select: readonly string[] | null,
): Record<string, unknown> {
  if (select === null) return parent;
  const names = ['@odata.type', ...select];
  return Object.fromEntries(names.map((name) => [name, parent[name] ?? null]));
}

function parseGroup(
  posted: Record<string, unknown>,
  { id, createdDateTime, callerId }: { id: string; createdDateTime: string; callerId: string },
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
    members: new Set(parseReferencedIds(posted['members@odata.bind'] ?? [])),
    owners: new Set(owners.length > 0 ? owners : [callerId]),
  };
}

function listParents(groups: ReadonlyMap<string, Group>, id: string, isTransitive: boolean): Group[] {
  const found = new Map<string, Group>();
  const search = (member: string) => {
    for (const group of groups.values()) {
      if (!group.members.has(member) || found.has(group.id)) continue;
      found.set(group.id, group);
      if (isTransitive) search(group.id);
    }
  };
  search(id);
  return [...found.values()];
}
