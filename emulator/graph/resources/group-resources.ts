// Rows for groups: the listing, one group, its members and owners, and what a person or a group is a member of.

import { notFound } from '../../odata/errors.ts';
import { type Group, listTransitiveMemberIds } from '../../tenant/directory.ts';
import { type DelegatedAccess, everyOption } from '../calls/call.ts';
import { buildGroup, selectRuleView } from '../group-json.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';
import type { View } from './resource.ts';
import { requirePerson } from './user-resources.ts';

const readGroups = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Group.ReadWrite.All',
  'Directory.ReadWrite.All',
] as const;
const readMembers = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
] as const;
/** Write permissions are not among them (group-list-memberof-permissions.md of microsoft-graph-docs-contrib). */
const readParents = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;
/** User.Read reads one's own alone (`/me/memberOf`). */
const readParentsAsPerson: DelegatedAccess = { permissions: readParents, people: 'members' };
const readPersonsParents = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;

/** Members read groups and memberships (users-default-permissions.md of entra-docs). */
const readGroupsAsPerson: DelegatedAccess = { permissions: readGroups, people: 'members' };
const readMembersAsPerson: DelegatedAccess = { permissions: readMembers, people: 'members' };

/** GroupMember.Read.All reads only "basic group properties" (permissions-reference.md), without the rule (u). */
const rules = { membershipRule: 'Directory.Read.All' } as const;

const groups = defineObjects<Group>({
  path: '/groups',
  typeName: 'group',
  list: {
    permissions: readGroups,
    delegated: readGroupsAsPerson,
    units: 1,
    page: 'group-list.md',
    query: everyOption,
    mostOnPage: 999,
    alsoFor: rules,
  },
  get: {
    permissions: readGroups,
    delegated: readGroupsAsPerson,
    units: 1,
    page: 'group-get.md',
    query: ['$select'],
    alsoFor: rules,
  },
  entries: ({ site }) => [...site.tenant.directory.groups.values()],
  find: ({ site }, key) => site.tenant.directory.groups.get(key.toLowerCase()),
  write: (group, { site, c, typeName }, select) =>
    buildGroup(group, selectRuleView(c.get('caller'), site.tenant.switches), select, typeName),
});

const members = defineRelationship({
  path: '/groups/{id}/members',
  list: {
    permissions: readMembers,
    delegated: readMembersAsPerson,
    units: 3,
    page: 'group-list-members.md',
    query: everyOption,
    mostOnPage: 999,
  },
  idsFrom: (view, start) => listMemberIds(view, [...requireGroup(view).members], start),
});

const transitiveMembers = defineRelationship({
  path: '/groups/{id}/transitiveMembers',
  list: {
    permissions: readMembers,
    delegated: readMembersAsPerson,
    units: 5,
    page: 'group-list-transitivemembers.md',
    query: everyOption,
    mostOnPage: 999,
  },
  idsFrom: (view, start) => {
    const { id } = requireGroup(view);
    return listMemberIds(view, [...listTransitiveMemberIds(view.site.tenant.directory, id)], start);
  },
});

const owners = defineRelationship({
  path: '/groups/{id}/owners',
  list: {
    permissions: readMembers,
    delegated: readMembersAsPerson,
    units: 1,
    page: 'group-list-owners.md',
    query: everyOption,
    mostOnPage: 999,
  },
  idsFrom: (view, start) => numberIds(requireGroup(view).owners, start),
});

const memberships = [
  ['/groups/{id}/memberOf', readParents, 1, 'group-list-memberof.md'],
  ['/groups/{id}/transitiveMemberOf', readParents, 1, 'group-list-transitivememberof.md'],
  ['/users/{id}/memberOf', readPersonsParents, 2, 'user-list-memberof.md'],
  ['/users/{id}/transitiveMemberOf', ['User.Read.All', ...readParents], 2, 'user-list-transitivememberof.md'],
] as const;

const parents = memberships.map(([path, permissions, units, page]) =>
  defineRelationship({
    path,
    list: { permissions, delegated: readParentsAsPerson, units, page, query: everyOption },
    idsFrom: (view, start) => {
      const isOfGroup = path.startsWith('/groups');
      const { id } = isOfGroup ? requireGroup(view) : requirePerson(view);
      return numberIds(listParentIds(view, id, path.endsWith('/transitiveMemberOf')), start);
    },
  }),
);

export const groupResources = [groups, members, transitiveMembers, owners, ...parents] as const;

function requireGroup({ site, id }: View): Group {
  const group = site.tenant.directory.groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

/** Ids with their places: those added to the group first, then people by index if it hands out licences. */
function* listMemberIds(view: View, ids: readonly string[], start: number): Generator<readonly [number, string]> {
  yield* numberIds(ids, start);
  const { people } = view.site.tenant;
  const { id: groupId, licenses } = requireGroup(view);
  if (!licenses) return;
  for (let index = Math.max(0, start - ids.length); index < people.size; index += 1) {
    if (!people.has(index)) continue;
    const person = people.get(index);
    if (person.licenses.some(({ assignedByGroup }) => assignedByGroup === groupId))
      yield [ids.length + index, person.id];
  }
}

/**
 * The groups, administrative units and roles that an object is a member of: "direct member of groups, directory roles, and
 * administrative units" (user-list-memberof.md); roles are those for the whole tenant.
 */
export function listParentIds({ site }: Pick<View, 'site'>, id: string, isTransitive: boolean): Set<string> {
  const { groups: all, administrativeUnits, roleAssignments } = site.tenant.directory;
  const found = new Set<string>();
  const search = (member: string) => {
    for (const group of all.values()) {
      if (!group.members.has(member) || found.has(group.id)) continue;
      found.add(group.id);
      if (isTransitive) search(group.id);
    }
  };
  search(id);
  for (const unit of administrativeUnits.values()) if (unit.members.has(id)) found.add(unit.id);
  const holders = isTransitive ? new Set([id, ...found]) : new Set([id]);
  for (const { principalId, roleDefinitionId, directoryScopeId } of roleAssignments.values())
    if (directoryScopeId === '/' && holders.has(principalId)) found.add(roleDefinitionId);
  return found;
}
