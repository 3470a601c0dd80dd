// The commands that make a role with only the cmdlets it needs, check it, and only then assign it to an identity. Pure.
import { type ExchangeEntry, type ExchangeGroup, type ExchangeRole, formatEntry } from './exchange-roles.ts';
import { quote, quoteAll } from './power-shell.ts';

/**
 * What each role should contain, and the function that compares: Microsoft does not publish the cmdlets of the built-in
 * roles. PowerShell's common parameters are ignored, as are all parameters of a cmdlet that is granted whole.
 */
export function renderConfirmFunction(roles: readonly ExchangeRole[]): string[] {
  const whole = roles
    .flatMap(({ entries }) => entries)
    .flatMap(({ cmdlet, parameters }) => (parameters === null ? [cmdlet] : []));
  return [
    '',
    '# What each role is to hold',
    '$wanted = @{',
    ...roles.map(({ name, entries }) => `  ${quote(name)} = ${quoteAll(entries.flatMap(listEntryLines))}`),
    '}',
    `$whole = ${quoteAll([...new Set(whole)])}`,
    `$common = ${quoteAll(commonParameters)}`,
    '',
    '# Lists what a role holds. An entry too many, or one that is missing, is an error.',
    'function Confirm-Role($Role) {',
    '  $found = Get-ManagementRoleEntry "$Role\\*" | ForEach-Object {',
    '    $cmdlet = $_.Name',
    '    $cmdlet',
    '    if ($cmdlet -notin $whole) {',
    '      $_.Parameters | Where-Object { $_ -and $_ -notin $common } | ForEach-Object { "$cmdlet -$_" }',
    '    }',
    '  }',
    '  $found | ForEach-Object { "$Role may run $_" }',
    '  $tooMany = $found | Where-Object { $_ -notin $wanted[$Role] }',
    '  $missing = $wanted[$Role] | Where-Object { $_ -notin $found }',
    '  if ($tooMany) { throw "The role $Role holds too much: $($tooMany -join \', \'). Remove it, or the role, and run this again." }',
    '  if ($missing) { throw "The role $Role lacks: $($missing -join \', \'). Its parent role does not hold it." }',
    '}',
  ];
}

const commonParameters = [
  'Confirm',
  'Debug',
  'ErrorAction',
  'ErrorVariable',
  'InformationAction',
  'InformationVariable',
  'OutBuffer',
  'OutVariable',
  'PipelineVariable',
  'ProgressAction',
  'Verbose',
  'WarningAction',
  'WarningVariable',
  'WhatIf',
];

/** As `Confirm-Role` lists an entry: the cmdlet, then each of its parameters. */
function listEntryLines({ cmdlet, parameters }: ExchangeEntry): string[] {
  return [cmdlet, ...(parameters ?? []).map((parameter) => `${cmdlet} -${parameter}`)];
}

/**
 * `New-ManagementRole -EnabledCmdlets` copies only these from the parent. The role of an earlier script is reduced entry by
 * entry, each by name: Exchange Online refuses piped entries (office-docs-powershell, Remove-ManagementRoleEntry).
 */
export function renderRoleCommands({ name, parent, entries }: ExchangeRole): string[] {
  const kept = quoteAll(entries.map(({ cmdlet }) => cmdlet));
  return [
    '',
    `# ${entries.map(formatEntry).join('; ')}: nothing else`,
    `if (-not (Get-ManagementRole | Where-Object Name -EQ ${quote(name)})) {`,
    `  New-ManagementRole -Name ${quote(name)} -Parent ${quote(parent)} -EnabledCmdlets ${kept}`,
    '}',
    `Get-ManagementRoleEntry ${formatAllEntries(name)} | Where-Object Name -NotIn ${kept} | ForEach-Object { Remove-ManagementRoleEntry -Identity "$($_.Id)\\$($_.Name)" -Confirm:$false }`,
    ...entries.flatMap((entry) => renderEntryCommands(name, entry)),
    `Confirm-Role ${quote(name)}`,
  ];
}

/** The role of an earlier script lacks cmdlets that were added since. */
function renderEntryCommands(role: string, { cmdlet, parameters }: ExchangeEntry): string[] {
  const entry = quote(`${role}\\${cmdlet}`);
  const narrow = parameters === null ? [] : [`Set-ManagementRoleEntry ${entry} -Parameters ${quoteAll(parameters)}`];
  return [
    `if (-not (Get-ManagementRoleEntry ${formatAllEntries(role)} | Where-Object Name -EQ ${quote(cmdlet)})) {`,
    `  Add-ManagementRoleEntry ${entry}${parameters === null ? '' : ` -Parameters ${quoteAll(parameters)}`}`,
    '}',
    ...narrow,
  ];
}

/** The group with its roles, including those added since an earlier script, and the identity as its member. */
export function renderGroupCommands({ name, roles }: ExchangeGroup, objectId: string): string[] {
  const group = quote(name);
  return [
    '',
    `if (-not (Get-RoleGroup | Where-Object Name -EQ ${group})) {`,
    `  New-RoleGroup -Name ${group} -Roles ${quoteAll(roles.map((role) => role.name))}`,
    '}',
    ...roles.flatMap((role) => [
      `if (-not (Get-ManagementRoleAssignment -RoleAssignee ${group} | Where-Object Role -EQ ${quote(role.name)})) {`,
      `  New-ManagementRoleAssignment -Role ${quote(role.name)} -SecurityGroup ${group}`,
      '}',
    ]),
    `try { Add-RoleGroupMember -Identity ${group} -Member ${quote(objectId)} }`,
    // The message is in the administrator's language, the exception's name is not.
    `catch { if ("$_ $($_.FullyQualifiedErrorId)" -notmatch 'already a member|MemberAlreadyExists') { throw } }`,
  ];
}

/** Checks that the group has these roles and no others, and lists what its members may run. */
export function renderGroupCheck({ name, roles }: ExchangeGroup): string[] {
  const names = quoteAll(roles.map((role) => role.name));
  return [
    `$strange = Get-ManagementRoleAssignment -RoleAssignee ${quote(name)} | Where-Object Role -NotIn ${names}`,
    `if ($strange) { throw "${name} has a role too many: $($strange.Role -join ', '). Remove it with Remove-ManagementRoleAssignment." }`,
    ...roles.map((role) => `Confirm-Role ${quote(role.name)}`),
  ];
}

function formatAllEntries(role: string): string {
  return quote(`${role}\\*`);
}
