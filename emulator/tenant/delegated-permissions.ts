// The delegated permissions of Microsoft Graph that this tenant offers, with Microsoft's ids: those that somebody may agree to
// for himself, and those that only an administrator may agree to. From permissions.json and provisioningInfo.json of
// microsoftgraph/microsoft-graph-devx-content (permissions/new, 2026-08-07).

/** `requiresAdminConsent` of the scheme DelegatedWork is false. */
const forEverybody = {
  'LicenseAssignment.Read.All': 'f395577a-0960-456b-979f-7228de0c5996',
  'Mail.Read': '570282fd-fa5c-430d-a7fd-fc8dc98a9dca',
  'Mail.Send': 'e383f46e-2787-4529-855e-0e479a3ffac0',
  'MailboxSettings.Read': '87f447af-9fa4-4c32-9dfa-4a57a73d18ce',
  'MailboxSettings.ReadWrite': '818c620a-27a9-40bd-a6a5-d96f7d610b4b',
  'User.Read': 'e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  'User.ReadBasic.All': 'b340eb25-3456-403f-be2f-af7a0d370277',
  'User.ReadWrite': 'b4e74841-8e56-480b-be8b-910348b18b4c',
  email: '64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
  offline_access: '7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
  openid: '37f7f235-527c-4136-accd-4a02d197296e',
  profile: '14dad69e-099b-42c9-810b-d002981feec1',
} as const;

/** It is true; User-LifeCycleInfo.Read.All has an id and no entry there, and is taken for one of these. */
const forAdministrators = {
  'AdministrativeUnit.Read.All': '3361d15d-be43-4de6-b441-3c746d05163d',
  'Application.Read.All': 'c79f8feb-a9db-4090-85f9-90d820caa0eb',
  'Application.ReadWrite.All': 'bdfbf15f-ee85-4955-8675-146e8e5296b5',
  'AuditLog.Read.All': 'e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
  'Directory.Read.All': '06da0dbc-49e2-44d2-8312-53f166ab848a',
  'Directory.ReadWrite.All': 'c5366453-9fb0-48a5-a156-24f0c49a4b84',
  'Group.Read.All': '5f8c59db-677d-491f-a6b8-5f174b11ec1d',
  'Group.ReadWrite.All': '4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
  'GroupMember.Read.All': 'bc024368-1153-4739-b217-4326f2e966d0',
  'GroupMember.ReadWrite.All': 'f81125ac-d3b7-4573-a3b2-7099cc39df9e',
  'Organization.Read.All': '4908d5b9-3fb2-4b1e-9336-1888b7937185',
  'Policy.Read.All': '572fea84-0151-49b2-9301-11cb16974376',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': '8f44f93d-ecef-46ae-a9bf-338508d44d6b',
  'Reports.Read.All': '02e97553-ed7b-43d0-ab3c-f8bace0d040c',
  'ReportSettings.Read.All': '84fac5f4-33a9-4100-aa38-a20c6d29e5e7',
  'ReportSettings.ReadWrite.All': 'b955410e-7715-4a88-a940-dfd551018df3',
  'RoleAssignmentSchedule.Read.Directory': '344a729c-0285-42c6-9014-f12b9b8d6129',
  'RoleEligibilitySchedule.Read.Directory': 'eb0788c2-6d4e-4658-8c9e-c0fb8053f03d',
  'RoleManagement.Read.All': '48fec646-b2ba-4019-8681-8eb31435aded',
  'RoleManagement.Read.Directory': '741c54c3-0c1e-44a1-818b-3f97ab4e8c83',
  'RoleManagement.ReadWrite.Directory': 'd01b97e9-cbc0-49fe-810a-750afd5527a3',
  'User.EnableDisableAccount.All': 'f92e74e7-2563-467f-9dd0-902688cb5863',
  'User.Read.All': 'a154be20-db9c-4678-8ab7-66f6cc099a59',
  'User.ReadWrite.All': '204e0828-b5ca-4ad8-b9f3-f32a958e7cc4',
  'User.RevokeSessions.All': 'fc30e98b-8810-4501-81f5-c20a3196387b',
  'User-LifeCycleInfo.Read.All': 'ed8d2a04-0374-41f1-aefe-da8ac87ccc87',
} as const;

export type DelegatedPermission = keyof typeof forEverybody | keyof typeof forAdministrators;

const ids: Readonly<Record<DelegatedPermission, string>> = { ...forEverybody, ...forAdministrators };
const names = new Map(
  Object.keys(ids)
    .filter((name): name is DelegatedPermission => name in ids)
    .map((name) => [name.toLowerCase(), name]),
);

/** The permission of this name, in any case; undefined: it is not offered. */
export function findDelegatedPermission(name: string): DelegatedPermission | undefined {
  return names.get(name.toLowerCase());
}

/** The permission of this id. */
export function findDelegatedPermissionById(id: unknown): DelegatedPermission | undefined {
  return [...names.values()].find((name) => ids[name] === id);
}

/** Only an administrator can agree to it, for himself or for everybody. */
export function needsAdministrator(name: DelegatedPermission): boolean {
  return name in forAdministrators;
}

/** As the service principal of Microsoft Graph offers them. */
export function buildPermissionScopes(): Record<string, unknown>[] {
  return [...names.values()].map((value) => ({
    adminConsentDescription: value,
    adminConsentDisplayName: value,
    id: ids[value],
    isEnabled: true,
    type: needsAdministrator(value) ? 'Admin' : 'User',
    userConsentDescription: value,
    userConsentDisplayName: value,
    value,
  }));
}
