// Whom Entra and the services allow a call besides its delegated permissions: Entra roles by their display names, one of which is
// enough. A Global Administrator is in none of the lists, because he may always. The names of files are those of the includes of
// microsoft-graph-docs-contrib (api-reference/v1.0/includes/rbac-for-apis); roles that this tenant does not have are left out.

/** With today's names, from concepts/reportroot-authorization.md, those that are not readers. */
export const reportAdministrators = [
  'Exchange Administrator',
  'SharePoint Administrator',
  'Skype for Business Administrator',
  'Teams Administrator',
  'Teams Communications Administrator',
] as const;

/** "Global Reader and Usage Summary Reports Reader … without visibility into detailed metrics" (the same page). */
export const reportReaders = [...reportAdministrators, 'Reports Reader'] as const;

/** "The appropriate … limited administrator role" of that page; that a reader may not write is unverified. */
export const reportSettingsReaders = [...reportReaders, 'Global Reader', 'Usage Summary Reports Reader'] as const;

/** rbac-pim-entra-roles-apis.md. */
export const pimReaders = [
  'Global Reader',
  'Privileged Role Administrator',
  'Security Administrator',
  'Security Operator',
  'Security Reader',
] as const;

/** The pages rbacapplication-list-roleassignments.md and -roledefinitions.md. */
export const roleReaders = ['Directory Readers', 'Global Reader', 'Privileged Role Administrator'] as const;

/**
 * rbac-pim-groups-apis-read-eligibilityschedules.md, for role-assignable groups. Others are also read by a User Administrator and by
 * their owners and members, who are refused here.
 */
export const groupEligibilityReaders = ['Global Reader', 'Privileged Role Administrator'] as const;

/** rbac-conditionalaccess-apis-read.md. */
export const policyReaders = ['Global Reader', 'Security Administrator', 'Security Reader'] as const;

/** rbac-directory-deleted-items-apis.md; that a Global Reader may, too, is unverified. */
export const deletedUserReaders = [
  'Global Reader',
  'Privileged Authentication Administrator',
  'User Administrator',
] as const;

/** rbac-approleassignments-apis-read.md. */
export const appRoleReaders = [
  'Application Administrator',
  'Cloud Application Administrator',
  'Directory Readers',
  'Privileged Role Administrator',
  'User Administrator',
] as const;

/** rbac-oauth2permissiongrant-apis-read.md. */
export const permissionGrantReaders = [...appRoleReaders, 'Global Reader'] as const;

/** The pages signin-list.md and directoryaudit-list.md. Whether signInActivity asks for one of them, too, is unverified. */
export const signInReaders = [
  'Global Reader',
  'Reports Reader',
  'Security Administrator',
  'Security Operator',
  'Security Reader',
] as const;

/** "The signed-in user needs at least one of the following Microsoft Entra roles" (user-get.md). */
export const leaveDateReaders = ['Lifecycle Workflows Administrator', 'Global Reader'] as const;
