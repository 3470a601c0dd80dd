// The Entra roles by which the apply changes who is in the groups that give licences, and in no other group. Pure.

/** `scoped`: by the roles below. `tenant`: by GroupMember.ReadWrite.All, in every group. */
export const licenseGroupRights = ['none', 'scoped', 'tenant'] as const;
export type LicenseGroupRights = (typeof licenseGroupRights)[number];

/**
 * The members of security groups whose members are assigned, so of no dynamic group, and of no role-assignable one:
 * entra-docs, role-based-access-control/custom-group-permissions.md, which lists what custom roles may have.
 */
export const changeMembers = 'microsoft.directory/groups.security.assignedMembership/members/update';

interface LicenseGroupRole {
  /** Ends its name in Entra, before the stack's. */
  suffix: string;
  description: string;
  actions: readonly string[];
  /** `unit`: only the groups of the administrative unit. */
  scope: 'unit' | 'tenant';
}

/**
 * Two, because nothing can be read at the scope of a unit, and an application "won't be able to use a role assignment" there
 * "unless" it is "also assigned corresponding permissions to read the objects", by a role "at a tenant scope": entra-docs,
 * role-based-access-control/manage-roles-portal.md. What the reader reads, the apply's app roles on Graph read as well;
 * whether they would be enough alone is not documented.
 */
export const licenseGroupRoles = {
  members: {
    suffix: 'license-group-members',
    description: 'Dormant: changes who is in the groups of an administrative unit, and nothing else.',
    actions: [changeMembers],
    scope: 'unit',
  },
  reader: {
    suffix: 'license-group-reader',
    description: 'Dormant: reads people, groups and their members, without which the role at the unit cannot be used.',
    actions: [
      'microsoft.directory/groups/members/read',
      'microsoft.directory/groups/standard/read',
      'microsoft.directory/users/standard/read',
    ],
    scope: 'tenant',
  },
} as const satisfies Record<string, LicenseGroupRole>;
export type LicenseGroupRoleName = keyof typeof licenseGroupRoles;

export const licenseGroupRoleNames: readonly LicenseGroupRoleName[] = ['members', 'reader'];

/** Of the groups in the unit, not of the unit itself: manage-roles-portal.md. */
export function formatUnitScope(unitId: string): string {
  return `/administrativeUnits/${unitId}`;
}

export const tenantScope = '/';
