// A person written down by hand (a named kind, or a test's own world): everything not said has a sensible default,
// and the default is an ordinary, active, licensed employee.
import { DAY_MS, dateOf, timestampOf } from '../clock.ts';
import { lastOn, NEVER, rhythm, type Trace } from './activity.ts';
import { LICENSE_GROUPS } from './license-groups.ts';
import { hasMailboxPlan } from './license-rules.ts';
import {
  type ChangedPerson,
  type License,
  type Mailbox,
  type MailboxType,
  type ReportRow,
  SERVICES,
  type ServiceName,
  type SignIns,
  type Usage,
} from './person.ts';
import { SKUS, type SkuPartNumber } from './skus.ts';
import type { World } from './world.ts';

const GIGABYTE = 1024 ** 3;

export interface LicenseInput {
  readonly sku: SkuPartNumber;
  /** The display name or object id of the group it is inherited from; `true` = the product's licensing group. */
  readonly group?: string | true;
  readonly disabledPlans?: readonly string[];
  readonly state?: License['state'];
  readonly error?: string;
  /** Default 400. */
  readonly assignedDaysAgo?: number;
}

/** All "days ago" count from the day the tenant starts; the usage reports lag two days behind that. */
export interface PersonInput {
  /** A name to find the person by; must be unique. */
  readonly kind?: string;
  readonly id?: string;
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly mailNickname?: string;
  readonly userType?: 'Member' | 'Guest';
  readonly accountEnabled?: boolean;
  /** Default 900. */
  readonly createdDaysAgo?: number;
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly usageLocation?: string | null;
  readonly employeeType?: string | null;
  readonly leaveDaysAgo?: number;
  /** The kind, UPN or object id of another person. */
  readonly manager?: string | null;
  readonly synced?: boolean | null;
  /** Default: SPE_E3, directly. */
  readonly licenses?: readonly (SkuPartNumber | LicenseInput)[];
  /** Everything (sign-ins and services) was last used this many days ago; absent: used every day. */
  readonly inactiveDays?: number;
  /** Per service, days ago; null = never. Overrules inactiveDays. */
  readonly lastActivity?: { readonly [Service in ServiceName]?: number | null };
  /** Days ago; null = never. `attempt` includes failed sign-ins. Overrules inactiveDays. */
  readonly signIn?: { readonly successful?: number | null; readonly attempt?: number | null };
  /** null = no mailbox; absent: a user mailbox if a licence carries one. */
  readonly mailbox?: null | {
    readonly type?: MailboxType;
    readonly sizeGb?: number;
    readonly archive?: boolean;
    readonly litigationHold?: boolean;
  };
  readonly reportRow?: ReportRow;
  /** The account is gone from the directory; its report rows may still be there. */
  readonly deletedDaysAgo?: number;
  /** Display names of the Entra roles held now, directly. */
  readonly roles?: readonly string[];
  /** Display names of the Entra roles the person may activate. */
  readonly eligibleRoles?: readonly string[];
  /** Display names of groups to be a member of. */
  readonly groups?: readonly string[];
}

/** Builds the person at `index`; the manager and the roles are tied later, when everybody exists. */
export function givenPerson(world: World, index: number, input: PersonInput): ChangedPerson {
  const name = world.names.of(index);
  const isGuest = input.userType === 'Guest';
  const mailNickname = input.mailNickname ?? name.alias;
  const userPrincipalName =
    input.userPrincipalName ?? `${name.alias}${isGuest ? '_fabrikam.com#EXT#' : ''}@${world.domain}`;
  const licenses = licensesOf(world, input);
  const created = timestampOf((world.startDay - (input.createdDaysAgo ?? 900)) * DAY_MS + 30_000_000);
  const mailbox = mailboxOf(world, input, licenses);
  const displayName = input.displayName ?? `${name.givenName} ${name.surname}`;
  return {
    index,
    id: input.id ?? world.idOf(index),
    kind: input.kind ?? null,
    userPrincipalName,
    displayName,
    givenName: input.givenName === undefined ? name.givenName : input.givenName,
    surname: input.surname === undefined ? name.surname : input.surname,
    mail: input.mail === undefined ? (mailbox ? userPrincipalName : null) : input.mail,
    mailNickname,
    userType: input.userType ?? 'Member',
    accountEnabled: input.accountEnabled ?? true,
    createdDateTime: created,
    department: input.department === undefined ? 'Sales' : input.department,
    jobTitle: input.jobTitle === undefined ? 'Account Executive' : input.jobTitle,
    companyName: input.companyName === undefined ? (isGuest ? 'Fabrikam' : 'Contoso') : input.companyName,
    officeLocation: isGuest ? null : 'London',
    usageLocation: input.usageLocation === undefined ? 'GB' : input.usageLocation,
    employeeId: isGuest ? null : `E${String(index).padStart(7, '0')}`,
    employeeType: input.employeeType === undefined ? 'Employee' : input.employeeType,
    employeeHireDate: isGuest ? null : created,
    employeeLeaveDateTime:
      input.leaveDaysAgo === undefined ? null : timestampOf((world.startDay - input.leaveDaysAgo) * DAY_MS),
    managerId: null,
    onPremisesSyncEnabled: input.synced ?? null,
    licenses,
    signIns: signInsOf(world, input, index),
    usage: usageOf(world, input, index),
    mailbox,
    reportRow: input.reportRow ?? 'normal',
    licensesShown: null,
    typeShown: null,
    revert: null,
    deletedDateTime:
      input.deletedDaysAgo === undefined
        ? null
        : timestampOf((world.startDay - input.deletedDaysAgo) * DAY_MS),
    formerUpns: [],
    revokedAt: null,
  };
}

