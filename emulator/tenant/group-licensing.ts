// Group-based licensing: in the background members get the licences of their groups, and lose them after they have left.
// Sources, in entra-docs: concept-group-based-licensing.md ("When they leave the group, those licenses are removed",
// "typically … within minutes"), licensing-groups-resolve-problems.md (errors stand on the user, the others hear of nothing),
// licensing-group-advanced.md (no nested groups; people without a usage location inherit the directory's).
import type { Group } from './directory.ts';
import { isMember, listMemberIds } from './group-members.ts';
import { buildInheritedLicenses, isDynamic } from './groups.ts';
import { type LicenseOrder, replaceLicenses } from './license-changes.ts';
import { findBrokenPlans, listAssignedLicenses } from './license-rules.ts';
import type { ChangedPerson, License } from './person.ts';
import { findSku } from './skus.ts';
import type { Tenant } from './tenant.ts';

/** Carries out what is due. */
export function processDue(tenant: Tenant): void {
  for (const { at, index, group } of tenant.licenseQueue.takeDue(tenant.clock.now()))
    processPerson(tenant, tenant.people.change(index), [{ group }], at);
}

/** POST /users/{id}/reprocessLicenseAssignment: all of the person's groups now, what failed before, too. */
export function reprocess(tenant: Tenant, index: number): void {
  const waiting = tenant.licenseQueue.takeOf(index);
  processPerson(tenant, tenant.people.change(index), waiting, tenant.clock.now());
}

/** POST /groups/{id}/assignLicense: the members follow one by one. */
export function changeGroupLicenses(tenant: Tenant, group: Group, { addLicenses, removeLicenses }: LicenseOrder): void {
  const { people, clock, switches, licenseQueue } = tenant;
  // Whoever is a member by a licence that goes now stays a member without it.
  for (const [, id] of [...listMemberIds(people, group)]) group.members.add(id);
  group.licenses ??= new Map();
  for (const skuId of removeLicenses) group.licenses.delete(skuId.toLowerCase());
  for (const { skuId, disabledPlans } of addLicenses) group.licenses.set(skuId.toLowerCase(), disabledPlans);
  const at = clock.now() + switches.groupLicenseSeconds * 1000;
  for (const id of group.members) {
    const person = people.find(id);
    if (person) licenseQueue.add({ at, index: person.index, group });
  }
}

/** Gives a person all licences of a group since `at`, or notes for each why none of them can be given. */
export function giveGroupLicenses(tenant: Tenant, person: ChangedPerson, group: Group, at: number): void {
  const own = person.licenses.filter(({ assignedByGroup }) => assignedByGroup === group.id);
  const others = person.licenses.filter(({ assignedByGroup }) => assignedByGroup !== group.id);
  const given = buildInheritedLicenses(group, at);
  const errors = findErrors(tenant, person, others, given);
  const isHeld = ({ skuId }: License) => own.some((license) => license.skuId === skuId && license.state === 'Active');
  // "If Microsoft Entra ID can't assign one of the products …, it won't assign the other licenses in the group either". What
  // these others are then called is unverified, as is that those of before stay.
  const noted = given.map(
    (license): License =>
      errors.size === 0 || isHeld(license)
        ? license
        : { ...license, state: 'Error', error: errors.get(license.skuId) ?? 'Other' },
  );
  replaceLicenses(tenant, person, [...others, ...noted], at);
}

function processPerson(
  tenant: Tenant,
  person: ChangedPerson,
  changes: readonly { readonly group: Group }[],
  at: number,
): void {
  for (const { group } of changes) {
    if (!isMember(group, person)) takeGroupLicenses(tenant, person, group, at);
    else if (person.deletedDateTime === null) giveGroupLicenses(tenant, person, group, at);
  }
  retryFailed(tenant, person, new Set(changes.map(({ group }) => group.id)), at);
}

/**
 * "It might be necessary to manually trigger the processing of a group": nothing is tried again by itself, but with the next
 * processing of the person.
 */
function retryFailed(tenant: Tenant, person: ChangedPerson, done: ReadonlySet<string>, at: number): void {
  const failed = person.licenses.filter(({ state }) => state === 'Error' || state === 'ActiveWithError');
  for (const id of new Set(failed.flatMap(({ assignedByGroup }) => assignedByGroup ?? []))) {
    const group = tenant.directory.groups.get(id);
    if (!group || done.has(id) || isDynamic(group)) continue;
    if (group.left.has(person.id)) takeGroupLicenses(tenant, person, group, at);
    else giveGroupLicenses(tenant, person, group, at);
  }
}

/** What is left without a plan that it needs keeps the licence, in an error state; which state is unverified. */
function takeGroupLicenses(tenant: Tenant, person: ChangedPerson, { id }: Group, at: number): void {
  person.licensesInBin = person.licensesInBin.filter(({ assignedByGroup }) => assignedByGroup !== id);
  const remaining = person.licenses.filter(({ assignedByGroup }) => assignedByGroup !== id);
  if (remaining.length === person.licenses.length) return;
  const broken = findBrokenPlans(remaining);
  const isNeeded = broken?.error === 'DependencyViolation' && findBrokenPlans(person.licenses) === null;
  const after = isNeeded ? person.licenses.map((license) => noteNeeded(license, id)) : remaining;
  replaceLicenses(tenant, person, after, at);
}

function noteNeeded(license: License, groupId: string): License {
  if (license.assignedByGroup !== groupId || license.state === 'Error') return license;
  return { ...license, state: 'ActiveWithError', error: 'DependencyViolation' };
}

/** By skuId: why a product of the group cannot be given. */
function findErrors(
  { seats, switches }: Tenant,
  { licenses, usageLocation }: Pick<ChangedPerson, 'licenses' | 'usageLocation'>,
  others: readonly License[],
  given: readonly License[],
): Map<string, string> {
  const held = new Set(listAssignedLicenses(licenses).map(({ skuId }) => skuId));
  const errors = new Map<string, string>();
  const broken = findBrokenPlans(others) === null ? findBrokenPlans([...others, ...given]) : null;
  for (const { skuId } of given) {
    const plans = findSku(skuId)?.plans ?? [];
    if (usageLocation !== null && switches.prohibitedUsageLocations.includes(usageLocation))
      errors.set(skuId, 'ProhibitedInUsageLocationViolation');
    else if (!held.has(skuId) && seats.countConsumed(skuId) >= seats.countEnabled(skuId))
      errors.set(skuId, 'CountViolation');
    else if (broken?.plans.some((plan) => plans.some(({ servicePlanId }) => servicePlanId === plan)))
      errors.set(skuId, broken.error);
  }
  return errors;
}
