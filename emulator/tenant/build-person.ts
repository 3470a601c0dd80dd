// A person from a PersonInput (a named kind, or a test's own). Every field has a default; together they make an ordinary,
// active, licensed employee.
import { DAY_MS, formatDate, formatTimestamp } from '../clock.ts';
import { buildLastUse, buildRhythm, NEVER, type Trace } from './activity.ts';
import { copySignIns, copyUsage } from './copy-traces.ts';
import { giveCloudPc, giveOneDrive, givePhone } from './give-belongings.ts';
import { NO_HOLDS } from './holds.ts';
import { LICENSE_GROUPS } from './license-groups.ts';
import { hasMailboxPlan } from './license-rules.ts';
import type { Mailbox } from './mailbox.ts';
import {
  type ChangedPerson,
  createFormerProperties,
  type License,
  SERVICES,
  type ServiceName,
  type SignIns,
  type Usage,
} from './person.ts';
import type { LicenseInput, PersonInput } from './person-input.ts';
import { SKUS, type SkuPartNumber } from './skus.ts';
import type { World } from './world.ts';

const GIGABYTE = 1024 ** 3;

/** Builds the person at `index`; manager and roles follow when everybody exists. */
export function buildPerson(world: World, index: number, input: PersonInput): ChangedPerson {
  const name = world.names.getName(index);
  const isGuest = input.userType === 'Guest';
  const mailNickname = input.mailNickname ?? name.alias;
  const userPrincipalName =
    input.userPrincipalName ?? `${name.alias}${isGuest ? '_fabrikam.com#EXT#' : ''}@${world.domain}`;
  const licenses = buildInputLicenses(world, input);
  const created = formatTimestamp((world.startDay - (input.createdDaysAgo ?? 900)) * DAY_MS + 30_000_000);
  const mailbox = buildMailbox(world, input, licenses);
  const displayName = input.displayName ?? `${name.givenName} ${name.surname}`;
  return {
    index,
    id: input.id ?? world.getId(index),
    kind: input.kind ?? null,
    userPrincipalName,
    displayName,
    givenName: input.givenName === undefined ? name.givenName : input.givenName,
    surname: input.surname === undefined ? name.surname : input.surname,
    mail: input.mail === undefined ? (mailbox ? userPrincipalName : null) : input.mail,
    mailNickname,
    userType: input.userType === undefined ? 'Member' : input.userType,
    creationType: input.creationType === undefined ? (isGuest ? 'Invitation' : null) : input.creationType,
    identityParentId: input.identityParentId ?? null,
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
      input.leaveDaysAgo === undefined ? null : formatTimestamp((world.startDay - input.leaveDaysAgo) * DAY_MS),
    managerId: null,
    onPremisesSyncEnabled: input.synced ?? null,
    licenses,
    signIns: copySignIns(buildSignIns(world, input, index)),
    noSignIn: typeof input.signIn === 'string' ? input.signIn : 'missing',
    usage: copyUsage(buildUsage(world, input, index)),
    mailbox,
    oneDrive: giveOneDrive(world, index, input, licenses),
    cloudPc: giveCloudPc(input, licenses),
    phone: givePhone(input.phoneNumber, licenses),
    reportRow: input.reportRow ?? 'normal',
    former: createFormerProperties(),
    revert: null,
    enabledSince: null,
    ruleGroups: [],
    deletedDateTime:
      input.deletedDaysAgo === undefined ? null : formatTimestamp((world.startDay - input.deletedDaysAgo) * DAY_MS),
    licensesInBin: [],
    isPurged: false,
    formerUpns: [],
    revokedAt: null,
    reportCells: input.reportCells ?? {},
    leavesOut: input.leavesOut ?? [],
    shows: input.shows ?? {},
  };
}

/** Full licences from their input; `today`: the day that "days ago" counts from, `daysAgo`: the default. */
export function buildLicenses(
  today: number,
  wanted: readonly (SkuPartNumber | LicenseInput)[],
  daysAgo: number,
): License[] {
  return wanted.map((entry) => {
    const license: LicenseInput = typeof entry === 'string' ? { sku: entry } : entry;
    const assigned = today - (license.assignedDaysAgo ?? daysAgo);
    return {
      skuId: SKUS[license.sku].skuId,
      assignedByGroup: license.group === undefined ? null : findGroupId(license.sku, license.group),
      disabledPlans: [...(license.disabledPlans ?? [])],
      state: license.state ?? 'Active',
      error: license.error ?? 'None',
      lastUpdatedDateTime: `${formatDate(assigned)}T10:00:00Z`,
      ...(license.withoutState ? { withoutState: true } : {}),
    };
  });
}

