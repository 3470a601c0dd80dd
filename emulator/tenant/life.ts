// What happens to people outside of any pipeline: they sign in, work, marry, move department, get a role, leave.
import { dayOf } from '../clock.ts';
import { deleteAccount, restoreAccount, setAccountEnabledForGood, whoWas } from './account-changes.ts';
import type { Directory, Group } from './directory.ts';
import { inheritedFrom, joinByRule } from './dynamic-groups.ts';
import { type BelongingsEvents, changeBelongings } from './given-belongings.ts';
import { licensesFrom } from './given-person.ts';
import { givePrivileges, type PrivilegeInput, takePrivileges } from './given-privileges.ts';
import { groupNamed } from './groups.ts';
import { replaceLicenses } from './license-changes.ts';
import { changeMailbox } from './mailbox-changes.ts';
import { forgetSignIns } from './own-traces.ts';
import {
  type ChangedPerson,
  type NoSignInForm,
  type Person,
  type ReportRow,
  SERVICES,
  type ServiceName,
} from './person.ts';
import type { LicenseInput, MailboxInput } from './person-input.ts';
import { SKUS, type SkuPartNumber } from './skus.ts';
import type { Tenant } from './tenant.ts';

const PROFILE = [
  'displayName',
  'givenName',
  'surname',
  'mail',
  'department',
  'jobTitle',
  'companyName',
  'employeeType',
  'usageLocation',
  'employeeLeaveDateTime',
] as const;

/** Days are `now` or a date. Everything that is not said stays as it is. */
export interface LifeEvents extends BelongingsEvents {
  readonly userPrincipalName?: string;
  readonly displayName?: string;
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly department?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly employeeType?: string | null;
  readonly usageLocation?: string | null;
  readonly employeeLeaveDateTime?: string | null;
  /** The kind, UPN or object id of the new manager; null = nobody. */
  readonly manager?: string | null;
  /** By an admin in the cloud, or on premises for a synced account. */
  readonly accountEnabled?: boolean;
  /** A guest becomes a member, or the other way round; how the account came to be stays. */
  readonly userType?: 'Member' | 'Guest' | null;
  readonly synced?: boolean | null;
  /** `successful` counts as an attempt too. A word instead: from now on Graph knows no sign-in and writes it so. */
  readonly signIn?: NoSignInForm | { readonly successful?: string; readonly attempt?: string };
  readonly activity?: { readonly [Service in ServiceName]?: string };
  /** The person stops working today. */
  readonly goesQuiet?: boolean;
  readonly mailbox?: MailboxInput;
  readonly reportRow?: ReportRow;
  readonly reportCells?: Readonly<Record<string, string>>;
  readonly leavesOut?: readonly string[];
  readonly shows?: Readonly<Record<string, unknown>>;
  readonly addLicenses?: readonly (SkuPartNumber | LicenseInput)[];
  readonly removeLicenses?: readonly SkuPartNumber[];
  readonly addRoles?: readonly string[];
  readonly removeRoles?: readonly string[];
  readonly addEligibleRoles?: readonly string[];
  readonly removeEligibleRoles?: readonly string[];
  readonly addGroups?: readonly string[];
  readonly removeGroups?: readonly string[];
  readonly addPrivileges?: PrivilegeInput;
  readonly removePrivileges?: PrivilegeInput;
  /** Into the bin, or for good. */
  readonly delete?: boolean | 'for good';
  /** Out of the bin, in which a deleted account stays for 30 days. */
  readonly restore?: boolean;
}

/** Lets things happen to a person, given by kind, UPN or object id; returns the person afterwards. */
export function live(tenant: Tenant, who: string, events: LifeEvents): Person {
  const { index } = events.restore ? whoWas(tenant, who) : whoIs(tenant, who);
  if (events.restore) restoreAccount(tenant, tenant.people.change(index));
  if (events.userPrincipalName !== undefined) tenant.people.rename(index, events.userPrincipalName);
  const person = tenant.people.change(index);
  profile(tenant, person, events);
  work(tenant, person, events);
  grants(tenant, person, events);
  licences(tenant, person, events);
  changeBelongings(tenant.world, person, events, tenant.clock.now());
  if (events.mailbox) changeMailbox(tenant, person, events.mailbox);
  if (events.accountEnabled !== undefined) setAccountEnabledForGood(tenant, person, events.accountEnabled);
  if (events.delete) deleteAccount(tenant, person, events.delete === 'for good');
  return tenant.people.at(index);
}

