// Microsoft's facts of the calls for people and their mailboxes.
import { type CallFacts, everyOption } from './call.ts';

const readUsers = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'] as const;

/** The resource type "signInActivity" (resources/signinactivity.md): "Requires … and the AuditLog.Read.All permission". */
const signIns = { signInActivity: 'AuditLog.Read.All' } as const;

export const peopleCalls = {
  'GET /users': {
    permissions: readUsers,
    units: 2,
    page: 'user-list.md',
    query: everyOption,
    mostOnPage: 999,
    alsoFor: signIns,
  },
  'GET /users/{id}': {
    permissions: readUsers,
    units: 1,
    page: 'user-get.md',
    query: ['$select'],
    alsoFor: signIns,
  },
  'GET /users/{id}/manager': {
    permissions: readUsers,
    units: 1,
    page: 'user-list-manager.md',
    query: ['$expand', '$select'],
  },
  'GET /users/{id}/memberOf': {
    permissions: ['Directory.Read.All', 'Directory.ReadWrite.All'],
    units: 2,
  },
  'GET /users/{id}/transitiveMemberOf': {
    permissions: [
      'User.Read.All',
      'GroupMember.Read.All',
      'Group.Read.All',
      'Directory.Read.All',
      'Directory.ReadWrite.All',
    ],
    units: 2,
  },
  'GET /users/{id}/mailboxSettings': {
    permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
    units: null,
    page: 'user-get-mailboxsettings.md',
  },
  'GET /users/{id}/mailboxSettings/userPurpose': {
    permissions: ['MailboxSettings.Read', 'MailboxSettings.ReadWrite'],
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
  // Neither is in permissions.json; the page names the least permission for users.
  'GET /directory/deletedItems': {
    permissions: readUsers,
    units: 1,
  },
  'GET /directory/deletedItems/{id}': {
    permissions: readUsers,
    units: 1,
    page: 'directory-deleteditems-get.md',
    query: everyOption,
  },
  'POST /directory/deletedItems/{id}/restore': {
    permissions: ['User.DeleteRestore.All', 'User.ReadWrite.All'],
    units: 1,
  },
} as const satisfies Record<string, CallFacts>;
