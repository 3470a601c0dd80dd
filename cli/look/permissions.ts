// The delegated permissions that a look asks a person for, by Microsoft's names. Each is the least that its page names.

/** Reads only. What an audit's own identity reads besides, and a look does without, is said in its results. */
export const permissions = [
  { name: 'User.Read', why: 'who you are, which roles you hold, and your tenant’s name and domains' },
  { name: 'User.Read.All', why: 'accounts, their licences and managers' },
  { name: 'Reports.Read.All', why: 'last activity in Exchange, OneDrive, SharePoint and Teams' },
  { name: 'ReportSettings.Read.All', why: 'whether the reports conceal names' },
  { name: 'AuditLog.Read.All', why: 'the last successful sign-in' },
  { name: 'LicenseAssignment.Read.All', why: 'the part numbers of the licences' },
  { name: 'GroupMember.Read.All', why: 'groups that give licences or hold a role' },
  { name: 'RoleManagement.Read.Directory', why: 'who holds a privileged role, or may activate one' },
  { name: 'PrivilegedEligibilitySchedule.Read.AzureADGroup', why: 'who may join a privileged group' },
] as const;

/** Asked for once the person has agreed to show the names, and only then. */
export const reportNamesPermission = 'ReportSettings.ReadWrite.All';

/** What an audit's own identity may read besides, and a look goes without; it says so where it matters. */
export const doneWithout = ['AdministrativeUnit.Read.All', 'Directory.Read.All', 'MailboxSettings.Read'] as const;
