// Microsoft's facts of the calls that are not reads of the table of resources: writes, actions, mailboxes, reports and settings.
import type { CallFacts, DelegatedAccess } from './call.ts';
import { reportAdministrators, reportReaders, reportSettingsReaders } from './people.ts';

const readUsers = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const writeMembers = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'] as const;
const writePrincipals = ['Application.ReadWrite.All', 'Directory.ReadWrite.All'] as const;

const readReports: DelegatedAccess = { permissions: ['Reports.Read.All'], people: reportReaders };
const readReportSettings: DelegatedAccess = {
  permissions: ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
  people: reportSettingsReaders,
};
const readMailbox: DelegatedAccess = {
  permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
  people: 'everybody',
};

const writeRoles = ['RoleManagement.ReadWrite.Directory', 'Directory.ReadWrite.All'] as const;
const writeUnits = ['AdministrativeUnit.ReadWrite.All'] as const;

const buildReportCall = (name: string) =>
  ({
    permissions: ['Reports.Read.All'],
    delegated: readReports,
    units: null,
    page: `reportroot-${name.toLowerCase()}.md`,
  }) as const;

export const graphCalls: Readonly<Record<string, CallFacts>> = {
  'GET /users/delta': {
    permissions: readUsers,
    delegated: { permissions: readUsers, people: 'members' },
    units: 2,
    page: 'user-delta.md',
    query: ['$select', '$top', '$deltatoken'],
  },
  'GET /users/{id}/mailboxSettings': {
    permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
    delegated: readMailbox,
    units: null,
    page: 'user-get-mailboxsettings.md',
  },
  'GET /users/{id}/mailboxSettings/userPurpose': {
    permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
    delegated: readMailbox,
    units: null,
    page: 'user-get-mailboxsettings.md',
  },
  'PATCH /users/{id}': {
    permissions: ['User.EnableDisableAccount.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
    page: 'user-update.md',
    // "The least privileged combination of permissions to read and write the accountEnabled property" (user-get.md).
    with: { 'User.EnableDisableAccount.All': 'User.Read.All' },
  },
  'DELETE /users/{id}': {
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
    units: 1,
  },
  'POST /users/{id}/revokeSignInSessions': {
    permissions: ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
    page: 'user-revokesigninsessions.md',
  },
  'POST /users/{id}/assignLicense': {
    permissions: ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
    page: 'user-assignlicense.md',
  },
  'POST /users/{id}/sendMail': {
    permissions: ['Mail.Send'],
    units: null,
    page: 'user-sendmail.md',
  },
  'POST /directory/deletedItems/{id}/restore': {
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
    units: 1,
  },
  'POST /groups': {
    permissions: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'PATCH /groups/{id}': {
    permissions: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'DELETE /groups/{id}': { permissions: ['Group.ReadWrite.All'], units: 1 },
  'POST /groups/{id}/assignLicense': {
    permissions: ['LicenseAssignment.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
    page: 'group-assignlicense.md',
  },
  'POST /users/{id}/reprocessLicenseAssignment': {
    permissions: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
    page: 'user-reprocesslicenseassignment.md',
  },
  // permissions.json lists no /$ref, and no POST at all; its page names the first for users and groups.
  'POST /groups/{id}/members/$ref': { permissions: writeMembers, units: 1, page: 'group-post-members.md' },
  'DELETE /groups/{id}/members/{id}/$ref': { permissions: writeMembers, units: 1, page: 'group-delete-members.md' },
  'DELETE /groups/{id}/owners/{id}/$ref': {
    permissions: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    units: 1,
  },
  'POST /roleManagement/directory/roleAssignments': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'DELETE /roleManagement/directory/roleAssignments/{id}': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'POST /roleManagement/directory/roleDefinitions': { permissions: writeRoles, units: 1 },
  'PATCH /roleManagement/directory/roleDefinitions/{id}': { permissions: writeRoles, units: 1 },
  'DELETE /roleManagement/directory/roleDefinitions/{id}': { permissions: writeRoles, units: 1 },
  'POST /directory/administrativeUnits': { permissions: writeUnits, units: 1 },
  'PATCH /directory/administrativeUnits/{id}': { permissions: writeUnits, units: 1 },
  'DELETE /directory/administrativeUnits/{id}': { permissions: writeUnits, units: 1 },
  // Its name in beta (administrativeunit-delete.md there).
  'DELETE /administrativeUnits/{id}': { permissions: writeUnits, units: 1 },
  'POST /directory/administrativeUnits/{id}/members/$ref': {
    permissions: [...writeUnits, 'Directory.ReadWrite.All'],
    units: 1,
  },
  'DELETE /directory/administrativeUnits/{id}/members/{id}/$ref': { permissions: writeUnits, units: 1 },
  'POST /directory/administrativeUnits/{id}/scopedRoleMembers': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'DELETE /directory/administrativeUnits/{id}/scopedRoleMembers/{id}': {
    permissions: ['RoleManagement.ReadWrite.Directory'],
    units: 1,
  },
  'PATCH /applications/{id}': { permissions: ['Application.ReadWrite.All'], units: 1 },
  'POST /applications/{id}/federatedIdentityCredentials': {
    permissions: ['Application.ReadWrite.All'],
    units: 1,
  },
  'PATCH /servicePrincipals/{id}': { permissions: writePrincipals, units: 1 },
  // Each with a permission to read users (directoryobject-checkmembergroups.md); the costs are those of me/checkMemberGroups.
  'POST /users/{id}/checkMemberGroups': {
    permissions: ['GroupMember.Read.All', 'Group.Read.All', 'Directory.Read.All'],
    with: { 'GroupMember.Read.All': 'User.Read.All', 'Group.Read.All': 'User.Read.All' },
    units: 4,
    writes: 0,
    page: 'directoryobject-checkmembergroups.md',
  },
  'POST /directoryObjects/getByIds': { permissions: ['Directory.Read.All'], units: 3, writes: 0 },
  // permissions.json lists more, which are not enough alone ("AlsoRequires").
  'POST /applications/{id}/owners/$ref': { permissions: writePrincipals, units: 1 },
  'POST /servicePrincipals/{id}/owners/$ref': { permissions: writePrincipals, units: 1 },
  'POST /servicePrincipals/{id}/appRoleAssignments': {
    permissions: ['AppRoleAssignment.ReadWrite.All'],
    units: 1,
  },
  'DELETE /servicePrincipals/{id}/appRoleAssignments/{id}': {
    permissions: ['AppRoleAssignment.ReadWrite.All', 'Application.ReadWrite.All'],
    units: 1,
  },
  'GET /admin/reportSettings': {
    permissions: ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
    delegated: readReportSettings,
    units: null,
    page: 'adminreportsettings-get.md',
    query: ['$select'],
  },
  'PATCH /admin/reportSettings': {
    permissions: ['ReportSettings.ReadWrite.All'],
    delegated: { permissions: ['ReportSettings.ReadWrite.All'], people: reportAdministrators },
    units: null,
    page: 'adminreportsettings-update.md',
  },
  'GET /reports/getOffice365ActiveUserDetail(period={value})': buildReportCall('getOffice365ActiveUserDetail'),
  'GET /reports/getMailboxUsageDetail(period={value})': buildReportCall('getMailboxUsageDetail'),
  'GET /reports/getTeamsUserActivityUserDetail(period={value})': buildReportCall('getTeamsUserActivityUserDetail'),
  'GET /reports/getOneDriveUsageAccountDetail(period={value})': buildReportCall('getOneDriveUsageAccountDetail'),
};
