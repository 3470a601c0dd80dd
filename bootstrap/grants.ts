// Which identity has which app role, and why: the table that the program grants, doctor checks and the docs show. Pure.
import { type AppRole, appRoles } from './app-roles.ts';

/** The two identities of the pipeline; each is one application in the tenant. */
export const pipelineIdentities = ['audit', 'apply'] as const;
export type PipelineIdentity = (typeof pipelineIdentities)[number];

/**
 * What a tenant may leave out.
 * `premium`: reading sign-ins, which needs Entra ID P1. `groupEligibility`: who may activate a privileged group (PIM for
 * Groups). `restrictedUnits`: names of restricted management units. `groupRules`: whether a group takes its licence back
 * once sign-in is blocked. `groupUses`: whether a group gives more than licences. `holds`: the audit reads a mailbox's holds
 * in Exchange. `exchange`: the apply converts mailboxes. `mail`: notices are sent with a grant for the whole tenant instead
 * of one sender scoped in Exchange. `groupMembers`: members of licence groups are changed with a grant for the whole tenant
 * instead of the roles of license-group-roles.ts. `quarantine`: Conditional Access for synced accounts.
 */
export const grantOptions = [
  'premium',
  'groupEligibility',
  'restrictedUnits',
  'groupRules',
  'groupUses',
  'holds',
  'exchange',
  'mail',
  'groupMembers',
  'quarantine',
] as const;
export type GrantOption = (typeof grantOptions)[number];

export interface Grant {
  appRole: AppRole;
  /** One of them is enough; null: always granted. */
  options: readonly GrantOption[] | null;
  /** What stops working without it. */
  why: string;
}

const membersOfGroups = 'groups that hold a role or assign a licence; who is in those that populations and scope name';
const groupDetails =
  'whether a group takes its licence back by itself once sign-in is blocked; which applications one opens that is left for its licence';
/** The least that reads a group's app role assignments, too: only AppRoleAssignment.ReadWrite.All is named beside it. */
const readsGroups = ['groupRules', 'groupUses'] as const;
const conditionalAccessOfGroups = 'whether a Conditional Access policy names a group that is left for its licence';

export const grants: Record<PipelineIdentity, readonly Grant[]> = {
  audit: [
    grantAlways(
      'Reports.Read.All',
      'last activity in Exchange, OneDrive, SharePoint and Teams; what mailboxes and OneDrives hold',
    ),
    grantAlways('ReportSettings.ReadWrite.All', 'show real names in the reports while it reads, and put that back'),
    grantAlways('User.Read.All', 'accounts, their licences, department, job title and manager'),
    grantAlways('LicenseAssignment.Read.All', 'the part numbers of the licences'),
    grantAlways('GroupMember.Read.All', membersOfGroups),
    // Not Group.Read.All, which opens the conversations, calendars and files of every group as well.
    grantWhen(readsGroups, 'Directory.Read.All', groupDetails),
    grantAlways('RoleManagement.Read.Directory', 'who holds a privileged role, or may activate one'),
    grantWhen(
      ['groupEligibility'],
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'who may become a member or an owner of a privileged group',
    ),
    grantWhen(['restrictedUnits'], 'AdministrativeUnit.Read.All', 'what the restricted management units are called'),
    grantAlways('MailboxSettings.Read', 'whether a mailbox is a person’s, shared, a room or equipment'),
    grantWhen(['premium'], 'AuditLog.Read.All', 'the last successful sign-in'),
    grantWhen(['groupUses'], 'Policy.Read.All', conditionalAccessOfGroups),
    grantWhen(['holds'], 'Exchange.ManageAsApp', 'what holds a mailbox, by the Exchange role below'),
  ],
  apply: [
    grantAlways('User.Read.All', 'the account as it is just before it is written'),
    grantAlways('User.EnableDisableAccount.All', 'block and restore sign-in'),
    grantAlways('User.RevokeSessions.All', 'end the sessions of a blocked account'),
    grantAlways('LicenseAssignment.ReadWrite.All', 'remove and give back licences'),
    grantAlways('LicenseAssignment.Read.All', 'free seats before licences are given back'),
    grantAlways('GroupMember.Read.All', membersOfGroups),
    // Not Group.Read.All, which opens the conversations, calendars and files of every group as well.
    grantWhen(readsGroups, 'Directory.Read.All', groupDetails),
    grantAlways(
      'RoleManagement.Read.Directory',
      'whether the account has become privileged since the review, or may activate a privileged role',
    ),
    grantWhen(
      ['groupEligibility'],
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'whether it may become a member or an owner of a privileged group',
    ),
    grantWhen(['restrictedUnits'], 'AdministrativeUnit.Read.All', 'what the restricted management units are called'),
    grantAlways('MailboxSettings.Read', 'whether the mailbox is seen shared'),
    grantWhen(['premium'], 'AuditLog.Read.All', 'a sign-in since the review'),
    grantWhen(['exchange'], 'Exchange.ManageAsApp', 'convert mailboxes, by the Exchange role below'),
    grantWhen(['mail'], 'Mail.Send', 'notices to managers, as anybody in the tenant; scope it in Exchange instead'),
    grantWhen(
      ['groupMembers'],
      'GroupMember.ReadWrite.All',
      'take people out of groups that give licences and put them back, and so out of any group; let roles limit it instead',
    ),
    // Not Group.ReadWrite.All, which changes every group and reads its content: the creator of a group owns it.
    grantWhen(['quarantine'], 'Group.Create', 'the group of synced accounts that are blocked, which it then owns'),
    grantWhen(
      ['quarantine', 'groupUses'],
      'Policy.Read.All',
      `the Conditional Access policy that blocks them; ${conditionalAccessOfGroups}`,
    ),
    grantWhen(['quarantine'], 'Policy.ReadWrite.ConditionalAccess', 'the Conditional Access policy that blocks them'),
  ],
};

/** One identity's grants with these options, in the table's order. */
export function listGrants(identity: PipelineIdentity, chosen: ReadonlySet<GrantOption>): readonly Grant[] {
  return grants[identity].filter((grant) => isChosen(grant, chosen));
}

export function isChosen({ options }: Grant, chosen: ReadonlySet<GrantOption>): boolean {
  return options === null || options.some((option) => chosen.has(option));
}

/** The app roles of `listGrants`; with `resource`, those of one API. */
export function listAppRoles(
  identity: PipelineIdentity,
  chosen: ReadonlySet<GrantOption>,
  resource?: 'graph' | 'exchange',
): readonly AppRole[] {
  return listGrants(identity, chosen)
    .map(({ appRole }) => appRole)
    .filter((appRole) => resource === undefined || appRoles[appRole].resource === resource);
}

function grantAlways(appRole: AppRole, why: string): Grant {
  return { appRole, options: null, why };
}

function grantWhen(options: readonly GrantOption[], appRole: AppRole, why: string): Grant {
  return { appRole, options, why };
}
