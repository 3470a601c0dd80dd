// What the audit saw of one account, joined over all sources. The judgement reads this and nothing else.
import type { GroupId, IdKey, SkuId, UserId, UserPrincipalName } from './identifiers.ts';
import type { GroupObstacle } from './licenses/license-groups.ts';
import type { CarriedServices } from './licenses/service-plans.ts';
import type { RecipientType } from './schemas/account.ts';

/** A calendar day in UTC, `YYYY-MM-DD`. Sorts as text. */
export type Day = string;

/** From the first day to the last one. */
export interface DaySpan {
  from: Day;
  to: Day;
}

/** The services of the active user report, in its order of columns. */
export const services = ['exchange', 'oneDrive', 'sharePoint', 'skypeForBusiness', 'yammer', 'teams'] as const;
export type Service = (typeof services)[number];

/**
 * The services whose activity keeps an account. Yammer counts like the others, because a wrong disable costs more than
 * a missed one; Skype for Business is reported but was retired in 2021, so it proves nothing.
 */
export const judgedServices = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer'] as const;
export type JudgedService = (typeof judgedServices)[number];

/** Last activity by service; null where the report's cell is blank. */
export type ServiceActivity = Record<Service, Day | null>;

/**
 * The account's row in getOffice365ActiveUserDetail. `missing`: no row has its userPrincipalName. `ambiguous`: several
 * have. `unreadable`: the cells of `columns` have no certain meaning; `lastActivity` has the others. `unseen`: services
 * that this tenant's report has no column for; absent: none.
 */
export type UsageRow =
  | { kind: 'row'; lastActivity: ServiceActivity; unseen?: readonly Service[] }
  | { kind: 'unreadable'; lastActivity: ServiceActivity; columns: readonly string[] }
  | { kind: 'missing' }
  | { kind: 'ambiguous' };

/** The days that are certain; null where the account has no row of its own. */
export function findActivity(usage: UsageRow): ServiceActivity | null {
  return usage.kind === 'row' || usage.kind === 'unreadable' ? usage.lastActivity : null;
}

/**
 * Graph's signInActivity. `lastSuccessful` covers interactive and non-interactive sign-ins since 2023-12-01 and is not
 * backfilled. `lastAttempt` is the later of lastSignInDateTime and lastNonInteractiveSignInDateTime, which include failed
 * attempts; null: none known. `missing`: the tenant's sign-ins can be read, but this account came without, which is not
 * "never". `unavailable`: no Entra ID P1, no permission, or no account came with any.
 */
export type SignIns =
  | { kind: 'read'; lastSuccessful: Day | null; lastAttempt: Day | null }
  | { kind: 'missing' }
  | { kind: 'unavailable' };

/** From reading this one account: what is missing there cannot be found elsewhere. */
export type LiveSignIns = Exclude<SignIns, { kind: 'missing' }>;

/** Of licenseAssignmentStates, or of assignedLicenses where that has no state; named and priced from subscribedSkus. */
export interface AssignedLicense {
  skuId: SkuId;
  skuPartNumber: string;
  /** Microsoft's product name; the part number where none is known. */
  productName: string;
  /** null: assigned directly. */
  assignedByGroup: GroupId | null;
  /** The group's displayName; null when direct or not readable. */
  groupName: string | null;
  disabledPlans: readonly string[];
  /** lastUpdatedDateTime of the assignment. */
  assignedOn: Day | null;
  /** What removing it takes away, by its service plans that are on. */
  carries: CarriedServices;
  /** Why it cannot be trusted, so that it stays; absent: nothing. */
  doubt?: LicenseDoubt;
  /** Microsoft's word for what is wrong with an assignment that is `in-error`, such as CountViolation. */
  error?: string;
  /** Set where a dynamic group gives it and takes it back by itself once sign-in is blocked. */
  dynamicGroup?: DynamicGroup;
  /** Set where policy.yaml names its group: what stands against taking the account out of it; empty: nothing. */
  groupObstacles?: readonly GroupObstacle[];
}

/**
 * `in-error`: assigned but not in effect. `without-assignment`: in assignedLicenses, but not in licenseAssignmentStates.
 * `product-unknown`: the tenant no longer lists the product.
 */
export type LicenseDoubt = 'in-error' | 'without-assignment' | 'product-unknown';

/**
 * A group whose rule reads accountEnabled. `membershipRule` null: the rule may not be read, and counts as one that does.
 */
export interface DynamicGroup {
  membershipRule: string | null;
}

/** What a group gives beside licences, by displayName; null: it may not be read. Graph shows no roles in Azure, no SharePoint. */
export interface GroupUses {
  /** Applications of which it has an app role. */
  applications: readonly string[] | null;
  /** Conditional Access policies that name it, to include or to exclude its members. */
  policies: readonly string[] | null;
  /** Groups that it is a member of. */
  groups: readonly string[] | null;
}

export interface Manager {
  id: UserId;
  displayName: string;
  mail: string | null;
  userPrincipalName: UserPrincipalName;
  jobTitle?: string | null;
  department?: string | null;
}

