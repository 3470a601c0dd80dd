// What limits the apply to groups that give licences, as resources for `pulumi import`: the unit, its groups, the roles. Only reads.
import { requireGuid, requireText } from '../graph/json-fields.ts';
import type { Transport } from '../graph/transport.ts';
import { foldId, isSameId } from '../policy/identifiers.ts';
import { findByName, type ImportedResource, listFields } from './imported-resource.ts';
import {
  formatUnitScope,
  type LicenseGroupRoleName,
  licenseGroupRoleNames,
  licenseGroupRoles,
  tenantScope,
} from './license-group-roles.ts';
import { formatRoleName, formatUnitMemberName, formatUnitName, resourceTypes, unitName } from './resource-names.ts';
import type { BootstrapSettings } from './settings.ts';

const parent = `${unitName}-component`;
const units = '/directory/administrativeUnits';
const roles = '/roleManagement/directory/roleDefinitions';
const assignments = '/roleManagement/directory/roleAssignments';

/** `principal`: object id of the apply's service principal, whose assignments alone are ours; null: it has none. */
export async function readLicenseGroupResources(
  { stack, licenseGroups }: BootstrapSettings,
  graph: Transport,
  principal: string | null,
): Promise<ImportedResource[]> {
  if (licenseGroups.rights !== 'scoped') return [];
  const unit = await findByName(graph, {
    path: units,
    displayName: formatUnitName(stack),
    select: 'id',
    plural: 'administrative units',
    remedy: 'Delete those without an assignment of its roles (Entra, Roles & admins, Admin units), then run it again.',
  });
  if (unit === null) return [];
  const unitId = requireGuid(unit, 'id', units);
  return [
    { type: resourceTypes.licenseGroups, name: parent, logicalName: unitName, component: true },
    { type: resourceTypes.unit, name: unitName, logicalName: unitName, parent, id: `${units}/${unitId}` },
    ...(await readMembers(unitId, licenseGroups.ids, graph)),
    ...(await readRoles({ stack, graph, principal, unitId })),
  ];
}

async function readMembers(unitId: string, ids: readonly string[], graph: Transport): Promise<ImportedResource[]> {
  const path = `${units}/${unitId}/members`;
  const present = new Set((await listFields(graph, path)).map((each) => foldId(requireGuid(each, 'id', path))));
  return ids
    .filter((id) => present.has(id))
    .map((id) => {
      const name = formatUnitMemberName(id);
      return { type: resourceTypes.unitMember, name, logicalName: name, parent, id: `${path}/${id}` };
    });
}

interface RoleQuery {
  stack: string;
  graph: Transport;
  principal: string | null;
  unitId: string;
}

async function readRoles(query: RoleQuery): Promise<ImportedResource[]> {
  return (await Promise.all(licenseGroupRoleNames.map((name) => readRole(name, query)))).flat();
}

/** The provider's page says that this resource cannot be imported; its code can (custom_directory_role_resource.go). */
async function readRole(
  name: LicenseGroupRoleName,
  { stack, graph, principal, unitId }: RoleQuery,
): Promise<ImportedResource[]> {
  const { suffix, scope } = licenseGroupRoles[name];
  const role = await findByName(graph, {
    path: roles,
    displayName: formatRoleName(name, stack),
    select: '',
    plural: 'roles',
    remedy: 'Delete those without an assignment (Entra, Roles & admins), then run it again.',
  });
  if (role === null) return [];
  const roleId = requireText(role, 'id', roles);
  const assignment = await findAssignment(
    { principal, roleId, scope: scope === 'unit' ? formatUnitScope(unitId) : tenantScope },
    graph,
  );
  return [
    { type: resourceTypes.role, name: suffix, logicalName: suffix, parent, id: `${roles}/${roleId}` },
    ...(assignment === null
      ? []
      : [
          {
            type: resourceTypes.roleAssignment,
            name: `${suffix}-assignment`,
            logicalName: suffix,
            parent,
            id: `${assignments}/${assignment}`,
          },
        ]),
  ];
}

async function findAssignment(
  { principal, roleId, scope }: { principal: string | null; roleId: string; scope: string },
  graph: Transport,
): Promise<string | null> {
  if (principal === null) return null;
  const path = `${assignments}?$filter=${encodeURIComponent(`principalId eq '${principal}'`)}`;
  const found = (await listFields(graph, path)).find(
    (each) =>
      isSameId(requireText(each, 'roleDefinitionId', path), roleId) &&
      isSameId(requireText(each, 'directoryScopeId', path), scope),
  );
  return found === undefined ? null : requireText(found, 'id', path);
}
