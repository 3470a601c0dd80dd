// The Exchange half of the grants as PowerShell, because no provider can make it: run once by an Exchange administrator. Pure.
import { type ExchangeGroup, type ExchangeRole, exchangeGroups } from './exchange-roles.ts';
import { identities, type Option, type PipelineIdentity } from './grants.ts';

/** One identity as Exchange has to know it. */
export interface ExchangePrincipal {
  displayName: string;
  clientId: string;
  /** Of its service principal (the enterprise application), not of the application. */
  objectId: string;
}

export interface ExchangeRequest {
  principals: Record<PipelineIdentity, ExchangePrincipal>;
  chosen: ReadonlySet<Option>;
  /** The mailbox that the apply may send from; null: sending is granted in Entra, or not at all. */
  sender: string | null;
}

/** A script that may be run again, and that ends with the way back; null when nothing in Exchange is asked for. */
export function exchangeCommands({ principals, chosen, sender }: ExchangeRequest): string | null {
  const wanted = identities.filter((identity) => chosen.has(exchangeGroups[identity].option));
  const known = identities.filter((identity) => wanted.includes(identity) || isSender(identity, sender));
  if (known.length === 0) return null;
  return [
    ...opening,
    ...known.flatMap((identity) => registration(principals[identity])),
    ...wanted.flatMap((identity) => roleGroup(exchangeGroups[identity], principals[identity])),
    ...(sender === null ? [] : mailScope(principals.apply, sender)),
    ...wayBack(
      known.map((identity) => principals[identity]),
      wanted.map((identity) => exchangeGroups[identity]),
      sender,
    ),
    '',
  ].join('\n');
}

function isSender(identity: PipelineIdentity, sender: string | null): boolean {
  return identity === 'apply' && sender !== null;
}

const opening = [
  '# Exchange Online, as an Exchange administrator who is in Organization Management. May be run again.',
  '# Connect-ExchangeOnline first. Exchange caches permissions: allow up to two hours before the first use.',
  "$ErrorActionPreference = 'Stop'",
  'if ((Get-OrganizationConfig).IsDehydrated) { Enable-OrganizationCustomization }',
];

/** Exchange keeps pointers of its own to the service principals of Entra. */
function registration({ displayName, clientId, objectId }: ExchangePrincipal): string[] {
  return [
    '',
    `# ${comment(displayName)}`,
    `if (-not (Get-ServicePrincipal | Where-Object AppId -eq ${quote(clientId)})) {`,
    `  New-ServicePrincipal -AppId ${quote(clientId)} -ObjectId ${quote(objectId)} -DisplayName ${quote(displayName)}`,
    '}',
  ];
}

function roleGroup({ name, roles }: ExchangeGroup, { objectId }: ExchangePrincipal): string[] {
  const group = quote(name);
  return [
    ...roles.flatMap(managementRole),
    `if (-not (Get-RoleGroup ${group} -ErrorAction SilentlyContinue)) {`,
    `  New-RoleGroup -Name ${group} -Roles ${roles.map((role) => quote(role.name)).join(', ')}`,
    '}',
    // One that an earlier script has made lacks the roles that have come since.
    ...roles.flatMap((role) => assignment(quote(role.name), group)),
    `try { Add-RoleGroupMember -Identity ${group} -Member ${quote(objectId)} }`,
    `catch { if ($_ -notmatch 'already a member') { throw } }`,
    ...roles.map(
      (role) => `Get-ManagementRoleEntry ${quote(`${role.name}\\*`)} | Format-Table Role, Name, Parameters`,
    ),
  ];
}

/**
 * `New-ManagementRole -EnabledCmdlets` copies just these from the parent. A role that an earlier script has made is cut down entry by
 * entry: Exchange Online refuses the entries of a pipe, so each is named (office-docs-powershell, Remove-ManagementRoleEntry).
 */
function managementRole({ name, parent, entries }: ExchangeRole): string[] {
  const kept = entries.map(({ cmdlet }) => quote(cmdlet)).join(', ');
  return [
    '',
    `# ${entries.map(({ cmdlet, parameters }) => [cmdlet, ...(parameters ?? []).map((each) => `-${each}`)].join(' ')).join('; ')}: nothing else`,
    `if (-not (Get-ManagementRole ${quote(name)} -ErrorAction SilentlyContinue)) {`,
    `  New-ManagementRole -Name ${quote(name)} -Parent ${quote(parent)} -EnabledCmdlets ${kept}`,
    '}',
    `Get-ManagementRoleEntry ${quote(`${name}\\*`)} | Where-Object Name -NotIn ${kept} | ForEach-Object { Remove-ManagementRoleEntry -Identity "$($_.Id)\\$($_.Name)" -Confirm:$false }`,
    ...entries.flatMap(({ cmdlet, parameters }) =>
      parameters === null
        ? []
        : [
            `Set-ManagementRoleEntry ${quote(`${name}\\${cmdlet}`)} -Parameters ${parameters.map(quote).join(', ')}`,
          ],
    ),
  ];
}

function assignment(role: string, group: string): string[] {
  return [
    `if (-not (Get-ManagementRoleAssignment -Role ${role} -RoleAssignee ${group} -ErrorAction SilentlyContinue)) {`,
    `  New-ManagementRoleAssignment -Role ${role} -SecurityGroup ${group}`,
    '}',
  ];
}

/** RBAC for Applications: grants add up, so Mail.Send must not be granted in Entra as well. */
function mailScope({ clientId, objectId }: ExchangePrincipal, sender: string): string[] {
  const filter = quote(`PrimarySmtpAddress -eq ${quote(sender)}`);
  return [
    '',
    '# Notices may be sent from one mailbox only',
    `if (-not (Get-ManagementScope ${quote(senderScope)} -ErrorAction SilentlyContinue)) {`,
    `  New-ManagementScope -Name ${quote(senderScope)} -RecipientRestrictionFilter ${filter}`,
    '}',
    `if (-not (Get-ManagementRoleAssignment ${quote(senderScope)} -ErrorAction SilentlyContinue)) {`,
    `  New-ManagementRoleAssignment -Name ${quote(senderScope)} -App ${quote(objectId)} -Role 'Application Mail.Send' -CustomResourceScope ${quote(senderScope)}`,
    '}',
    `Set-ManagementScope ${quote(senderScope)} -RecipientRestrictionFilter ${filter}`,
    `Test-ServicePrincipalAuthorization -Identity ${quote(clientId)} -Resource ${quote(sender)} | Format-Table RoleName, InScope`,
  ];
}

const senderScope = 'Dormant sender';

function wayBack(
  known: readonly ExchangePrincipal[],
  groups: readonly ExchangeGroup[],
  sender: string | null,
): string[] {
  return [
    '',
    '# To take it all back:',
    ...(sender === null
      ? []
      : [
          `#   Remove-ManagementRoleAssignment ${quote(senderScope)}`,
          `#   Remove-ManagementScope ${quote(senderScope)}`,
        ]),
    ...groups.flatMap(({ name, roles }) => [
      `#   Remove-RoleGroup ${quote(name)}`,
      ...roles.map((role) => `#   Remove-ManagementRole ${quote(role.name)}`),
    ]),
    ...known.map(({ objectId }) => `#   Remove-ServicePrincipal ${quote(objectId)}`),
  ];
}

/** A literal string; PowerShell takes typographic quotes for quotes, too. */
function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

function comment(text: string): string {
  return text.replace(/\s+/g, ' ');
}