export interface Mailbox {
  recipientType: RecipientType;
  /** What the source calls it, where recipientType is `other`. */
  kind?: string | null;
  /** It was asked for by itself, and stayed unknown. */
  asked?: boolean;
  storageUsedBytes: number | null;
  hasArchive: boolean | null;
  /** null: nobody could tell. */
  hold: Hold | null;
  /** The mailbox report has a row for it, certain or not. */
  isReported?: true;
  /** The mailbox report has only a deleted one, lost 30 days after this day. null: a row without a day. Absent: no row. */
  disconnectedOn?: Day | null;
  /** Graph does not find it, the report has no row, and Exchange may not be asked: it can be disconnected. */
  isMissing?: true;
  /** Main's file says that it became a user mailbox again when it had no licence, so it still needs one. */
  flipsBack?: true;
}

/** `retention`: every hold but a litigation hold: eDiscovery, retention policies and labels, delays after these. */
export type Hold = 'none' | 'litigation' | 'retention';

/**
 * The account's OneDrive by its row in getOneDriveUsageAccountDetail. `none`: no row, and no sign of one. `unknown`: there
 * may be one. `unclocked`: Microsoft's clock for unlicensed OneDrives does not run in this tenant.
 */
export type OneDrive =
  | { kind: 'seen'; storageUsedBytes: number; files: number | null; lastUsedOn: Day | null }
  | { kind: 'none' | 'unknown' | 'unclocked' };

/** Why an account is privileged: a directory role, a group that leads to roles, or a restricted management unit. */
export type RoleHolding =
  | {
      /** Held now, or to be activated. */
      kind: 'active' | 'eligible';
      roleName: string;
      /** null: directly. */
      viaGroup: string | null;
      /** Absent: for the whole tenant, or for an application. */
      scope?: RoleScope;
    }
  | {
      /** In a group that has or may have roles; eligible by PIM for Groups. */
      kind: 'group-member' | 'group-owner' | 'eligible-group-member' | 'eligible-group-owner';
      group: string;
    }
  /** `unit` null: its name may not be read. */
  | { kind: 'restricted-unit'; unit: string | null };

/** The administrative unit that a role is limited to; its id if the name may not be read. */
export interface RoleScope {
  unit: string;
  isRestricted: boolean;
}

/** `unlicensed`: without the licence there is nothing to read. `unavailable`: there may be something, but no permission. */
export type ListAccess = 'read' | 'unlicensed' | 'unavailable';

/** What needs its own permission or licence to know: who may activate a role, who a group, the names of units. */
export interface PrivilegeAccess {
  roleEligibility: ListAccess;
  groupEligibility: ListAccess;
  restrictedUnits: ListAccess;
}

/**
 * Beside userType. `external`: a person of another company who is a member here, by invitation, conversion or cross-tenant
 * synchronisation. `agent`: software with its own account. `synchronisation`: what Entra Connect or cloud sync signs in as.
 */
export type AccountKind = 'person' | 'external' | 'agent' | 'synchronisation';

/** Of the groups that policy.yaml names by populations and scope, as `getGroupKey` calls them; in neither list: not a member. */
export interface NamedGroups {
  in: readonly string[];
  /** Whose members are not known: no group has the name, or several have, or they are hidden or may not be read. */
  unknown: readonly string[];
}

/** What this pipeline took of what the account's population was matched by: that still counts. */
export interface FormerBelonging {
  /** As its file says that it was reviewed. */
  population: string | null;
  licenses: boolean;
  groups: boolean;
}

export interface Evidence {
  id: UserId;
  userPrincipalName: UserPrincipalName;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  mail: string | null;
  userType: 'member' | 'guest';
  accountKind: AccountKind;
  accountEnabled: boolean;
  department: string | null;
  jobTitle: string | null;
  employeeType: string | null;
  /** null for accounts older than June 2018 that were synced. */
  createdOn: Day | null;
  onPremisesSyncEnabled: boolean;
  manager: Manager | null;
  usage: UsageRow;
  signIns: SignIns;
  licenses: readonly AssignedLicense[];
  /** Assigned and not in effect, so that the account does not hold them; absent: none. */
  licensesInError?: readonly AssignedLicense[];
  mailbox: Mailbox;
  oneDrive: OneDrive;
  roles: readonly RoleHolding[];
  /** Absent: of no group is it known. */
  namedGroups?: NamedGroups;
  former?: FormerBelonging;
  /** Graph's names of what the directory's entry lacks, garbles or contradicts; such an account is never judged inactive. */
  incomplete: readonly string[];
}

/** What holds for the whole run, not for one account. */
export interface RunFacts {
  /** The day of the audit, in UTC; the plan is made from it at once, so there it is today. */
  auditedOn: Day;
  /** The report's own day; inactivity counts from it, because it lags one to two days. */
  reportRefreshDate: Day;
  /** Accounts that the pipeline itself uses (notification sender, reply-to, fallback and HR contact), in lower case. */
  pipelineAccounts: readonly string[];
  /** Ids of accounts whose mailbox this pipeline has shared: these are not shared mailboxes to protect. */
  convertedMailboxes: ReadonlySet<IdKey>;
  /** Closed dates and pauses, which do not count as days of a stage. */
  uncounted: readonly DaySpan[];
}

/** The day that an instant is on in UTC, wherever the machine or the tenant is: stages move on these days. */
export function toUtcDay(instant: Date): Day {
  return instant.toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function countDaysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The day `days` after `day`. */
export function addDays(day: Day, days: number): Day {
  return toUtcDay(new Date(Date.parse(day) + days * 86_400_000));
}
