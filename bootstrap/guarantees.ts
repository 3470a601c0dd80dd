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
    sentence: 'The apply writes nothing but sign-in, sessions, licences, mailbox type, notices and quarantine.',
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
  'Policy.ReadWrite.ConditionalAccess',
]);

/** Roles that delete a user, or with which an application can give itself any other role. */
function canDeleteOrEscalate(appRole: string): boolean {
  return deletesAccounts.has(appRole) || escalates.has(appRole);
}

/** "Delete a user" in the Graph reference; Directory.ReadWrite.All is documented not to. */
const deletesAccounts = new Set(['User.ReadWrite.All', 'User.DeleteRestore.All']);

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
