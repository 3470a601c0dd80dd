// Microsoft's facts of the calls for groups.
import { type CallFacts, everyOption } from './call.ts';

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

/** GroupMember.Read.All reads only "basic group properties" (permissions-reference.md), without the rule (u). */
const rules = { membershipRule: 'Directory.Read.All' } as const;

export const groupCalls = {
  'GET /groups': {
    permissions: readGroups,
    units: 1,
    page: 'group-list.md',
    query: everyOption,
    mostOnPage: 999,
    alsoFor: rules,
  },
  'GET /groups/{id}': {
    permissions: readGroups,
    units: 1,
    page: 'group-get.md',
    query: ['$select'],
    alsoFor: rules,
  },
  'POST /groups': {
    permissions: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'PATCH /groups/{id}': {
    permissions: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'DELETE /groups/{id}': { permissions: ['Group.ReadWrite.All'], units: 1 },
  'GET /groups/{id}/members': {
    permissions: readMembers,
    units: 3,
    page: 'group-list-members.md',
    query: everyOption,
    mostOnPage: 999,
  },
  'GET /groups/{id}/transitiveMembers': {
    permissions: readMembers,
    units: 5,
    page: 'group-list-transitivemembers.md',
    query: everyOption,
    mostOnPage: 999,
  },
  'GET /groups/{id}/owners': {
    permissions: readMembers,
    units: 1,
    page: 'group-list-owners.md',
    query: everyOption,
    mostOnPage: 999,
  },
  'GET /groups/{id}/memberOf': { permissions: readParents, units: 1 },
  'GET /groups/{id}/transitiveMemberOf': { permissions: readParents, units: 1 },
  // permissions.json lists no /$ref.
  'DELETE /groups/{id}/members/{id}/$ref': {
    permissions: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'DELETE /groups/{id}/owners/{id}/$ref': {
    permissions: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
} as const satisfies Record<string, CallFacts>;
