// The application permissions (app roles) that the pipeline may be granted, with Microsoft's ids. Pure.

/** The APIs whose app roles are granted; each is a service principal by Microsoft in every tenant. */
export const resources = {
  graph: { clientId: '00000003-0000-0000-c000-000000000000', displayName: 'Microsoft Graph' },
  exchange: {
    clientId: '00000002-0000-0ff1-ce00-000000000000',
    displayName: 'Office 365 Exchange Online',
  },
} as const;
export type Resource = keyof typeof resources;

/**
 * Ids by name, from Microsoft's permissions reference. The program compares them with the tenant's own before it grants any,
 * so a wrong id is refused and never granted.
 */
export const appRoles = {
  'AdministrativeUnit.Read.All': { resource: 'graph', id: '134fd756-38ce-4afd-ba33-e9623dbe66c2' },
  'AuditLog.Read.All': { resource: 'graph', id: 'b0afded3-3588-46d8-8b3d-9842eff778da' },
  'Directory.Read.All': { resource: 'graph', id: '7ab1d382-f21e-4acd-a863-ba3e13f7da61' },
  'Exchange.ManageAsApp': { resource: 'exchange', id: 'dc50a0fb-09a3-484d-be87-e023b12c6440' },
  'Group.Create': { resource: 'graph', id: 'bf7b1a76-6e77-406b-b258-bf5c7720e98f' },
  'GroupMember.Read.All': { resource: 'graph', id: '98830695-27a2-44f7-8c18-0c3ebc9698f6' },
  'GroupMember.ReadWrite.All': { resource: 'graph', id: 'dbaae8cf-10b5-4b86-a4a1-f871c94c6695' },
  'LicenseAssignment.Read.All': { resource: 'graph', id: 'e2f98668-2877-4f38-a2f4-8202e0717aa1' },
  'LicenseAssignment.ReadWrite.All': { resource: 'graph', id: '5facf0c1-8979-4e95-abcf-ff3d079771c0' },
  'Mail.Send': { resource: 'graph', id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96' },
  'MailboxSettings.Read': { resource: 'graph', id: '40f97065-369a-49f4-947c-6a255697ae91' },
  'Policy.Read.All': { resource: 'graph', id: '246dd0d5-5bd0-4def-940b-0421030a5b68' },
  'Policy.ReadWrite.ConditionalAccess': { resource: 'graph', id: '01c0a623-fc9b-48e9-b794-0756f8e8f067' },
  'PrivilegedEligibilitySchedule.Read.AzureADGroup': {
    resource: 'graph',
    id: 'edb419d6-7edc-42a3-9345-509bfdf5d87c',
  },
  'Reports.Read.All': { resource: 'graph', id: '230c1aed-a721-4c5d-9cb4-a90514e508ef' },
  'ReportSettings.ReadWrite.All': { resource: 'graph', id: '2a60023f-3219-47ad-baa4-40e17cd02a1d' },
  'RoleManagement.Read.Directory': { resource: 'graph', id: '483bed4a-2ad3-4361-a73b-c83ccdbdc53c' },
  'User.EnableDisableAccount.All': { resource: 'graph', id: '3011c876-62b7-4ada-afa2-506cbbecc68c' },
  'User.Read.All': { resource: 'graph', id: 'df021288-bdef-4463-88db-98f22de89214' },
  'User.RevokeSessions.All': { resource: 'graph', id: '77f3a031-c388-4f99-b373-dc68676a979e' },
} as const satisfies Record<string, { resource: Resource; id: string }>;
export type AppRole = keyof typeof appRoles;

/** By the second word of the name: `User.Read.All` only reads, `Group.ReadWrite.All` and `Mail.Send` do more. */
export function isReadOnlyRole(appRole: string): boolean {
  return /^Read(?!Write)/.test(appRole.split('.')[1] ?? '');
}
