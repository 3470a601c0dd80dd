// What each identity may do in Exchange: Exchange.ManageAsApp lets it connect, these roles allow the cmdlets. Pure.
import type { GrantOption, PipelineIdentity } from './grants.ts';

/** The role group that an identity is a member of. */
export interface ExchangeGroup {
  option: GrantOption;
  name: string;
  roles: readonly ExchangeRole[];
}

export interface ExchangeRole {
  name: string;
  /** The built-in role that it is a subset of. */
  parent: string;
  entries: readonly ExchangeEntry[];
}

/** One cmdlet of the role. `parameters` null: all, as it only reads and no parameter shows more. */
export interface ExchangeEntry {
  cmdlet: string;
  parameters: readonly string[] | null;
}

/**
 * The built-in roles are far too wide: Mail Recipients alone has over a hundred cmdlets, and Entra's Exchange Administrator
 * may call Remove-Mailbox, which deletes the account with the mailbox. The organisation's settings, such as retention
 * policies, have a separate role, because no role for recipients is sure to include them.
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
