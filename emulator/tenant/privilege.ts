// The people whom Entra itself protects: holders of roles, members and owners of role-assignable groups, members of
// restricted units. Source: the users resource of Graph's reference, "Who can perform sensitive actions", and the page on
// restricted management units.
import { type Directory, listTransitiveMemberIds, type RoleGrant } from './directory.ts';
import { ROLE_DEFINITIONS, type RoleDefinition, requireRoleDefinition } from './role-definitions.ts';
import type { Tenant } from './tenant.ts';

const strongRoleIds = ['Global Administrator', 'Privileged Authentication Administrator'].map(getRoleId);
const lesserRoleIds = [...strongRoleIds, getRoleId('User Administrator')];

/** Whether an application may block an account, delete it or end its sessions, as far as Entra's roles go. */
export function mayTouch({ directory }: Tenant, callerId: string, personId: string): boolean {
  if (!mayManageUnits(directory, callerId, personId)) return false;
  const needed = listRolesNeeded(directory, personId);
  if (needed === null) return true;
  const callerRoles = listActiveRoles(directory, callerId);
  return needed.some((role) => callerRoles.has(role));
}

/** Each restricted unit of the person requires a role at this very unit; a role for the whole tenant is not enough. */
export function mayManageUnits(directory: Directory, callerId: string, personId: string): boolean {
  const scopes = new Set(findGrants(directory, callerId).map(({ directoryScopeId }) => directoryScopeId));
  return findRestrictedUnits(directory, personId).every(({ id }) => scopes.has(formatScope(id)));
}

/** The restricted management units of a person; only direct membership counts. */
export function findRestrictedUnits({ administrativeUnits }: Directory, personId: string) {
  return [...administrativeUnits.values()].filter(
    ({ isMemberManagementRestricted, members }) => isMemberManagementRestricted && members.has(personId),
  );
}

/** Ids of the roles that a principal has for the whole tenant now, through groups too. */
export function listActiveRoles(directory: Directory, principalId: string): Set<string> {
  const grants = findGrants(directory, principalId).filter(({ directoryScopeId }) => directoryScopeId === '/');
  return new Set(grants.map(({ roleDefinitionId }) => roleDefinitionId));
}

/** What a principal's roles allow at exactly one scope. */
export function listActions(directory: Directory, principalId: string, scope: string): Set<string> {
  const grants = findGrants(directory, principalId).filter(({ directoryScopeId }) => directoryScopeId === scope);
  return new Set(grants.flatMap((grant) => listActionsOf(directory, grant)));
}

/** The scopes at which a principal's roles allow one of the actions, as far as they cover an object. */
export function listScopesOf(
  directory: Directory,
  principalId: string,
  objectId: string,
  actions: readonly string[],
): readonly string[] {
  const { administrativeUnits } = directory;
  // "/administrativeUnits/foo … can manage the members of the administrative unit", "/foo … that Microsoft Entra object
  // itself" (assign-roles-different-scopes.md of entra-docs).
  const units = [...administrativeUnits.values()].filter(({ members }) => members.has(objectId));
  const covering = new Set(['/', `/${objectId}`, ...units.map(({ id }) => formatScope(id))]);
  return findGrants(directory, principalId)
    .filter(({ directoryScopeId }) => covering.has(directoryScopeId))
    .filter((grant) => listActionsOf(directory, grant).some((action) => actions.includes(action)))
    .map(({ directoryScopeId }) => directoryScopeId);
}

function listActionsOf(directory: Directory, { roleDefinitionId }: RoleGrant): readonly string[] {
  const role = listRoleDefinitions(directory).find(({ id }) => id === roleDefinitionId);
  return role?.isEnabled === false ? [] : (role?.allowedResourceActions ?? []);
}

/** Built-in roles first, then custom ones. */
export function listRoleDefinitions({ customRoles }: Directory): readonly RoleDefinition[] {
  return [...ROLE_DEFINITIONS, ...customRoles.values()];
}

/** The scope of a grant for one unit. */
export function formatScope(unitId: string): string {
  return `/administrativeUnits/${unitId}`;
}

/** Ids of the roles of which a caller needs one; null: none. Entra does not protect people who are only eligible. */
function listRolesNeeded(directory: Directory, personId: string): readonly string[] | null {
  const grants = findGrants(directory, personId);
  if (grants.some((grant) => !isLesser(directory, grant)) || isAtRoleAssignableGroup(directory, personId))
    return strongRoleIds;
  return grants.length > 0 ? lesserRoleIds : null;
}

function isLesser(directory: Directory, { roleDefinitionId, directoryScopeId }: RoleGrant): boolean {
  const unit = directory.administrativeUnits.get(directoryScopeId.replace(formatScope(''), ''));
  const role = listRoleDefinitions(directory).find(({ id }) => id === roleDefinitionId);
  return role?.isLesser === true && unit?.isMemberManagementRestricted !== true;
}

function findGrants(directory: Directory, principalId: string): RoleGrant[] {
  return [...directory.roleAssignments.values()].filter(
    (grant) =>
      grant.principalId === principalId || listTransitiveMemberIds(directory, grant.principalId).has(principalId),
  );
}

function isAtRoleAssignableGroup({ groups }: Directory, personId: string): boolean {
  return [...groups.values()].some(
    ({ properties, members, owners }) =>
      properties.isAssignableToRole === true && (members.has(personId) || owners.has(personId)),
  );
}

function getRoleId(displayName: string): string {
  return requireRoleDefinition(displayName).id;
}
