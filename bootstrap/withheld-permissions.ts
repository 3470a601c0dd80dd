// Permissions and roles that guides to this kind of work ask for, and why Dormant does not: for docs/guides/adopt.md. Pure.

/**
 * "Least" is Microsoft's term: permissions.json of microsoftgraph/microsoft-graph-devx-content lists for every call the
 * permissions that allow it, and which of them is the least.
 */
export const withheldPermissions: Readonly<Record<string, string>> = {
  'Organization.Read.All': '`LicenseAssignment.Read.All` is the least that reads the subscribed products',
  'RoleEligibilitySchedule.Read.Directory':
    '`RoleManagement.Read.Directory`, which is needed for roles that are held, also reads those that may be activated',
  'User-LifeCycleInfo.Read.All': 'the date on which somebody leaves is not read',
  'Group.Read.All':
    'opens the conversations, calendars and files of every group; `GroupMember.Read.All` reads who is in one',
  'Application.Read.All': 'Conditional Access asks it of people only, not of applications',
  'User.ReadWrite.All':
    'deletes accounts and changes whatever stands in them; blocking, sessions and licences have permissions of their own',
  'Directory.ReadWrite.All': 'changes nearly everything',
  'Group.ReadWrite.All': 'changes every group, and deletes them; who makes a group with `Group.Create` owns that one',
  'Groups Administrator, the Entra role':
    'deletes groups, changes their owners and rules, and which licences they give; a role of one action changes who is in them',
  'MailboxSettings.ReadWrite': 'no setting of a mailbox is written; its conversion is a cmdlet of Exchange',
  'Mail.Read': 'nobody’s mail is read',
};

export function renderWithheldTable(): string {
  const rows = Object.entries(withheldPermissions).map(([name, why]) => `| ${name} | ${why} |`);
  return ['| permission or role | why not |', '| --- | --- |', ...rows].join('\n');
}