/** The person of a kind, UPN or object id; a sentence if there is none. */
export function whoIs({ people }: Tenant, who: string): Person {
  const person = people.kinds.has(who) ? people.ofKind(who) : people.find(who);
  if (person) return person;
  throw new Error(`There is nobody with the kind, UPN or object id '${who}' in this tenant.`);
}

function profile(tenant: Tenant, person: ChangedPerson, events: LifeEvents): void {
  for (const name of PROFILE) {
    const value = events[name];
    if (value === undefined) continue;
    if (name === 'displayName') person.displayName = value ?? person.displayName;
    else person[name] = value;
  }
  if (events.userType !== undefined) person.userType = events.userType;
  if (events.synced !== undefined) person.onPremisesSyncEnabled = events.synced;
  if (events.reportRow !== undefined) person.reportRow = events.reportRow;
  person.reportCells = events.reportCells ?? person.reportCells;
  person.leavesOut = events.leavesOut ?? person.leavesOut;
  person.shows = events.shows ?? person.shows;
  if (events.manager === undefined) return;
  person.managerId = events.manager === null ? null : whoIs(tenant, events.manager).id;
}

function work(tenant: Tenant, person: ChangedPerson, events: LifeEvents): void {
  const { signIn, activity, goesQuiet } = events;
  if (typeof signIn === 'string') forgetSignIns(person, signIn);
  const { successful: success, attempt } = typeof signIn === 'string' || !signIn ? {} : signIn;
  const day = (when: string) => (when === 'now' ? tenant.clock.today() : dayOf(when));
  for (const service of SERVICES) {
    const when = activity?.[service];
    if (when !== undefined) person.usage[service].days.push(day(when));
  }
  const { interactive, nonInteractive, successful } = person.signIns;
  if (success !== undefined) {
    for (const trace of [interactive, nonInteractive, successful]) trace.days.push(day(success));
  }
  if (attempt !== undefined) interactive.days.push(day(attempt));
  if (!goesQuiet) return;
  for (const trace of [...Object.values(person.usage), ...Object.values(person.signIns)]) {
    trace.until = tenant.clock.today();
  }
}

function grants(tenant: Tenant, { id }: ChangedPerson, events: LifeEvents): void {
  const { directory, clock } = tenant;
  const { addRoles = [], addEligibleRoles = [], removeRoles = [], removeEligibleRoles = [] } = events;
  givePrivileges(tenant, id, { roles: addRoles, eligibleRoles: addEligibleRoles });
  givePrivileges(tenant, id, events.addPrivileges ?? {});
  takePrivileges(tenant, id, { roles: removeRoles, eligibleRoles: removeEligibleRoles });
  takePrivileges(tenant, id, events.removePrivileges ?? {});
  const ordinary = (names: readonly string[] = []) =>
    names.filter((name) => licensingGroups(directory, [name]).length === 0);
  for (const name of ordinary(events.addGroups)) groupNamed(directory, name, clock.now()).members.add(id);
  for (const name of ordinary(events.removeGroups))
    groupNamed(directory, name, clock.now()).members.delete(id);
}

function licences(tenant: Tenant, person: ChangedPerson, events: LifeEvents): void {
  const { directory } = tenant;
  const left = new Set(licensingGroups(directory, events.removeGroups).map(({ id }) => id));
  const gone = new Set<string>((events.removeLicenses ?? []).map((part) => SKUS[part].skuId));
  const kept = person.licenses.filter(
    ({ skuId, assignedByGroup }) => !gone.has(skuId) && !(assignedByGroup && left.has(assignedByGroup)),
  );
  const inherited = licensingGroups(directory, events.addGroups).flatMap((group) =>
    inheritedFrom(group, tenant.clock.now()),
  );
  const added = [...licensesFrom(tenant.clock.today(), events.addLicenses ?? [], 0), ...inherited];
  if (added.length === 0 && kept.length === person.licenses.length) return;
  person.ruleGroups = person.ruleGroups.filter((id) => !left.has(id));
  joinByRule(directory, person, added);
  replaceLicenses(tenant, person, [...kept, ...added]);
}

/** Joining or leaving a group that hands out licences brings or takes its products. */
function licensingGroups({ groups }: Directory, names: readonly string[] = []): Group[] {
  return [...groups.values()].filter(
    ({ properties, licenses }) => licenses !== undefined && names.includes(properties.displayName),
  );
}
