// Which identity holds which app role, and what for: the one table that the program grants, doctor checks and docs show. Pure.
import { type AppRole, appRoles } from './app-roles.ts';

/** The two identities of the pipeline; each is one application in the tenant. */
export const identities = ['audit', 'apply'] as const;
export type PipelineIdentity = (typeof identities)[number];

/**
 * What a tenant may leave out. `premium`: Entra ID P1, so sign-ins can be read. `groupEligibility`: who may activate a privileged
 * group (PIM for Groups). `restrictedUnits`: what the restricted management units are called. `groupRules`: both read whether a group
 * takes its licence back once sign-in is blocked. `holds`: the audit asks Exchange what holds a mailbox. `exchange`: the apply
 * converts mailboxes. `mail`: notices are sent with a grant for the whole tenant, instead of one sender scoped in Exchange.
 * `quarantine`: Conditional Access for synced accounts.
 */
export const options = [
  'premium',
  'groupEligibility',
  'restrictedUnits',
  'groupRules',
  'holds',
  'exchange',
  'mail',
  'quarantine',
] as const;
export type Option = (typeof options)[number];

export interface Grant {
  appRole: AppRole;
  /** null: always granted. */
  option: Option | null;
  /** What stops working without it. */
  why: string;
}

const groupRules = 'whether a group takes its licence back by itself once sign-in is blocked';

export const grants: Record<PipelineIdentity, readonly Grant[]> = {
  audit: [
    always(
      'Reports.Read.All',
      'last activity in Exchange, OneDrive, SharePoint and Teams; what mailboxes and OneDrives hold',
    ),
    always(
      'ReportSettings.ReadWrite.All',
      'show real names in the reports while it reads, and put that back',
    ),
    always('User.Read.All', 'accounts, their licences, department, job title and manager'),
    always('LicenseAssignment.Read.All', 'the part numbers of the licences'),
    always('GroupMember.Read.All', 'groups that hold a role or assign a licence'),
    // Not Group.Read.All, which opens the conversations, calendars and files of every group as well.
    when('groupRules', 'Directory.Read.All', groupRules),
    always('RoleManagement.Read.Directory', 'who holds a privileged role, or may activate one'),
    when(
      'groupEligibility',
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'who may become a member or an owner of a privileged group',
    ),
    when('restrictedUnits', 'AdministrativeUnit.Read.All', 'what the restricted management units are called'),
    always('MailboxSettings.Read', 'whether a mailbox is a person’s, shared, a room or equipment'),
    when('premium', 'AuditLog.Read.All', 'the last successful sign-in'),
    when('holds', 'Exchange.ManageAsApp', 'what holds a mailbox, by the Exchange role below'),
  ],
  apply: [
    always('User.Read.All', 'the account as it is just before it is written'),
    always('User.EnableDisableAccount.All', 'block and restore sign-in'),
    always('User.RevokeSessions.All', 'end the sessions of a blocked account'),
    always('LicenseAssignment.ReadWrite.All', 'remove and give back licences'),
    always('LicenseAssignment.Read.All', 'free seats before licences are given back'),
    always('GroupMember.Read.All', 'groups that hold a role or assign a licence'),
    // Not Group.Read.All, which opens the conversations, calendars and files of every group as well.
    when('groupRules', 'Directory.Read.All', groupRules),
    always(
      'RoleManagement.Read.Directory',
      'whether the account has become privileged since the review, or may activate a privileged role',
    ),
    when(
      'groupEligibility',
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'whether it may become a member or an owner of a privileged group',
    ),
    when('restrictedUnits', 'AdministrativeUnit.Read.All', 'what the restricted management units are called'),
    always('MailboxSettings.Read', 'whether the mailbox is seen shared'),
    when('premium', 'AuditLog.Read.All', 'a sign-in since the review'),
    when('exchange', 'Exchange.ManageAsApp', 'convert mailboxes, by the Exchange role below'),
    when('mail', 'Mail.Send', 'notices to managers, as anybody in the tenant; scope it in Exchange instead'),
    // Not Group.ReadWrite.All, which changes every group of the tenant and reads what they share: whoever makes a group owns it.
    when('quarantine', 'Group.Create', 'the group of synced accounts that are blocked, which it then owns'),
    when('quarantine', 'Policy.Read.All', 'the Conditional Access policy that blocks them'),
    when(
      'quarantine',
      'Policy.ReadWrite.ConditionalAccess',
      'the Conditional Access policy that blocks them',
    ),
  ],
};

/** The grants of one identity with these options, in the table's order. */
export function grantsFor(identity: PipelineIdentity, chosen: ReadonlySet<Option>): readonly Grant[] {
  return grants[identity].filter(({ option }) => option === null || chosen.has(option));
}

/** The names of `grantsFor`, of one API. */
export function appRolesFor(
  identity: PipelineIdentity,
  chosen: ReadonlySet<Option>,
  resource?: 'graph' | 'exchange',
): readonly AppRole[] {
  return grantsFor(identity, chosen)
    .map(({ appRole }) => appRole)
    .filter((appRole) => resource === undefined || appRoles[appRole].resource === resource);
}

function always(appRole: AppRole, why: string): Grant {
  return { appRole, option: null, why };
}

function when(option: Option, appRole: AppRole, why: string): Grant {
  return { appRole, option, why };
}
