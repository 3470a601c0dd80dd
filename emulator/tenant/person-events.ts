// Events outside of any pipeline: people sign in, work, marry, move department, get a role, leave.
import { toDayNumber } from '../clock.ts';
import { deleteAccount, requireDeletedPerson, restoreAccount, setAccountEnabledForGood } from './account-changes.ts';
import { buildLicenses } from './build-person.ts';
import { forgetSignIns } from './copy-traces.ts';
import type { Directory, Group } from './directory.ts';
import { joinByLicense } from './dynamic-groups.ts';
import { changeBelongings } from './give-belongings.ts';
import { grantPrivileges, revokePrivileges } from './grant-privileges.ts';
import { joinGroup, leaveGroup } from './group-members.ts';
import { buildInheritedLicenses, findOrAddGroup, isDynamic } from './groups.ts';
import { replaceLicenses } from './license-changes.ts';
import { changeMailbox } from './mailbox-changes.ts';
import { type ChangedPerson, type Person, SERVICES } from './person.ts';
import type { PersonEvents } from './person-events-input.ts';
import { SKUS } from './skus.ts';
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

/** Applies events to the person of a kind, UPN or object id; returns the person afterwards. */
export function applyPersonEvents(tenant: Tenant, who: string, events: PersonEvents): Person {
  const { index } = events.restore ? requireDeletedPerson(tenant, who) : requirePerson(tenant, who);
  if (events.restore) restoreAccount(tenant, tenant.people.change(index));
  if (events.userPrincipalName !== undefined) tenant.people.rename(index, events.userPrincipalName);
  const person = tenant.people.change(index);
  applyProfileEvents(tenant, person, events);
  applyActivityEvents(tenant, person, events);
  applyPrivilegeEvents(tenant, person, events);
  applyLicenseEvents(tenant, person, events);
  applyGroupEvents(tenant, person, events);
  changeBelongings(tenant, person, events);
  if (events.mailbox) changeMailbox(tenant, person, events.mailbox);
  if (events.accountEnabled !== undefined) setAccountEnabledForGood(tenant, person, events.accountEnabled);
  if (events.delete) deleteAccount(tenant, person, events.delete === 'for good');
  return tenant.people.get(index);
}

/** The person of a kind, UPN or object id; throws if there is none. */
export function requirePerson({ people }: Tenant, who: string): Person {
  const person = people.kinds.has(who) ? people.requireKind(who) : people.find(who);
  if (person) return person;
  throw new Error(`There is nobody with the kind, UPN or object id '${who}' in this tenant.`);
}

function applyProfileEvents(tenant: Tenant, person: ChangedPerson, events: PersonEvents): void {
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
  person.managerId = events.manager === null ? null : requirePerson(tenant, events.manager).id;
}

function applyActivityEvents(tenant: Tenant, person: ChangedPerson, events: PersonEvents): void {
  const { signIn, activity, goesQuiet } = events;
  if (typeof signIn === 'string') forgetSignIns(person, signIn);
  const { successful: success, attempt } = typeof signIn === 'string' || !signIn ? {} : signIn;
  const parseEventDay = (when: string) => (when === 'now' ? tenant.clock.today() : toDayNumber(when));
  for (const service of SERVICES) {
    const when = activity?.[service];
    if (when !== undefined) person.usage[service].days.push(parseEventDay(when));
  }
  const { interactive, nonInteractive, successful } = person.signIns;
  if (success !== undefined) {
    for (const trace of [interactive, nonInteractive, successful]) trace.days.push(parseEventDay(success));
  }
  if (attempt !== undefined) interactive.days.push(parseEventDay(attempt));
  if (!goesQuiet) return;
  for (const trace of [...Object.values(person.usage), ...Object.values(person.signIns)]) {
    trace.until = tenant.clock.today();
  }
}

function applyPrivilegeEvents(tenant: Tenant, { id }: ChangedPerson, events: PersonEvents): void {
  const { addRoles = [], addEligibleRoles = [], removeRoles = [], removeEligibleRoles = [] } = events;
  grantPrivileges(tenant, id, { roles: addRoles, eligibleRoles: addEligibleRoles });
  grantPrivileges(tenant, id, events.addPrivileges ?? {});
  revokePrivileges(tenant, id, { roles: removeRoles, eligibleRoles: removeEligibleRoles });
  revokePrivileges(tenant, id, events.removePrivileges ?? {});
}

/** At once, whatever the tenant's delays are: what a test or a story says has happened. */
function applyGroupEvents(tenant: Tenant, { id }: ChangedPerson, { addGroups, removeGroups }: PersonEvents): void {
  const { directory, clock } = tenant;
  const listAssigned = (names: readonly string[] = []) =>
    names.map((name) => findOrAddGroup(directory, name, clock.now())).filter((group) => !isDynamic(group));
  for (const group of listAssigned(addGroups)) joinGroup(tenant, group, id, clock.now());
  for (const group of listAssigned(removeGroups)) leaveGroup(tenant, group, id, clock.now());
  tenant.people.settle();
}

function applyLicenseEvents(tenant: Tenant, person: ChangedPerson, events: PersonEvents): void {
  const { directory } = tenant;
  const left = new Set(listDynamicGroups(directory, events.removeGroups).map(({ id }) => id));
  const gone = new Set<string>((events.removeLicenses ?? []).map((part) => SKUS[part].skuId));
  const remaining = person.licenses.filter(
    ({ skuId, assignedByGroup }) => !gone.has(skuId) && !(assignedByGroup && left.has(assignedByGroup)),
  );
  const inherited = listDynamicGroups(directory, events.addGroups).flatMap((group) =>
    buildInheritedLicenses(group, tenant.clock.now()),
  );
  const added = [...buildLicenses(tenant.clock.today(), events.addLicenses ?? [], 0), ...inherited];
  if (added.length === 0 && remaining.length === person.licenses.length) return;
  person.ruleGroups = person.ruleGroups.filter((id) => !left.has(id));
  joinByLicense(directory, person, added);
  replaceLicenses(tenant, person, [...remaining, ...added]);
}

/** The dynamic groups among these names: whoever the rule finds or finds no more gets or loses their products. */
function listDynamicGroups({ groups }: Directory, names: readonly string[] = []): Group[] {
  return [...groups.values()].filter(
    (group) => isDynamic(group) && (names.includes(group.id) || names.includes(group.properties.displayName)),
  );
}
