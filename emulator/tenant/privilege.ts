// Who is protected by Entra itself: people with an active privileged role, directly or through a group, and members of
// role-assignable groups. An app may touch them only with a strong role of its own.
import { type Directory, transitiveMemberIds } from './directory.ts';
import { ROLE_DEFINITIONS, roleNamed } from './role-definitions.ts';
import type { Tenant } from './tenant.ts';

const privileged = new Set(ROLE_DEFINITIONS.filter((role) => role.isPrivileged).map(({ id }) => id));
const strong = new Set(
  ['Global Administrator', 'Privileged Authentication Administrator'].map((name) => roleNamed(name).id),
);

/** Whether Entra counts an account as privileged now; eligibility alone does not. */
export function isPrivileged({ directory }: Tenant, principalId: string): boolean {
  const roles = activeRolesOf(directory, principalId);
  return [...roles].some((role) => privileged.has(role)) || isInRoleAssignableGroup(directory, principalId);
}

/** Whether an application's service principal may act on privileged accounts. */
export function mayTouchPrivileged({ directory }: Tenant, principalId: string): boolean {
  return [...activeRolesOf(directory, principalId)].some((role) => strong.has(role));
}

/** Ids of the roles somebody holds now, through groups too. */
export function activeRolesOf(directory: Directory, principalId: string): Set<string> {
  const held = [...directory.roleAssignments.values()].filter(
    (grant) =>
      grant.principalId === principalId || transitiveMemberIds(directory, grant.principalId).has(principalId),
  );
  return new Set(held.map(({ roleDefinitionId }) => roleDefinitionId));
}

function isInRoleAssignableGroup({ groups }: Directory, principalId: string): boolean {
  return [...groups.values()].some(
    ({ properties, members }) => properties.isAssignableToRole === true && members.has(principalId),
  );
}
