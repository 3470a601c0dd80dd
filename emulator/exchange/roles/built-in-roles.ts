// A few of Exchange Online's built-in roles with a few of their entries. (u): which cmdlets are in a role is not published;
// what matters is that they have far more than is called here. Parameters are from the pages in office-docs-powershell.

interface BuiltInRole {
  readonly name: string;
  readonly entries: Map<string, readonly string[]>;
}

/** Every entry has PowerShell's own parameters, too. */
const common = ['Debug', 'ErrorAction', 'ErrorVariable', 'OutBuffer', 'OutVariable', 'Verbose', 'WarningAction'];

const mailboxParameters = [
  'Anr',
  'Archive',
  'Filter',
  'Identity',
  'PropertySets',
  'RecipientTypeDetails',
  'ResultSize',
];
const statisticsParameters = ['Archive', 'Identity', 'IncludeMoveHistory', 'IncludeMoveReport'];

export const builtInRoles: readonly BuiltInRole[] = [
  buildRole('Mail Recipients', {
    'Add-MailboxPermission': ['AccessRights', 'Confirm', 'Identity', 'User', 'WhatIf'],
    'Disable-Mailbox': ['Archive', 'Confirm', 'Identity', 'WhatIf'],
    'Enable-Mailbox': ['Archive', 'Confirm', 'Identity', 'WhatIf'],
    'Get-Mailbox': mailboxParameters,
    'Get-MailboxStatistics': statisticsParameters,
    'Get-Recipient': ['Anr', 'Filter', 'Identity', 'ResultSize'],
    'Set-Mailbox': ['Confirm', 'DisplayName', 'ForwardingSmtpAddress', 'Identity', 'Type', 'WhatIf'],
    'Set-User': ['Confirm', 'DisplayName', 'Identity', 'WhatIf'],
  }),
  buildRole('View-Only Recipients', {
    'Get-Mailbox': mailboxParameters,
    'Get-MailboxPermission': ['Identity', 'User'],
    'Get-MailboxStatistics': statisticsParameters,
    'Get-Recipient': ['Anr', 'Filter', 'Identity', 'ResultSize'],
  }),
  buildRole('View-Only Configuration', {
    'Get-AcceptedDomain': ['Identity'],
    'Get-OrganizationConfig': [],
    'Get-TransportRule': ['Filter', 'Identity', 'State'],
  }),
  buildRole('Application Mail.Send', {}),
];

function buildRole(name: string, entries: Readonly<Record<string, readonly string[]>>): BuiltInRole {
  const whole = Object.entries(entries).map(([cmdlet, parameters]) => [cmdlet, [...parameters, ...common]] as const);
  return { name, entries: new Map(whole) };
}
