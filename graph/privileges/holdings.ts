// Each privilege with the id of the account that has it, groups resolved to their people. Pure.
import type { RoleHolding } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { PrivilegedGroups } from './groups.ts';
import type { RoleGrant } from './role-grants.ts';

export interface Holding {
  id: IdKey;
  privilege: RoleHolding;
}

type Groups = PrivilegedGroups['groups'];

export function collectRoles(grants: readonly RoleGrant[], groups: Groups): Holding[] {
  return grants.flatMap(({ principalId, roleName, kind, scope }) => {
    const group = groups.get(principalId);
    const role = { kind, roleName, viaGroup: group?.name ?? null, ...(scope === null ? {} : { scope }) };
    return expandPrincipal(principalId, groups).map((id) => ({ id, privilege: role }));
  });
}

/** Entra protects plain members of a role-assignable group even without a role. If the group has a role, that says more. */
export function collectMembers(assignable: readonly IdKey[], grants: readonly RoleGrant[], groups: Groups): Holding[] {
  const withRole = new Set(grants.map(({ principalId }) => principalId));
  return assignable.flatMap((groupId) => {
    const group = groups.get(groupId);
    if (group === undefined || withRole.has(groupId)) return [];
    return group.members.map((id): Holding => ({ id, privilege: { kind: 'group-member', group: group.name } }));
  });
}

/** Owners can add themselves and others; eligible people can activate their membership at any time. */
export function collectOwnersAndEligible(groups: Groups): Holding[] {
  return [...groups.values()].flatMap(({ name, owners, eligible }) => [
    ...owners.map((id): Holding => ({ id, privilege: { kind: 'group-owner', group: name } })),
    ...eligible.flatMap(({ principalId, as }) =>
      expandPrincipal(principalId, groups).map(
        (id): Holding => ({ id, privilege: { kind: `eligible-group-${as}`, group: name } }),
      ),
    ),
  ]);
}

/** Includes the principal itself: Graph may not have said what it is, and a group's id matches no user. */
function expandPrincipal(principalId: IdKey, groups: Groups): readonly IdKey[] {
  return [principalId, ...(groups.get(principalId)?.members ?? [])];
}
