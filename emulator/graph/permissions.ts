// Which application permissions let a call in, one of each list: Microsoft's own (microsoftgraph/microsoft-graph-devx-content,
// permissions/new/permissions.json of 2026-08-07, scheme Application), cut down to the permissions that this tenant offers.
import { allow, type Gate } from '../gates.ts';
import type { GraphError } from '../odata/errors.ts';

export const PERMISSIONS = {
  'GET /users': ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.Read.All', 'User.ReadWrite.All'],
  'GET /users/{id}': ['Directory.Read.All', 'Directory.ReadWrite.All', 'User.Read.All', 'User.ReadWrite.All'],
  'GET /users/{id}/manager': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'User.Read.All',
    'User.ReadWrite.All',
  ],
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
  'GET /groups': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
  ],
  'GET /groups/{id}': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
  ],
  'POST /groups': ['Directory.ReadWrite.All', 'Group.Create', 'Group.ReadWrite.All'],
  'PATCH /groups/{id}': ['Directory.ReadWrite.All', 'Group.ReadWrite.All'],
  'DELETE /groups/{id}': ['Group.ReadWrite.All'],
  'GET /groups/{id}/members': [
    'Directory.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
  ],
  'GET /groups/{id}/transitiveMembers': [
    'Directory.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
  ],
  'GET /groups/{id}/owners': [
    'Directory.Read.All',
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
  ],
  'DELETE /groups/{id}/members/{id}/$ref': [
    'Directory.ReadWrite.All',
    'Group.ReadWrite.All',
    'GroupMember.ReadWrite.All',
  ],
  'GET /roleManagement/directory/roleAssignments': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'GET /roleManagement/directory/roleAssignments/{id}': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'POST /roleManagement/directory/roleAssignments': ['RoleManagement.ReadWrite.Directory'],
  'DELETE /roleManagement/directory/roleAssignments/{id}': ['RoleManagement.ReadWrite.Directory'],
  'GET /roleManagement/directory/roleEligibilitySchedules': [
    'RoleEligibilitySchedule.Read.Directory',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'GET /roleManagement/directory/roleDefinitions': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'GET /roleManagement/directory/roleDefinitions/{id}': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'RoleManagement.Read.Directory',
    'RoleManagement.ReadWrite.Directory',
  ],
  'GET /identityGovernance/privilegedAccess/group/eligibilitySchedules': [
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  ],
  'GET /directory/administrativeUnits': [
    'AdministrativeUnit.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /directory/administrativeUnits/{id}': [
    'AdministrativeUnit.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /directory/administrativeUnits/{id}/members': [
    'AdministrativeUnit.Read.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
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
  'GET /applications': ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'],
  'GET /applications/{id}': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'PATCH /applications/{id}': ['Application.ReadWrite.All'],
  'GET /applications/{id}/owners': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'POST /applications/{id}/owners/$ref': [
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /applications/{id}/federatedIdentityCredentials': [
    'Application.Read.All',
    'Application.ReadWrite.All',
  ],
  'POST /applications/{id}/federatedIdentityCredentials': ['Application.ReadWrite.All'],
  'GET /servicePrincipals': ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'],
  'GET /servicePrincipals/{id}': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'PATCH /servicePrincipals/{id}': ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
  'GET /servicePrincipals/{id}/owners': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /servicePrincipals/{id}/appRoleAssignments': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /servicePrincipals/{id}/appRoleAssignedTo': [
    'Application.Read.All',
    'Application.ReadWrite.All',
    'Directory.Read.All',
    'Directory.ReadWrite.All',
  ],
  'GET /directoryObjects/{id}': ['Directory.Read.All'],
  'POST /directoryObjects/getByIds': ['Directory.Read.All'],
  'POST /directory/deletedItems/{id}/restore': ['User.DeleteRestore.All', 'User.ReadWrite.All'],
  'GET /reports/getOffice365ActiveUserDetail(period={value})': ['Reports.Read.All'],
  // Granting is AppRoleAssignment.ReadWrite.All with a permission that reads applications, which nobody lacks who may find them.
  'DELETE /servicePrincipals/{id}/appRoleAssignments/{id}': ['AppRoleAssignment.ReadWrite.All'],
  // Not in the file, but on the pages of Graph's reference: "List deletedItems" (of users), "Remove owner", "Assign owner".
  'GET /directory/deletedItems': [
    'Directory.Read.All',
    'Directory.ReadWrite.All',
    'User.Read.All',
    'User.ReadWrite.All',
  ],
  'DELETE /groups/{id}/owners/{id}/$ref': ['Directory.ReadWrite.All', 'Group.ReadWrite.All'],
  'POST /servicePrincipals/{id}/owners/$ref': ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
} as const satisfies Record<string, readonly string[]>;

export type Call = keyof typeof PERMISSIONS;

/** The gate of a call. */
export function permit(call: Call, refusal?: GraphError): Gate {
  return allow(PERMISSIONS[call], refusal);
}
