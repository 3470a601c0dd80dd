// The commands that make a role of nothing but what it needs, look at what is in it, and only then give it to an identity. Pure.
import { type ExchangeEntry, type ExchangeGroup, type ExchangeRole, formatEntry } from './exchange-roles.ts';
import { quote, quoteAll } from './power-shell.ts';

/**
 * What each role is to hold, and the function that compares: which cmdlets the built-in roles hold is not published. PowerShell's own
 * parameters change nothing. The parameters of a cmdlet that is taken whole are not looked at.
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

/** As `Confirm-Role` writes an entry: the cmdlet, then each of its parameters. */
function listEntryLines({ cmdlet, parameters }: ExchangeEntry): string[] {
  return [cmdlet, ...(parameters ?? []).map((parameter) => `${cmdlet} -${parameter}`)];
}

/**
 * `New-ManagementRole -EnabledCmdlets` copies just these from the parent. A role that an earlier script has made is cut down entry by
 * entry: Exchange Online refuses the entries of a pipe, so each is named (office-docs-powershell, Remove-ManagementRoleEntry).
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

/** A role that an earlier script has made lacks the cmdlets that have come since. */
function renderEntryCommands(role: string, { cmdlet, parameters }: ExchangeEntry): string[] {
  const entry = quote(`${role}\\${cmdlet}`);
  const narrow =
    parameters === null ? [] : [`Set-ManagementRoleEntry ${entry} -Parameters ${quoteAll(parameters)}`];
  return [
    `if (-not (Get-ManagementRoleEntry ${formatAllEntries(role)} | Where-Object Name -EQ ${quote(cmdlet)})) {`,
    `  Add-ManagementRoleEntry ${entry}${parameters === null ? '' : ` -Parameters ${quoteAll(parameters)}`}`,
    '}',
    ...narrow,
  ];
}

/** The group with its roles, those that have come since an earlier script among them, and the identity as its member. */
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
    // The sentence is in the administrator's language, the exception's name is not.
    `catch { if ("$_ $($_.FullyQualifiedErrorId)" -notmatch 'already a member|MemberAlreadyExists') { throw } }`,
  ];
}

/** All that the members of the group may run: each role that it has, and no role but these. */
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
