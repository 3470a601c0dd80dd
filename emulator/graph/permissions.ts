// Which application permissions let a call in, one of each list: Microsoft's own (microsoftgraph/microsoft-graph-devx-content,
// permissions/new/permissions.json of 2026-08-07, scheme Application; it writes no /$ref), cut down to those that this tenant offers.
import { allow, type Gate } from '../gates.ts';
import type { GraphError } from '../odata/errors.ts';

const readUsers = [
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'User.Read.All',
  'User.ReadWrite.All',
] as const;
const readGroups = [
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
] as const;
const readMembers = [
  'Directory.Read.All',
  'Group.Read.All',
  'Group.ReadWrite.All',
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
] as const;
/** Those that write are not among them (group-list-memberof-permissions.md of microsoft-graph-docs-contrib). */
const readParents = [
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'Group.Read.All',
  'GroupMember.Read.All',
] as const;
const readRoles = [
  'Directory.Read.All',
  'Directory.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
] as const;
const readUnits = ['AdministrativeUnit.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const findApplications = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'] as const;
const readApplications = [
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;
const writePrincipals = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'] as const;

export const PERMISSIONS = {
  'GET /users': readUsers,
  'GET /users/{id}': readUsers,
  'GET /users/{id}/manager': readUsers,
  'GET /users/{id}/memberOf': ['Directory.Read.All', 'Directory.ReadWrite.All'],
  'GET /users/{id}/transitiveMemberOf': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'Group.Read.All',
    'GroupMember.Read.All',
    'User.Read.All',
  ],
  'GET /users/{id}/mailboxSettings': ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  'PATCH /users/{id}': ['Directory.ReadWrite.All', 'User.EnableDisableAccount.All', 'User.ReadWrite.All'],
  'DELETE /users/{id}': ['User.DeleteRestore.All', 'User.ReadWrite.All'],
  'POST /users/{id}/revokeSignInSessions': [
    'Directory.ReadWrite.All',
    'User.ReadWrite.All',
    'User.RevokeSessions.All',
  ],
  'POST /users/{id}/assignLicense': [
    'Directory.ReadWrite.All',
    'LicenseAssignment.ReadWrite.All',
    'User.ReadWrite.All',
  ],
  'GET /groups': readGroups,
  'GET /groups/{id}': readGroups,
  'POST /groups': ['Directory.ReadWrite.All', 'Group.Create', 'Group.ReadWrite.All'],
  'PATCH /groups/{id}': ['Directory.ReadWrite.All', 'Group.ReadWrite.All'],
  'DELETE /groups/{id}': ['Group.ReadWrite.All'],
  'GET /groups/{id}/members': readMembers,
  'GET /groups/{id}/transitiveMembers': readMembers,
  'GET /groups/{id}/owners': readMembers,
  'GET /groups/{id}/memberOf': readParents,
  'GET /groups/{id}/transitiveMemberOf': readParents,
  'DELETE /groups/{id}/members/{id}/$ref': [
    'Directory.ReadWrite.All',
    'Group.ReadWrite.All',
    'GroupMember.ReadWrite.All',
  ],
  'GET /roleManagement/directory/roleAssignments': readRoles,
  'GET /roleManagement/directory/roleAssignments/{id}': readRoles,
  'POST /roleManagement/directory/roleAssignments': ['RoleManagement.ReadWrite.Directory'],
  'DELETE /roleManagement/directory/roleAssignments/{id}': ['RoleManagement.ReadWrite.Directory'],
  'GET /roleManagement/directory/roleEligibilitySchedules': [
    'RoleEligibilitySchedule.Read.Directory',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'GET /roleManagement/directory/roleDefinitions': readRoles,
  'GET /roleManagement/directory/roleDefinitions/{id}': readRoles,
  'GET /identityGovernance/privilegedAccess/group/eligibilitySchedules': [
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  ],
  'GET /directory/administrativeUnits': readUnits,
  'GET /directory/administrativeUnits/{id}': readUnits,
  'GET /directory/administrativeUnits/{id}/members': readUnits,
  'GET /subscribedSkus': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'LicenseAssignment.Read.All',
    'Organization.Read.All',
  ],
  'GET /organization': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'Organization.Read.All',
    'User.Read.All',
  ],
  'GET /admin/reportSettings': ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
  'PATCH /admin/reportSettings': ['ReportSettings.ReadWrite.All'],
  'GET /identity/conditionalAccess/policies': ['Policy.Read.All'],
  'GET /identity/conditionalAccess/policies/{id}': ['Policy.Read.All'],
  'GET /applications': findApplications,
  'GET /applications/{id}': readApplications,
  'PATCH /applications/{id}': ['Application.ReadWrite.All'],
  'GET /applications/{id}/owners': readApplications,
  'GET /applications/{id}/federatedIdentityCredentials': [
    'Application.Read.All',
    'Application.ReadWrite.All',
  ],
  'POST /applications/{id}/federatedIdentityCredentials': ['Application.ReadWrite.All'],
  'GET /servicePrincipals': findApplications,
  'GET /servicePrincipals/{id}': readApplications,
  'PATCH /servicePrincipals/{id}': writePrincipals,
  'GET /servicePrincipals/{id}/owners': readApplications,
  'GET /servicePrincipals/{id}/appRoleAssignments': readApplications,
  'GET /servicePrincipals/{id}/appRoleAssignedTo': readApplications,
  'GET /directoryObjects/{id}': ['Directory.Read.All'],
  'POST /directoryObjects/getByIds': ['Directory.Read.All'],
  'POST /directory/deletedItems/{id}/restore': ['User.DeleteRestore.All', 'User.ReadWrite.All'],
  'GET /reports/getOffice365ActiveUserDetail(period={value})': ['Reports.Read.All'],
  // Of these the file lists more, which let nobody in alone ("AlsoRequires").
  'POST /applications/{id}/owners/$ref': writePrincipals,
  'POST /servicePrincipals/{id}/owners/$ref': writePrincipals,
  'POST /servicePrincipals/{id}/appRoleAssignments': ['AppRoleAssignment.ReadWrite.All'],
  'DELETE /servicePrincipals/{id}/appRoleAssignments/{id}': [
    'Application.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
  ],
  'DELETE /groups/{id}/owners/{id}/$ref': ['Directory.ReadWrite.All', 'Group.ReadWrite.All'],
  // Not in the file. The page "List deletedItems" names the least for users, User.Read.All.
  'GET /directory/deletedItems': readUsers,
} as const satisfies Record<string, readonly string[]>;

export type Call = keyof typeof PERMISSIONS;

/** The gate of a call. */
export function permit(call: Call, refusal?: GraphError): Gate {
  return allow(PERMISSIONS[call], refusal);
}
