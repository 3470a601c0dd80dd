// Rows for administrative units, whether they are restricted, and their members.
import { notFound } from '../../odata/errors.ts';
import type { AdministrativeUnit, RoleGrant } from '../../tenant/directory.ts';
import { formatScope } from '../../tenant/privilege.ts';
import type { Tenant } from '../../tenant/tenant.ts';
import { buildUnit, findDirectoryObject } from '../directory-object.ts';
import { selectProperties } from '../stored-object.ts';
import { defineObjects, defineRelationship, numberIds } from './object-resource.ts';

const readUnitsDelegated = ['AdministrativeUnit.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const readUnits = [...readUnitsDelegated, 'AdministrativeUnit.ReadWrite.All'] as const;
/** "The signed-in user must be a member user or be assigned a supported … role" (rbac-admin-units-apis-read.md). */
const readUnitsAsPerson = { permissions: readUnitsDelegated, people: 'members' } as const;

const readScopedRoles = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

const units = defineObjects<AdministrativeUnit>({
  path: '/directory/administrativeUnits',
  typeName: 'administrativeUnit',
  list: {
    permissions: readUnits,
    delegated: readUnitsAsPerson,
    units: 1,
    page: 'directory-list-administrativeunits.md',
    query: ['$count', '$expand', '$filter', '$search', '$select'],
  },
  get: { permissions: readUnits, delegated: readUnitsAsPerson, units: 1 },
  entries: ({ site }) => [...site.tenant.directory.administrativeUnits.values()],
  write: (unit, _view, select) => buildUnit(unit, select),
});

const unitMembers = defineRelationship({
  path: '/directory/administrativeUnits/{id}/members',
  list: {
    permissions: readUnits,
    delegated: readUnitsAsPerson,
    units: 1,
    page: 'administrativeunit-list-members.md',
    // Only as advanced queries.
    query: ['$count', '$filter', '$search'],
  },
  idsFrom: ({ site, id }, start) => {
    const unit = site.tenant.directory.administrativeUnits.get(id.toLowerCase());
    if (!unit) throw notFound(id);
    return numberIds(unit.members, start);
  },
});

/** Roles over one unit; here the same as the assignments at its scope. */
const scopedRoleMembers = defineObjects<RoleGrant>({
  path: '/directory/administrativeUnits/{id}/scopedRoleMembers',
  typeName: 'scopedRoleMembership',
  list: {
    permissions: readScopedRoles,
    units: 1,
    page: 'administrativeunit-list-scopedrolemembers.md',
    query: ['$filter', '$select'],
  },
  get: { permissions: readScopedRoles, units: 1, page: 'administrativeunit-get-scopedrolemembers.md' },
  entries: ({ site, id }) => {
    const unit = site.tenant.directory.administrativeUnits.get(id.toLowerCase());
    if (!unit) throw notFound(id);
    const scope = formatScope(unit.id);
    return [...site.tenant.directory.roleAssignments.values()].filter(
      ({ directoryScopeId }) => directoryScopeId === scope,
    );
  },
  write: (grant, { site, id }, select) => selectProperties(buildScopedMember(site.tenant, id, grant), select),
});

export const unitResources = [units, unitMembers, scopedRoleMembers] as const;

/** A role over a unit as Graph writes it. */
export function buildScopedMember(
  tenant: Tenant,
  administrativeUnitId: string,
  { id, principalId, roleDefinitionId }: RoleGrant,
): Record<string, unknown> {
  const displayName = findDirectoryObject(tenant, principalId, ['id', 'displayName'])?.displayName ?? null;
  return {
    id,
    administrativeUnitId,
    roleId: roleDefinitionId,
    roleMemberInfo: { id: principalId, displayName },
  };
}