function buildInputLicenses(world: World, input: PersonInput): License[] {
  return buildLicenses(world.startDay, input.licenses ?? (input.userType === 'Guest' ? [] : ['SPE_E3']), 400);
}

function findGroupId(sku: SkuPartNumber, group: string | true): string {
  const found = LICENSE_GROUPS.find((entry) =>
    group === true ? entry.skuPartNumber === sku : entry.displayName === group,
  );
  if (found) return found.id;
  if (group === true) throw new Error(`No licensing group hands out ${sku}; name one of your own.`);
  return group;
}

function buildMailbox(world: World, input: PersonInput, licenses: License[]): Mailbox | null {
  const { mailbox } = input;
  if (mailbox === null || (mailbox === undefined && !hasMailboxPlan(licenses))) return null;
  const sizeBytes = Math.floor((mailbox?.sizeGb ?? 4) * GIGABYTE);
  return {
    type: mailbox?.type ?? 'UserMailbox',
    sizeBytes,
    itemCount: Math.floor(sizeBytes / 75_000),
    archive: mailbox?.archive ?? false,
    litigationHold: mailbox?.litigationHold ?? NO_HOLDS.litigationHold,
    inPlaceHolds: mailbox?.inPlaceHolds ?? NO_HOLDS.inPlaceHolds,
    complianceTagHold: mailbox?.complianceTagHold ?? NO_HOLDS.complianceTagHold,
    delayHold: mailbox?.delayHold ?? NO_HOLDS.delayHold,
    delayReleaseHold: mailbox?.delayReleaseHold ?? NO_HOLDS.delayReleaseHold,
    hiddenFromGraph: mailbox?.hiddenFromGraph ?? false,
    hiddenUntil: null,
    flipBackAfterDays: mailbox?.flipBackAfterDays ?? null,
    flipsBack: null,
    createdDay: world.startDay - Math.min(input.createdDaysAgo ?? 900, 900),
    unlicensedSince: null,
    unpaidSince: {},
    losses: [],
  };
}

function buildUsage(world: World, input: PersonInput, index: number): Usage {
  const buildTrace = (service: ServiceName, place: number): Trace => {
    const daysAgo = input.lastActivity?.[service];
    if (daysAgo !== undefined) return daysAgo === null ? NEVER : buildLastUse(world.startDay - daysAgo);
    if (service === 'skype' || service === 'yammer') return NEVER;
    if (input.inactiveDays !== undefined) return buildLastUse(world.startDay - input.inactiveDays);
    return input.userType === 'Guest' ? NEVER : buildRhythm(1 + (place % 3), index);
  };
  const [exchange, oneDrive, sharePoint, skype, yammer, teams] = SERVICES.map(buildTrace);
  return {
    exchange: exchange ?? NEVER,
    oneDrive: oneDrive ?? NEVER,
    sharePoint: sharePoint ?? NEVER,
    skype: skype ?? NEVER,
    yammer: yammer ?? NEVER,
    teams: teams ?? NEVER,
  };
}

function buildSignIns(world: World, input: PersonInput, index: number): SignIns {
  const { signIn } = input;
  if (typeof signIn === 'string') return { interactive: NEVER, nonInteractive: NEVER, successful: NEVER };
  const buildTrace = (daysAgo: number | null | undefined): Trace => {
    if (daysAgo === null) return NEVER;
    if (daysAgo !== undefined) return buildLastUse(world.startDay - daysAgo);
    return input.inactiveDays === undefined ? buildRhythm(1, index) : buildLastUse(world.startDay - input.inactiveDays);
  };
  const successful = buildTrace(signIn?.successful);
  const attempt = signIn?.attempt === undefined ? successful : buildTrace(signIn.attempt);
  return { interactive: attempt, nonInteractive: successful, successful };
}
