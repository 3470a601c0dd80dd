// The grants in Exchange as PowerShell, because no provider supports them: run once by an Exchange administrator. Pure.
import {
  renderConfirmFunction,
  renderGroupCheck,
  renderGroupCommands,
  renderRoleCommands,
} from './exchange-role-commands.ts';
import { type ExchangeGroup, exchangeGroups } from './exchange-roles.ts';
import { type GrantOption, type PipelineIdentity, pipelineIdentities } from './grants.ts';
import { quote, toCommentText } from './power-shell.ts';

/** One identity, as Exchange registers it. */
interface ExchangePrincipal {
  displayName: string;
  clientId: string;
  /** Of its service principal (the enterprise application), not of the application. */
  objectId: string;
}

export interface ExchangeRequest {
  principals: Record<PipelineIdentity, ExchangePrincipal>;
  chosen: ReadonlySet<GrantOption>;
  /** The mailbox that the apply may send from; null: sending is granted in Entra, or not. */
  sender: string | null;
}

/**
 * A script that may be run again, checks each role before it assigns it, and ends with a list of what each may run; null:
 * nothing in Exchange is needed.
 */
export function renderExchangeCommands({ principals, chosen, sender }: ExchangeRequest): string | null {
  const wanted = pipelineIdentities.filter((identity) => chosen.has(exchangeGroups[identity].option));
  const registered = pipelineIdentities.filter((identity) => wanted.includes(identity) || isSender(identity, sender));
  if (registered.length === 0) return null;
  const groups = wanted.map((identity) => exchangeGroups[identity]);
  const roles = groups.flatMap((group) => group.roles);
  return [
    ...opening,
    ...(roles.length === 0 ? [] : renderConfirmFunction(roles)),
    ...registered.flatMap((identity) => renderRegistration(principals[identity])),
    ...roles.flatMap(renderRoleCommands),
    ...wanted.flatMap((identity) => renderGroupCommands(exchangeGroups[identity], principals[identity].objectId)),
    ...(sender === null ? [] : renderMailScope(principals.apply, sender)),
    ...(groups.length === 0 ? [] : ['', '# What they may run now', ...groups.flatMap(renderGroupCheck)]),
    ...renderRemoval(
      registered.map((identity) => principals[identity]),
      groups,
      sender,
    ),
    '',
  ].join('\n');
}

function isSender(identity: PipelineIdentity, sender: string | null): boolean {
  return identity === 'apply' && sender !== null;
}

/**
 * The first error ends the script. Exchange's cmdlets are functions of a module, which ignore a script's preference
 * variables (PowerShell/PowerShell 4568), but not its default parameters. Nothing is looked up by Identity: one that does
 * not exist may return all objects, according to Microsoft's page of Get-ManagementRole.
 */
const opening = [
  '# Exchange Online, as an Exchange administrator who is in Organization Management. May be run again.',
  '# Connect-ExchangeOnline first. Exchange caches permissions: allow up to two hours before the first use.',
  '# If it does not find what it has just made, wait a minute and run it again.',
  "$ErrorActionPreference = 'Stop'",
  "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' }",
  'if ((Get-OrganizationConfig).IsDehydrated) { Enable-OrganizationCustomization }',
];

/** Exchange has its own records of Entra's service principals. */
function renderRegistration({ displayName, clientId, objectId }: ExchangePrincipal): string[] {
  return [
    '',
    `# ${toCommentText(displayName)}`,
    `if (-not (Get-ServicePrincipal | Where-Object AppId -EQ ${quote(clientId)})) {`,
    `  New-ServicePrincipal -AppId ${quote(clientId)} -ObjectId ${quote(objectId)} -DisplayName ${quote(displayName)}`,
    '}',
  ];
}

/** RBAC for Applications: grants add up, so Mail.Send must not be granted in Entra as well. */
function renderMailScope({ clientId, objectId }: ExchangePrincipal, sender: string): string[] {
  const filter = quote(`PrimarySmtpAddress -eq ${quote(sender)}`);
  return [
    '',
    '# Notices may be sent from one mailbox only',
    `if (-not (Get-ManagementScope | Where-Object Name -EQ ${quote(senderScope)})) {`,
    `  New-ManagementScope -Name ${quote(senderScope)} -RecipientRestrictionFilter ${filter}`,
    '}',
    `if (-not (Get-ManagementRoleAssignment | Where-Object Name -EQ ${quote(senderScope)})) {`,
    `  New-ManagementRoleAssignment -Name ${quote(senderScope)} -App ${quote(objectId)} -Role 'Application Mail.Send' -CustomResourceScope ${quote(senderScope)}`,
    '}',
    `Set-ManagementScope ${quote(senderScope)} -RecipientRestrictionFilter ${filter}`,
    `Test-ServicePrincipalAuthorization -Identity ${quote(clientId)} -Resource ${quote(sender)} | Format-Table 'RoleName', 'InScope'`,
  ];
}

const senderScope = 'Dormant sender';

function renderRemoval(
  registered: readonly ExchangePrincipal[],
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
    ...registered.map(({ objectId }) => `#   Remove-ServicePrincipal ${quote(objectId)}`),
  ];
}
