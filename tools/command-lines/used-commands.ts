// The commands of others that the guides and the product name: what is in the tables. Another one is added here, and then
// `npm run -s command-tables` is run.
import type { Tool } from './command-table.ts';

export const usedCommands: Record<Tool, readonly string[]> = {
  az: [
    'ad app credential delete',
    'ad app federated-credential delete',
    'ad signed-in-user show',
    'cloud set',
    'group create',
    'login',
    'role assignment create',
    'storage account blob-service-properties update',
    'storage account create',
    'storage account management-policy create',
    'storage account show',
    'storage blob copy start',
    'storage blob delete',
    'storage container-rm create',
  ],
  gh: [
    'api',
    'attestation verify',
    'auth login',
    'auth token',
    'pr create',
    'repo create',
    'repo edit',
    'run delete',
    'run download',
    'run list',
    'run watch',
    'secret delete',
    'secret set',
    'variable set',
    'workflow enable',
    'workflow run',
  ],
  git: [
    'add',
    'branch',
    'clone',
    'commit',
    'config',
    'fetch',
    'fsck',
    'init',
    'log',
    'merge-tree',
    'pull',
    'push',
    'remote add',
    'revert',
    'switch',
    'tag',
  ],
  pulumi: [
    'cancel',
    'config set',
    'destroy',
    'import',
    'login',
    'plugin install',
    'preview',
    'stack export',
    'stack init',
    'stack output',
    'stack select',
    'up',
  ],
};

/** Where Microsoft's pages of the cmdlets are: https://github.com/<repository>/blob/<commit>/<path>. */
export interface CmdletPages {
  repository: string;
  commit: string;
  folder: string;
  cmdlets: readonly string[];
  /** Parameters that another page has. */
  also?: Readonly<Record<string, { page: string; parameters: readonly string[] }>>;
}

export const cmdletPages: readonly CmdletPages[] = [
  {
    repository: 'MicrosoftDocs/office-docs-powershell',
    commit: '93336da2bca96c31c0fc8acc52658a30ef8a6c94',
    folder: 'exchange/exchange-ps/ExchangePowerShell',
    cmdlets: [
      'Add-ManagementRoleEntry',
      'Add-RoleGroupMember',
      'Connect-ExchangeOnline',
      'Enable-OrganizationCustomization',
      'Get-Mailbox',
      'Get-MailboxStatistics',
      'Get-ManagementRole',
      'Get-ManagementRoleAssignment',
      'Get-ManagementRoleEntry',
      'Get-ManagementScope',
      'Get-OrganizationConfig',
      'Get-RoleGroup',
      'Get-ServicePrincipal',
      'New-ManagementRole',
      'New-ManagementRoleAssignment',
      'New-ManagementScope',
      'New-RoleGroup',
      'New-ServicePrincipal',
      'Remove-Mailbox',
      'Remove-ManagementRole',
      'Remove-ManagementRoleAssignment',
      'Remove-ManagementRoleEntry',
      'Remove-ManagementScope',
      'Remove-RoleGroup',
      'Remove-ServicePrincipal',
      'Set-Mailbox',
      'Set-ManagementRoleEntry',
      'Set-ManagementScope',
      'Test-ServicePrincipalAuthorization',
    ],
  },
  {
    repository: 'MicrosoftDocs/office-docs-powershell',
    commit: '93336da2bca96c31c0fc8acc52658a30ef8a6c94',
    folder: 'teams/teams-ps/MicrosoftTeams',
    cmdlets: ['Remove-CsPhoneNumberAssignment'],
  },
  {
    repository: 'MicrosoftDocs/OfficeDocs-SharePoint-PowerShell',
    commit: '1bf830f048a1434208c1f60a087f743ed7f99b86',
    folder: 'sharepoint/sharepoint-ps/Microsoft.Online.SharePoint.PowerShell',
    cmdlets: ['Set-SPOTenant'],
    also: {
      'Set-SPOTenant': {
        page: 'https://learn.microsoft.com/sharepoint/unlicensed-onedrive-accounts',
        parameters: ['UnlicensedOneDriveAccountsActiveStoragePeriod'],
      },
    },
  },
  {
    repository: 'MicrosoftDocs/windows-powershell-docs',
    commit: 'f113d6bda7df4bf60fb213c320c12678b40ae571',
    folder: 'docset/winserver2025-ps/ActiveDirectory',
    cmdlets: ['Disable-ADAccount', 'Enable-ADAccount', 'Get-ADUser'],
  },
  {
    repository: 'MicrosoftDocs/PowerShell-Docs',
    commit: '27138b21b41de3e2b43cfcac4a56861ca419d5eb',
    folder: 'reference/7.5/Microsoft.PowerShell.Core',
    cmdlets: ['ForEach-Object', 'Where-Object'],
  },
  {
    repository: 'MicrosoftDocs/PowerShell-Docs',
    commit: '27138b21b41de3e2b43cfcac4a56861ca419d5eb',
    folder: 'reference/7.5/Microsoft.PowerShell.Utility',
    cmdlets: ['Format-Table'],
  },
  {
    repository: 'microsoftgraph/msgraph-sdk-powershell',
    commit: '0f937c242345f8f2838c324246ccae87ddc00ddc',
    folder: 'src/Authentication/docs',
    cmdlets: ['Connect-MgGraph'],
  },
];
