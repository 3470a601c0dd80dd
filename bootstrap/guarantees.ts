// What must never be granted, judged by role names alone, so that it covers unknown roles, too. Pure.
import { isReadOnlyRole } from './app-roles.ts';
import type { PipelineIdentity } from './grants.ts';

interface Guarantee {
  identity: PipelineIdentity;
  sentence: string;
  isForbidden(appRole: string): boolean;
}

interface Breach {
  sentence: string;
  appRole: string;
}

export const guarantees: readonly Guarantee[] = [
  {
    identity: 'audit',
    sentence: 'The audit cannot write to accounts, nor to anything but the setting of the usage reports.',
    isForbidden: (appRole) => !isReadOnlyRole(appRole) && !auditMayWrite.has(appRole),
  },
  { identity: 'audit', sentence: 'The audit cannot delete an account.', isForbidden: canDeleteOrEscalate },
  { identity: 'apply', sentence: 'The apply cannot delete an account.', isForbidden: canDeleteOrEscalate },
  {
    identity: 'apply',
    sentence:
      'The apply writes nothing but sign-in, sessions, licences, members of groups, mailbox type, notices and quarantine.',
    isForbidden: (appRole) => !isReadOnlyRole(appRole) && !applyMayWrite.has(appRole),
  },
  {
    identity: 'apply',
    sentence: 'The apply cannot read reports, nor change whether they show names.',
    isForbidden: (appRole) => /^Report/.test(appRole),
  },
];

/** Every guarantee that these roles would break, with the role. */
export function findBreaches(identity: PipelineIdentity, appRoles: readonly string[]): Breach[] {
  return guarantees
    .filter((guarantee) => guarantee.identity === identity)
    .flatMap(({ sentence, isForbidden }) => appRoles.filter(isForbidden).map((appRole) => ({ sentence, appRole })));
}

/** Exchange.ManageAsApp does nothing by itself; the audit's Exchange role has Get- cmdlets only. */
const auditMayWrite = new Set(['ReportSettings.ReadWrite.All', 'Exchange.ManageAsApp']);

const applyMayWrite = new Set([
  'User.EnableDisableAccount.All',
  'User.RevokeSessions.All',
  'LicenseAssignment.ReadWrite.All',
  'Exchange.ManageAsApp',
  'Mail.Send',
  'Group.Create',
  'GroupMember.ReadWrite.All',
  'Policy.ReadWrite.ConditionalAccess',
]);

/** Roles that delete a user, or with which an application can give itself any other role. */
function canDeleteOrEscalate(appRole: string): boolean {
  return deletesAccounts.has(appRole) || escalates.has(appRole);
}

/**
 * The application permissions of `DELETE /users/{id}`: permissions.json of microsoftgraph/microsoft-graph-devx-content
 * (permissions/new, 2026-08-07); Directory.ReadWrite.All is documented not to. Whoever has one of them deletes the person also by a
 * `DELETE /groups/{id}/members/{id}` that lacks its `/$ref` (microsoft-graph-docs-contrib, group-delete-members.md).
 */
const deletesAccounts: ReadonlySet<string> = new Set([
  'AgentIdUser.ReadWrite.All',
  'AgentIdUser.ReadWrite.IdentityParentedBy',
  'DeviceManagementApps.ReadWrite.All',
  'DeviceManagementConfiguration.ReadWrite.All',
  'DeviceManagementManagedDevices.ReadWrite.All',
  'DeviceManagementServiceConfig.ReadWrite.All',
  'User.DeleteRestore.All',
  'User.ReadWrite.All',
  'User.ReadWrite.CrossCloud',
]);

const escalates = new Set([
  'Application.ReadWrite.All',
  'Application.ReadWrite.OwnedBy',
  'AppRoleAssignment.ReadWrite.All',
  'RoleManagement.ReadWrite.Directory',
  'RoleManagement.ReadWrite.All',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleEligibilitySchedule.ReadWrite.Directory',
  'PrivilegedAccess.ReadWrite.AzureAD',
  'DelegatedPermissionGrant.ReadWrite.All',
  'Directory.ReadWrite.All',
]);
