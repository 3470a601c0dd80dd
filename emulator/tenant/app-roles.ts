// The application permissions (app roles) that Microsoft Graph and Exchange Online offer, with Microsoft's ids.
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
export const EXCHANGE_APP_ID = '00000002-0000-0ff1-ce00-000000000000';

export const GRAPH_APP_ROLES = {
  'AdministrativeUnit.Read.All': '134fd756-38ce-4afd-ba33-e9623dbe66c2',
  'AdministrativeUnit.ReadWrite.All': '5eb59dd3-1da2-4329-8733-9dabdc435916',
  'Application.Read.All': '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30',
  'Application.ReadWrite.All': '1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9',
  'AppRoleAssignment.ReadWrite.All': '06b708a9-e830-4db3-a914-8e69da51d44f',
  'AuditLog.Read.All': 'b0afded3-3588-46d8-8b3d-9842eff778da',
  'Directory.Read.All': '7ab1d382-f21e-4acd-a863-ba3e13f7da61',
  'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'Group.Create': 'bf7b1a76-6e77-406b-b258-bf5c7720e98f',
  'Group.Read.All': '5b567255-7703-4780-807c-7be8301ae99b',
  'Group.ReadWrite.All': '62a82d76-70ea-41e2-9197-370581804d09',
  'GroupMember.Read.All': '98830695-27a2-44f7-8c18-0c3ebc9698f6',
  'GroupMember.ReadWrite.All': 'dbaae8cf-10b5-4b86-a4a1-f871c94c6695',
  'LicenseAssignment.Read.All': 'e2f98668-2877-4f38-a2f4-8202e0717aa1',
  'LicenseAssignment.ReadWrite.All': '5facf0c1-8979-4e95-abcf-ff3d079771c0',
  'Mail.Send': 'b633e1c5-b582-4048-a93e-9f11b44c7e96',
  'MailboxSettings.Read': '40f97065-369a-49f4-947c-6a255697ae91',
  'MailboxSettings.ReadWrite': '6931bccd-447a-43d1-b442-00a195474933',
  'Member.Read.Hidden': '658aa5d8-239f-45c4-aa12-864f4fc7e490',
  'Organization.Read.All': '498476ce-e0fe-48b0-b801-37ba7e2685c6',
  'Policy.Read.All': '246dd0d5-5bd0-4def-940b-0421030a5b68',
  'Policy.ReadWrite.ConditionalAccess': '01c0a623-fc9b-48e9-b794-0756f8e8f067',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': 'edb419d6-7edc-42a3-9345-509bfdf5d87c',
  'Reports.Read.All': '230c1aed-a721-4c5d-9cb4-a90514e508ef',
  'ReportSettings.Read.All': 'ee353f83-55ef-4b78-82da-555bfa2b4b95',
  'ReportSettings.ReadWrite.All': '2a60023f-3219-47ad-baa4-40e17cd02a1d',
  'RoleEligibilitySchedule.Read.Directory': 'ff278e11-4a33-4d0c-83d2-d01dc58929a5',
  'RoleManagement.Read.Directory': '483bed4a-2ad3-4361-a73b-c83ccdbdc53c',
  'RoleManagement.ReadWrite.Directory': '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8',
  'User.DeleteRestore.All': 'eccc023d-eccf-4e7b-9683-8813ab36cecc',
  'User.EnableDisableAccount.All': '3011c876-62b7-4ada-afa2-506cbbecc68c',
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'User.ReadWrite.All': '741f803b-c850-494e-b5df-cde7c675a1ca',
  'User.RevokeSessions.All': '77f3a031-c388-4f99-b373-dc68676a979e',
  'User-LifeCycleInfo.Read.All': '8556a004-db57-4d7a-8b82-97a13428e96f',
} as const;

export const EXCHANGE_APP_ROLES = {
  'Exchange.ManageAsApp': 'dc50a0fb-09a3-484d-be87-e023b12c6440',
} as const;

export type GraphAppRole = keyof typeof GRAPH_APP_ROLES;
export type AppRole = GraphAppRole | keyof typeof EXCHANGE_APP_ROLES;

/** What each named identity may do; the audit cannot write to accounts, the apply cannot read reports. */
export const IDENTITY_ROLES: Record<'audit' | 'apply' | 'bootstrap', readonly AppRole[]> = {
  audit: [
    'AdministrativeUnit.Read.All',
    'AuditLog.Read.All',
    'Directory.Read.All',
    'GroupMember.Read.All',
    'LicenseAssignment.Read.All',
    'MailboxSettings.Read',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'Reports.Read.All',
    'ReportSettings.ReadWrite.All',
    'RoleManagement.Read.Directory',
    'User.Read.All',
    'User-LifeCycleInfo.Read.All',
  ],
  apply: [
    'AdministrativeUnit.Read.All',
    'AuditLog.Read.All',
    'Exchange.ManageAsApp',
    'Group.Create',
    'GroupMember.Read.All',
    'LicenseAssignment.Read.All',
    'LicenseAssignment.ReadWrite.All',
    'Mail.Send',
    'MailboxSettings.Read',
    'Policy.Read.All',
    'Policy.ReadWrite.ConditionalAccess',
    'PrivilegedEligibilitySchedule.Read.AzureADGroup',
    'RoleManagement.Read.Directory',
    'User.EnableDisableAccount.All',
    'User.Read.All',
    'User.RevokeSessions.All',
  ],
  bootstrap: [
    'AdministrativeUnit.ReadWrite.All',
    'Application.ReadWrite.All',
    'AppRoleAssignment.ReadWrite.All',
    'Directory.Read.All',
    'Group.ReadWrite.All',
    'Policy.Read.All',
    'Policy.ReadWrite.ConditionalAccess',
    'RoleManagement.ReadWrite.Directory',
  ],
};
