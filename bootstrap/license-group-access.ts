// As resources: the administrative unit of the groups that give licences, and the roles by which the apply changes their members.
import azuread from '@pulumi/azuread';
import pulumi from '@pulumi/pulumi';
import {
  formatUnitScope,
  type LicenseGroupRoleName,
  licenseGroupRoleNames,
  licenseGroupRoles,
  tenantScope,
} from './license-group-roles.ts';
import { formatRoleName, formatUnitMemberName, formatUnitName, resourceTypes, unitName } from './resource-names.ts';

interface LicenseGroupArgs {
  stack: string;
  groupIds: readonly string[];
  /** Object id of the apply's service principal. */
  principalId: pulumi.Output<string>;
}

export class LicenseGroupAccess extends pulumi.ComponentResource {
  readonly unitId: pulumi.Output<string>;

  constructor({ stack, groupIds, principalId }: LicenseGroupArgs) {
    super(resourceTypes.licenseGroups, unitName);
    const unit = new azuread.AdministrativeUnit(
      unitName,
      {
        displayName: formatUnitName(stack),
        description: 'The groups that give licences and that Dormant may take people out of.',
        // Also keeps a second run with another state from making a second pair of roles, which Entra may not refuse.
        preventDuplicateNames: true,
      },
      { parent: this },
    );
    this.unitId = unit.objectId;
    for (const groupId of groupIds)
      new azuread.AdministrativeUnitMember(
        formatUnitMemberName(groupId),
        { administrativeUnitObjectId: unit.objectId, memberObjectId: groupId },
        { parent: this },
      );
    for (const name of licenseGroupRoleNames) assignRole(this, { name, stack, unit, principalId });
    this.registerOutputs({ unitId: this.unitId });
  }
}

interface RoleArgs {
  name: LicenseGroupRoleName;
  stack: string;
  unit: azuread.AdministrativeUnit;
  principalId: pulumi.Output<string>;
}

function assignRole(parent: LicenseGroupAccess, { name, stack, unit, principalId }: RoleArgs): void {
  const { suffix, description, actions, scope } = licenseGroupRoles[name];
  const role = new azuread.CustomDirectoryRole(
    suffix,
    {
      displayName: formatRoleName(name, stack),
      description,
      enabled: true,
      permissions: [{ allowedResourceActions: [...actions] }],
      version: '1',
    },
    { parent, dependsOn: [unit] },
  );
  new azuread.DirectoryRoleAssignment(
    suffix,
    {
      roleId: role.objectId,
      principalObjectId: principalId,
      directoryScopeId: scope === 'unit' ? unit.objectId.apply(formatUnitScope) : tenantScope,
    },
    { parent },
  );
}
