// What each identity may do inside Exchange: Exchange.ManageAsApp opens the door, these roles say which cmdlets are behind it. Pure.
import type { GrantOption, PipelineIdentity } from './grants.ts';

/** The role group that an identity is a member of. */
export interface ExchangeGroup {
  option: GrantOption;
  name: string;
  roles: readonly ExchangeRole[];
}

export interface ExchangeRole {
  name: string;
  /** The built-in role that it is cut down from. */
  parent: string;
  entries: readonly ExchangeEntry[];
}

/** One cmdlet that the role has. `parameters` null: it only reads, and takes none that would show more. */
export interface ExchangeEntry {
  cmdlet: string;
  parameters: readonly string[] | null;
}

/**
 * The built-in roles are far too wide: Mail Recipients alone has over a hundred cmdlets, and the Exchange Administrator of Entra
 * may call Remove-Mailbox, which deletes the account with the mailbox. What the organisation is set to, its retention policies
 * among it, is in none of the roles for recipients for sure, so that it is a role of its own.
 */
export const exchangeGroups: Record<PipelineIdentity, ExchangeGroup> = {
  audit: {
    option: 'holds',
    name: 'Dormant audit members',
    roles: [
      {
        name: 'Dormant audit',
        parent: 'View-Only Recipients',
        entries: [
          { cmdlet: 'Get-Mailbox', parameters: ['Identity', 'ResultSize'] },
          { cmdlet: 'Get-MailboxStatistics', parameters: ['Identity'] },
        ],
      },
      buildOrganizationRole('Dormant audit organisation'),
    ],
  },
  apply: {
    option: 'exchange',
    name: 'Dormant apply members',
    roles: [
      {
        name: 'Dormant apply',
        parent: 'Mail Recipients',
        entries: [
          { cmdlet: 'Get-Mailbox', parameters: ['Identity'] },
          { cmdlet: 'Get-MailboxStatistics', parameters: ['Identity'] },
          { cmdlet: 'Set-Mailbox', parameters: ['Identity', 'Type'] },
        ],
      },
      buildOrganizationRole('Dormant apply organisation'),
    ],
  },
};

/** All that the identity may call in Exchange. */
export function listExchangeCmdlets(identity: PipelineIdentity): string[] {
  return listExchangeEntries(identity).map(({ cmdlet }) => cmdlet);
}

export function listExchangeEntries(identity: PipelineIdentity): readonly ExchangeEntry[] {
  return exchangeGroups[identity].roles.flatMap(({ entries }) => entries);
}

/** `Set-Mailbox -Identity -Type`. */
export function formatEntry({ cmdlet, parameters }: ExchangeEntry): string {
  return [cmdlet, ...(parameters ?? []).map((parameter) => `-${parameter}`)].join(' ');
}

function buildOrganizationRole(name: string): ExchangeRole {
  const entries = [{ cmdlet: 'Get-OrganizationConfig', parameters: null }];
  return { name, parent: 'View-Only Configuration', entries };
}
