// Groups themselves: listed, read, made, changed, deleted.

import { type Context, Hono } from 'hono';
import { badRequest, notFound } from '../odata/errors.ts';
import { queryOf } from '../odata/query.ts';
import { typeFor } from '../odata/schema.ts';
import type { Carried, Site } from '../site.ts';
import type { AdministrativeUnit, Group } from '../tenant/directory.ts';
import { stampOf } from '../tenant/tenant.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { keptProperties, referencedIds } from './directory-object.ts';
import { groupObject, ruleView } from './group-json.ts';
import { allowOwner, groupOf } from './group-members.ts';
import { shownTo } from './limited.ts';
import { permit } from './permissions.ts';
import { postedBody } from './posted-body.ts';
import { personOf } from './user-routes.ts';

/** /groups, /groups/{id}, and the groups of a user. */
export function groupRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const { tenant } = site;
  const { groups } = tenant.directory;
  const viewOf = (c: Context<Carried>) => ruleView(c.get('caller'), tenant.switches);
  app.get('/groups', permit('GET /groups'), (c) => {
    const write = (group: Group, select: readonly string[] | null = null) =>
      groupObject(group, viewOf(c), select, typeFor(c.req.path, 'group'));
    return answerPage(c, 'groups', [...groups.values()], write, write);
  });
  app.get('/groups/:id', permit('GET /groups/{id}'), (c) => {
    const { select } = queryOf(new URL(c.req.url), undefined);
    return answer(
      c,
      'groups/$entity',
      groupObject(groupOf(site, c), viewOf(c), select, typeFor(c.req.path, 'group')),
    );
  });
  app.post('/groups', permit('POST /groups'), async (c) => {
    const group = groupFrom(
      await postedBody(c),
      tenant.directory.newId(),
      stampOf(tenant),
      c.get('caller').objectId,
    );
    groups.set(group.id, group);
    return answer(c, 'groups/$entity', groupObject(group, viewOf(c)), 201);
  });
  app.patch('/groups/:id', allowOwner(site, 'PATCH /groups/{id}'), async (c) => {
    const group = groupOf(site, c);
    const posted = await postedBody(c);
    Object.assign(group.properties, keptProperties('group', posted));
    for (const id of referencedIds(posted['members@odata.bind'] ?? [])) group.members.add(id);
    for (const id of referencedIds(posted['owners@odata.bind'] ?? [])) group.owners.add(id);
    return c.body(null, 204);
  });
  app.delete('/groups/:id', allowOwner(site, 'DELETE /groups/{id}'), (c) => {
    const { id } = groupOf(site, c);
    if (!groups.delete(id)) throw notFound(id);
    return c.body(null, 204);
  });
  app.route('/', parentRoutes(site));
  return app;
}

/** The groups that a person or a group is in, and of a group the administrative units, too. */
function parentRoutes(site: Site): Hono<Carried> {
  const app = new Hono<Carried>();
  const { tenant } = site;
  const { groups, administrativeUnits } = tenant.directory;
  for (const relation of ['memberOf', 'transitiveMemberOf'] as const) {
    const typed =
      (c: Context<Carried>) =>
      (group: Group, select: readonly string[] | null = null) => ({
        '@odata.type': '#microsoft.graph.group',
        ...groupObject(group, ruleView(c.get('caller'), tenant.switches), select),
      });
    app.get(`/users/:id/${relation}`, permit(`GET /users/{id}/${relation}`), (c) => {
      const { id } = personOf(site, c);
      const parents = parentsOf(groups, id, relation === 'transitiveMemberOf');
      return answerPage(c, 'directoryObjects', parents, typed(c), typed(c));
    });
    app.get(`/groups/:id/${relation}`, permit(`GET /groups/{id}/${relation}`), (c) => {
      const { id } = groupOf(site, c);
      const parents = parentsOf(groups, id, relation === 'transitiveMemberOf').map((group) =>
        typed(c)(group),
      );
      const units = [...administrativeUnits.values()].filter(({ members }) => members.has(id));
      const found = [...parents, ...units.map((unit) => shownTo(c.get('caller'), unitParent(unit)))];
      return answerPage(c, 'directoryObjects', found, (parent) => parent, selected);
    });
  }
  return app;
}

function unitParent({ id, displayName }: AdministrativeUnit): Record<string, unknown> {
  return { '@odata.type': '#microsoft.graph.administrativeUnit', id, displayName };
}

function selected(
  parent: Record<string, unknown>,
  select: readonly string[] | null,
): Record<string, unknown> {
  if (select === null) return parent;
  const names = ['@odata.type', ...select];
  return Object.fromEntries(names.map((name) => [name, parent[name] ?? null]));
}

function groupFrom(posted: Record<string, unknown>, id: string, created: string, callerId: string): Group {
  const { displayName, mailEnabled, mailNickname, securityEnabled } = posted;
  if (
    typeof displayName !== 'string' ||
    mailEnabled === undefined ||
    !mailNickname ||
    securityEnabled === undefined
  ) {
    throw badRequest(
      "A value without a type name was found and no expected type is available: 'displayName', 'mailEnabled', 'mailNickname' and 'securityEnabled' are required.",
    );
  }
  const owners = referencedIds(posted['owners@odata.bind'] ?? []);
  return {
    id,
    properties: {
      description: null,
      groupTypes: [],
      isAssignableToRole: null,
      mail: null,
      visibility: null,
      ...keptProperties('group', posted),
      createdDateTime: created,
      displayName,
    },
    members: new Set(referencedIds(posted['members@odata.bind'] ?? [])),
    owners: new Set(owners.length > 0 ? owners : [callerId]),
  };
}

function parentsOf(groups: ReadonlyMap<string, Group>, id: string, isTransitive: boolean): Group[] {
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
