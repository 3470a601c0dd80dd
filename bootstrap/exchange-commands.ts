// The Exchange half of the grants as PowerShell, because no provider can make it: run once by an Exchange administrator. Pure.
import { type ExchangeRole, exchangeRoles } from './exchange-roles.ts';
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
  const wanted = identities.filter((identity) => chosen.has(exchangeRoles[identity].option));
  const known = identities.filter((identity) => wanted.includes(identity) || isSender(identity, sender));
  if (known.length === 0) return null;
  return [
    ...opening,
    ...known.flatMap((identity) => registration(principals[identity])),
    ...wanted.flatMap((identity) => managementRole(exchangeRoles[identity], principals[identity])),
    ...(sender === null ? [] : mailScope(principals.apply, sender)),
    ...wayBack(
      known.map((identity) => principals[identity]),
      wanted.map((identity) => exchangeRoles[identity]),
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

function managementRole({ name, parent, entries }: ExchangeRole, { objectId }: ExchangePrincipal): string[] {
  const kept = entries.map(({ cmdlet }) => quote(cmdlet)).join(', ');
  const group = quote(groupOf(name));
  return [
    '',
    `# ${entries.map(({ cmdlet, parameters }) => [cmdlet, ...(parameters ?? []).map((each) => `-${each}`)].join(' ')).join('; ')}: nothing else`,
    `if (-not (Get-ManagementRole ${quote(name)} -ErrorAction SilentlyContinue)) {`,
    `  New-ManagementRole -Name ${quote(name)} -Parent ${quote(parent)}`,
    '}',
    `Get-ManagementRoleEntry ${quote(`${name}\\*`)} | Where-Object Name -NotIn ${kept} | Remove-ManagementRoleEntry -Confirm:$false`,
    ...entries.flatMap(({ cmdlet, parameters }) =>
      parameters === null
        ? []
        : [
            `Set-ManagementRoleEntry ${quote(`${name}\\${cmdlet}`)} -Parameters ${parameters.map(quote).join(', ')}`,
          ],
    ),
    `if (-not (Get-RoleGroup ${group} -ErrorAction SilentlyContinue)) {`,
    `  New-RoleGroup -Name ${group} -Roles ${quote(name)}`,
    '}',
    `try { Add-RoleGroupMember -Identity ${group} -Member ${quote(objectId)} }`,
    `catch { if ($_ -notmatch 'already a member') { throw } }`,
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
  roles: readonly ExchangeRole[],
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
    ...roles.flatMap(({ name }) => [
      `#   Remove-RoleGroup ${quote(groupOf(name))}`,
      `#   Remove-ManagementRole ${quote(name)}`,
    ]),
    ...known.map(({ objectId }) => `#   Remove-ServicePrincipal ${quote(objectId)}`),
  ];
}

function groupOf(role: string): string {
  return `${role} members`;
}

/** A literal string; PowerShell takes typographic quotes for quotes, too. */
function quote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;
}

function comment(text: string): string {
  return text.replace(/\s+/g, ' ');
}
