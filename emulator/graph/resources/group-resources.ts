// Rows for groups: the listing, one group, its members and owners, and what a person or a group is a member of.

import { type Caller, hasPermission } from '../../entra/caller.ts';
import { notFound } from '../../odata/errors.ts';
import { readPath } from '../../odata/filter-match.ts';
import { type AppRoleGrant, type Group, listTransitiveMemberIds } from '../../tenant/directory.ts';
import { listGroupIds, listMemberIds } from '../../tenant/group-members.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { type DelegatedAccess, everyOption } from '../calls/call.ts';
import { appRoleReaders } from '../calls/people.ts';
import { buildGroup, readGroup, selectRuleView } from '../group-json.ts';
import { selectProperties } from '../stored-object.ts';
import { buildAppRoleGrant } from './application-resources.ts';
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
    buildGroup(site.tenant, group, { view: selectRuleView(c.get('caller'), site.tenant.switches), select, typeName }),
  read: (group, { site, c }) => {
    const whole: Record<string, unknown> = { id: group.id, ...readGroup(site.tenant, group) };
    if (selectRuleView(c.get('caller'), site.tenant.switches) !== 'shown') whole.membershipRule = null;
    // "Never returned on a GET operation. You can use it as a $filter argument" (group.md).
    return (path) =>
      path === 'hasMembersWithLicenseErrors' ? hasFailedMembers(site.tenant, group) : readPath(whole, path);
  },
});

/** Application.Read.All is not among them (permissions.json), as it is for service principals. */
const readAppRoles = ['Directory.Read.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.ReadWrite.All'] as const;

const appRoleAssignments = defineObjects<AppRoleGrant>({
  path: '/groups/{id}/appRoleAssignments',
  typeName: 'appRoleAssignment',
  list: {
    permissions: readAppRoles,
    delegated: { permissions: ['Directory.Read.All', 'Directory.ReadWrite.All'], people: appRoleReaders },
    units: 1,
    page: 'group-list-approleassignments.md',
    query: everyOption,
  },
  entries: (view) => {
    const { id } = requireGroup(view);
    return [...view.site.tenant.directory.appRoleGrants.values()].filter(({ principalId }) => principalId === id);
  },
  write: (grant, { site }, select) => selectProperties(buildAppRoleGrant(site.tenant, grant), select),
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
  idsFrom: (view, start) => {
    const group = requireGroup(view);
    return hidesMembers(group, view.c.get('caller'))
      ? []
      : listMemberIds(view.site.tenant.people, group, undefined, start);
  },
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
    const { directory, people } = view.site.tenant;
    const group = requireGroup(view);
    if (hidesMembers(group, view.c.get('caller'))) return [];
    return listMemberIds(people, group, listTransitiveMemberIds(directory, group.id), start);
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
      const caller = view.c.get('caller');
      const { groups: all } = view.site.tenant.directory;
      const found = [...listParentIds(view, id, path.endsWith('/transitiveMemberOf'))];
      const shown = found.filter((parent) => !hidesMembers(all.get(parent), caller));
      return numberIds(new Set(shown), start);
    },
  }),
);

export const groupResources = [groups, appRoleAssignments, members, transitiveMembers, owners, ...parents] as const;

function requireGroup({ site, id }: View): Group {
  const group = site.tenant.directory.groups.get(id.toLowerCase());
  if (!group) throw notFound(id);
  return group;
}

/**
 * "To list the members of a hidden membership group, the Member.Read.Hidden permission is required"
 * (group-list-transitivemembers.md). A list of memberships leaves such a group out without a word (microsoft-graph-docs 12552);
 * that the list of its members is empty is unverified, and so are hidden groups within another.
 */
export function hidesMembers(group: Group | undefined, caller: Caller): boolean {
  return group?.properties.visibility === 'HiddenMembership' && !hasPermission(caller, 'Member.Read.Hidden');
}

function hasFailedMembers({ people }: Tenant, { id, licenses }: Group): boolean {
  if (!licenses) return false;
  for (const person of people.listNamed())
    if (person.licenses.some(({ assignedByGroup, error }) => assignedByGroup === id && error !== 'None')) return true;
  return false;
}

/**
 * The groups, administrative units and roles that an object is a member of: "direct member of groups, directory roles, and
 * administrative units" (user-list-memberof.md); roles are those for the whole tenant.
 */
export function listParentIds({ site }: Pick<View, 'site'>, id: string, isTransitive: boolean): Set<string> {
  const { people, directory } = site.tenant;
  const { groups: all, administrativeUnits, roleAssignments } = directory;
  const found = new Set<string>();
  const search = (member: string) => {
    const person = people.find(member);
    const direct = person ? [...listGroupIds(directory, person)] : listParentsOf(all, member);
    for (const parent of direct) {
      if (found.has(parent)) continue;
      found.add(parent);
      if (isTransitive) search(parent);
    }
  };
  search(id);
  for (const unit of administrativeUnits.values()) if (unit.members.has(id)) found.add(unit.id);
  const holders = isTransitive ? new Set([id, ...found]) : new Set([id]);
  for (const { principalId, roleDefinitionId, directoryScopeId } of roleAssignments.values())
    if (directoryScopeId === '/' && holders.has(principalId)) found.add(roleDefinitionId);
  return found;
}

function listParentsOf(groups: ReadonlyMap<string, Group>, id: string): string[] {
  return [...groups.values()].filter(({ members }) => members.has(id)).map((group) => group.id);
}
