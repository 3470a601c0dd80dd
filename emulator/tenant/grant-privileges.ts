// Grants and revokes privileges: roles, ownership and eligibility for groups, restricted units.
import { type Directory, type GroupEligibility, grantRole } from './directory.ts';
import { findOrAddGroup } from './groups.ts';
import type { PrivilegeInput } from './person-input.ts';
import { formatScope, listRoleDefinitions } from './privilege.ts';
import { type RoleDefinition, requireRoleDefinition } from './role-definitions.ts';
import type { Tenant } from './tenant.ts';

export function grantPrivileges({ directory, clock }: Tenant, id: string, input: PrivilegeInput): void {
  const grant = (role: RoleDefinition, directoryScopeId?: string) =>
    grantRole(directory, 'roleAssignments', { principalId: id, role, directoryScopeId });
  for (const name of input.roles ?? []) grant(requireRoleDefinition(name));
  for (const name of input.eligibleRoles ?? [])
    grantRole(directory, 'roleEligibilities', { principalId: id, role: requireRoleDefinition(name) });
  for (const name of input.customRoles ?? []) grant(findOrMakeRole(directory, name));
  for (const { role, unit } of input.scopedRoles ?? [])
    grant(requireRoleDefinition(role), formatScope(findOrMakeUnit(directory, unit, false).id));
  for (const name of input.owns ?? []) findOrAddGroup(directory, name, clock.now()).owners.add(id);
  for (const { name, accessId } of listEligibilities(input)) {
    const eligibility = { id: directory.createId(), principalId: id, accessId };
    const groupId = findOrAddGroup(directory, name, clock.now()).id;
    directory.groupEligibilities.set(eligibility.id, { ...eligibility, groupId });
  }
  for (const name of input.restrictedUnits ?? []) findOrMakeUnit(directory, name, true).members.add(id);
}

export function revokePrivileges({ directory, clock }: Tenant, id: string, input: PrivilegeInput): void {
  const revoke = (store: 'roleAssignments' | 'roleEligibilities', roleId: string, scope = '/') => {
    for (const grant of directory[store].values())
      if (grant.principalId === id && grant.roleDefinitionId === roleId && grant.directoryScopeId === scope)
        directory[store].delete(grant.id);
  };
  for (const name of input.roles ?? []) revoke('roleAssignments', requireRoleDefinition(name).id);
  for (const name of input.eligibleRoles ?? []) revoke('roleEligibilities', requireRoleDefinition(name).id);
  for (const name of input.customRoles ?? []) revoke('roleAssignments', findOrMakeRole(directory, name).id);
  for (const { role, unit } of input.scopedRoles ?? [])
    revoke('roleAssignments', requireRoleDefinition(role).id, formatScope(findOrMakeUnit(directory, unit, false).id));
  for (const name of input.owns ?? []) findOrAddGroup(directory, name, clock.now()).owners.delete(id);
  for (const { name, accessId } of listEligibilities(input)) {
    const { id: groupId } = findOrAddGroup(directory, name, clock.now());
    for (const eligibility of directory.groupEligibilities.values())
      if (eligibility.principalId === id && eligibility.groupId === groupId && eligibility.accessId === accessId)
        directory.groupEligibilities.delete(eligibility.id);
  }
  for (const name of input.restrictedUnits ?? []) findOrMakeUnit(directory, name, true).members.delete(id);
}

function listEligibilities({ eligibleGroups = [], eligibleOwnerships = [] }: PrivilegeInput) {
  const listNamed = (names: readonly string[], accessId: GroupEligibility['accessId']) =>
    names.map((name) => ({ name, accessId }));
  return [...listNamed(eligibleGroups, 'member'), ...listNamed(eligibleOwnerships, 'owner')];
}

function findOrMakeRole(directory: Directory, displayName: string): RoleDefinition {
  const known = listRoleDefinitions(directory).find((role) => role.displayName === displayName);
  if (known) return known;
  const role = { id: directory.createId(), displayName, isLesser: false, isBuiltIn: false };
  directory.customRoles.set(role.id, role);
  return role;
}

/** The unit of this name, created if it is missing; restricted if any caller says so. */
export function findOrMakeUnit(directory: Directory, displayName: string, isMemberManagementRestricted: boolean) {
  const known = [...directory.administrativeUnits.values()].find((unit) => unit.displayName === displayName);
  if (known) {
    known.isMemberManagementRestricted ||= isMemberManagementRestricted;
    return known;
  }
  const id = directory.createId();
  const unit = { id, displayName, isMemberManagementRestricted, members: new Set<string>() };
  directory.administrativeUnits.set(id, unit);
  return unit;
}
