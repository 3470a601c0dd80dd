// What each identity may do inside Exchange: Exchange.ManageAsApp opens the door, these roles say which cmdlets are behind it. Pure.
import type { Option, PipelineIdentity } from './grants.ts';

export interface ExchangeRole {
  option: Option;
  /** Name of the management role and of the role group that holds it. */
  name: string;
  /** The built-in role that it is cut down from. */
  parent: string;
  /** The cmdlets that are left; `parameters` null: all of them. */
  entries: readonly { cmdlet: string; parameters: readonly string[] | null }[];
}

/**
 * The built-in roles are far too wide: Mail Recipients alone has over a hundred cmdlets, and the Exchange Administrator of Entra
 * may call Remove-Mailbox, which deletes the account with the mailbox.
 */
export const exchangeRoles: Record<PipelineIdentity, ExchangeRole> = {
  audit: {
    option: 'holds',
    name: 'Dormant audit',
    parent: 'View-Only Recipients',
    entries: [
      { cmdlet: 'Get-Mailbox', parameters: null },
      { cmdlet: 'Get-MailboxStatistics', parameters: null },
    ],
  },
  apply: {
    option: 'exchange',
    name: 'Dormant apply',
    parent: 'Mail Recipients',
    entries: [
      { cmdlet: 'Get-Mailbox', parameters: null },
      { cmdlet: 'Get-MailboxStatistics', parameters: null },
      { cmdlet: 'Set-Mailbox', parameters: ['Identity', 'Type'] },
    ],
  },
};

/** All that the identity may call in Exchange. */
export function exchangeCmdletsFor(identity: PipelineIdentity): string[] {
  return exchangeRoles[identity].entries.map(({ cmdlet }) => cmdlet);
}