/** Writes licences out; `today` is the day that "days ago" counts from, `daysAgo` what is meant when it is not said. */
export function licensesFrom(
  today: number,
  wanted: readonly (SkuPartNumber | LicenseInput)[],
  daysAgo: number,
): License[] {
  return wanted.map((entry) => {
    const license: LicenseInput = typeof entry === 'string' ? { sku: entry } : entry;
    const assigned = today - (license.assignedDaysAgo ?? daysAgo);
    return {
      skuId: SKUS[license.sku].skuId,
      assignedByGroup: license.group === undefined ? null : groupId(license.sku, license.group),
      disabledPlans: [...(license.disabledPlans ?? [])],
      state: license.state ?? 'Active',
      error: license.error ?? 'None',
      lastUpdatedDateTime: `${dateOf(assigned)}T10:00:00Z`,
    };
  });
}

function licensesOf(world: World, input: PersonInput): License[] {
  return licensesFrom(world.startDay, input.licenses ?? (input.userType === 'Guest' ? [] : ['SPE_E3']), 400);
}

function groupId(sku: SkuPartNumber, group: string | true): string {
  const found = LICENSE_GROUPS.find((entry) =>
    group === true ? entry.skuPartNumber === sku : entry.displayName === group,
  );
  if (found) return found.id;
  if (group === true) throw new Error(`No licensing group hands out ${sku}; name one of your own.`);
  return group;
}

function mailboxOf(world: World, input: PersonInput, licenses: License[]): Mailbox | null {
  const { mailbox } = input;
  if (mailbox === null || (mailbox === undefined && !hasMailboxPlan(licenses))) return null;
  const sizeBytes = Math.floor((mailbox?.sizeGb ?? 4) * GIGABYTE);
  return {
    type: mailbox?.type ?? 'UserMailbox',
    sizeBytes,
    itemCount: Math.floor(sizeBytes / 75_000),
    archive: mailbox?.archive ?? false,
    litigationHold: mailbox?.litigationHold ?? false,
    createdDay: world.startDay - Math.min(input.createdDaysAgo ?? 900, 900),
    unlicensedSince: null,
    losses: [],
  };
}

function usageOf(world: World, input: PersonInput, index: number): Usage {
  const of = (service: ServiceName, place: number): Trace => {
    const daysAgo = input.lastActivity?.[service];
    if (daysAgo !== undefined) return daysAgo === null ? NEVER : lastOn(world.startDay - daysAgo);
    if (service === 'skype' || service === 'yammer') return NEVER;
    if (input.inactiveDays !== undefined) return lastOn(world.startDay - input.inactiveDays);
    return input.userType === 'Guest' ? NEVER : rhythm(1 + (place % 3), index);
  };
  const [exchange, oneDrive, sharePoint, skype, yammer, teams] = SERVICES.map(of);
  return {
    exchange: exchange ?? NEVER,
    oneDrive: oneDrive ?? NEVER,
    sharePoint: sharePoint ?? NEVER,
    skype: skype ?? NEVER,
    yammer: yammer ?? NEVER,
    teams: teams ?? NEVER,
  };
}

function signInsOf(world: World, input: PersonInput, index: number): SignIns {
  const of = (daysAgo: number | null | undefined): Trace => {
    if (daysAgo === null) return NEVER;
    if (daysAgo !== undefined) return lastOn(world.startDay - daysAgo);
    return input.inactiveDays === undefined ? rhythm(1, index) : lastOn(world.startDay - input.inactiveDays);
  };
  const successful = of(input.signIn?.successful);
  const attempt = input.signIn?.attempt === undefined ? successful : of(input.signIn.attempt);
  return { interactive: attempt, nonInteractive: successful, successful };
}
