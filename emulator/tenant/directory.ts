// The directory objects beside people: groups, applications, service principals, grants, roles and Conditional Access
// policies. They are few enough for memory.
import { addResource } from './api-principals.ts';
import { EXCHANGE_APP_ID, EXCHANGE_APP_ROLES, GRAPH_APP_ID, GRAPH_APP_ROLES } from './app-roles.ts';
import { buildPermissionScopes } from './delegated-permissions.ts';
import { addDynamicGroup, addGroup } from './groups.ts';
import { DYNAMIC_LICENSE_GROUPS, LICENSE_GROUPS } from './license-groups.ts';
import type { Lags } from './replicas.ts';
import { ReplicatedMap } from './replicated-collections.ts';
import { type RoleDefinition, requireRoleDefinition } from './role-definitions.ts';
import { generateGuid, type SeededRandom } from './seeded-random.ts';

export interface Group {
  readonly id: string;
  /** Graph's properties as they were posted. */
  properties: Record<string, unknown> & { displayName: string };
  /** Object ids of users, groups and service principals. */
  members: Set<string>;
  /** People who have left, and may have its licences for a while yet. */
  readonly left: Set<string>;
  owners: Set<string>;
  /** The products that it gives its members, each with the plans that it turns off; people who inherit one are members. */
  licenses?: Map<string, readonly string[]>;
}

export interface RoleGrant {
  readonly id: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  /** `/` for the whole tenant, `/administrativeUnits/{id}` for the members of one unit, `/{id}` for one object. */
  readonly directoryScopeId: string;
}

/** PIM for Groups: a principal may become a member or an owner for a while. */
export interface GroupEligibility {
  readonly id: string;
  readonly groupId: string;
  readonly principalId: string;
  readonly accessId: 'member' | 'owner';
}

export interface AdministrativeUnit {
  readonly id: string;
  displayName: string;
  description?: string | null;
  visibility?: string | null;
  /** Only holders of a role at this unit may manage its members. */
  isMemberManagementRestricted: boolean;
  /** Object ids of users, groups and devices. */
  readonly members: Set<string>;
}

export interface AppRoleGrant {
  readonly id: string;
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly createdDateTime: string;
}

/** What an application may do for people: Graph's oAuth2PermissionGrant. */
export interface PermissionGrant {
  readonly id: string;
  /** Object id of the application's service principal. */
  readonly clientId: string;
  /** AllPrincipals: an administrator has agreed for everybody. */
  readonly consentType: 'AllPrincipals' | 'Principal';
  /** The person who has agreed; null: for everybody. */
  readonly principalId: string | null;
  readonly resourceId: string;
  /** Names of delegated permissions, with spaces between them. */
  readonly scope: string;
}

/** An object with the properties that were posted, and its owners. */
export interface DirectoryObject {
  readonly id: string;
  properties: Record<string, unknown>;
  owners: Set<string>;
}

export interface Application extends DirectoryObject {
  readonly appId: string;
  federatedIdentityCredentials: Map<string, Record<string, unknown>>;
  /** Client secrets in clear by key id, so that the token endpoint can compare. */
  secrets: Map<string, string>;
}

export interface Directory {
  readonly groups: Map<string, Group>;
  readonly applications: Map<string, Application>;
  readonly servicePrincipals: Map<string, DirectoryObject & { readonly appId: string }>;
  readonly appRoleGrants: Map<string, AppRoleGrant>;
  readonly permissionGrants: Map<string, PermissionGrant>;
  readonly roleAssignments: Map<string, RoleGrant>;
  readonly roleEligibilities: Map<string, RoleGrant>;
  /** The company's own roles. */
  readonly customRoles: Map<string, RoleDefinition>;
  readonly groupEligibilities: Map<string, GroupEligibility>;
  readonly administrativeUnits: Map<string, AdministrativeUnit>;
  readonly policies: Map<string, DirectoryObject>;
  /** The delays of what is written. */
  readonly lags: Lags;
  /** A new object id; the same order of calls gives the same ids. */
  createId(): string;
}

const ROLE_GROUPS: readonly { name: string; role?: string; eligible?: string; nested?: string[] }[] = [
  {
    name: 'Role: Helpdesk administrators',
    role: 'Helpdesk Administrator',
    nested: ['Service desk night shift'],
  },
  { name: 'Role: Intune administrators (eligible)', eligible: 'Intune Administrator' },
  { name: 'Role: spare, not assigned' },
];

/** A directory with the licensing and role groups and the two resources whose permissions are granted. */
export function createDirectory(random: SeededRandom, now: number, lags: Lags): Directory {
  let count = 0;
  const directory: Directory = {
    groups: new ReplicatedMap(lags.directory),
    applications: new ReplicatedMap(lags.directory),
    servicePrincipals: new ReplicatedMap(lags.directory),
    appRoleGrants: new ReplicatedMap(lags.directory),
    permissionGrants: new ReplicatedMap(lags.directory),
    roleAssignments: new ReplicatedMap(lags.roles),
    roleEligibilities: new ReplicatedMap(lags.roles),
    customRoles: new ReplicatedMap(lags.directory),
    groupEligibilities: new ReplicatedMap(lags.roles),
    administrativeUnits: new ReplicatedMap(lags.directory),
    policies: new ReplicatedMap(lags.policies),
    lags,
    createId() {
      count += 1;
      return generateGuid(random, count, 8000);
    },
  };
  addResource(directory, random, {
    appId: GRAPH_APP_ID,
    displayName: 'Microsoft Graph',
    roles: GRAPH_APP_ROLES,
    scopes: buildPermissionScopes(),
  });
  addResource(directory, random, {
    appId: EXCHANGE_APP_ID,
    displayName: 'Office 365 Exchange Online',
    roles: EXCHANGE_APP_ROLES,
  });
  for (const { id, displayName, skuPartNumber } of LICENSE_GROUPS)
    addGroup(directory, now, { displayName, id, licenses: [skuPartNumber] });
  for (const group of DYNAMIC_LICENSE_GROUPS) addDynamicGroup(directory, group, now);
  addGroup(directory, now, { displayName: 'Emergency access accounts' });
  for (const entry of ROLE_GROUPS) addRoleGroup(directory, entry, now);
  return directory;
}

interface RoleOrder {
  readonly principalId: string;
  readonly role: RoleDefinition;
  /** Default: the whole tenant. */
  readonly directoryScopeId?: string | undefined;
}

/** Gives a principal a role now, or the right to activate it. */
export function grantRole(
  directory: Directory,
  where: 'roleAssignments' | 'roleEligibilities',
  { principalId, role, directoryScopeId = '/' }: RoleOrder,
): void {
  const id = directory.createId();
  directory[where].set(id, { id, principalId, roleDefinitionId: role.id, directoryScopeId });
}

/** All people, groups and service principals in a group, groups within it included; licence members are not. */
export function listTransitiveMemberIds(directory: Directory, groupId: string, seen = new Set<string>()): Set<string> {
  for (const member of directory.groups.get(groupId)?.members ?? []) {
    if (seen.has(member)) continue;
    seen.add(member);
    if (directory.groups.has(member)) listTransitiveMemberIds(directory, member, seen);
  }
  return seen;
}

function addRoleGroup(directory: Directory, entry: (typeof ROLE_GROUPS)[number], now: number): void {
  const group = addGroup(directory, now, { displayName: entry.name, isAssignableToRole: true });
  for (const displayName of entry.nested ?? []) group.members.add(addGroup(directory, now, { displayName }).id);
  const principalId = group.id;
  if (entry.role) grantRole(directory, 'roleAssignments', { principalId, role: requireRoleDefinition(entry.role) });
  if (entry.eligible)
    grantRole(directory, 'roleEligibilities', { principalId, role: requireRoleDefinition(entry.eligible) });
}
