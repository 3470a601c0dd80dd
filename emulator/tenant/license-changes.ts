// Assigns and removes licences by Microsoft's rules for refusing: everything is checked, then all or nothing is done.
import { formatTimestamp } from '../clock.ts';
import { advancePerson } from './advance-person.ts';
import { NO_HOLDS } from './holds.ts';
import { type BrokenPlans, findBrokenPlans, hasMailboxPlan, hasPlan } from './license-rules.ts';
import type { ChangedPerson, License, Person } from './person.ts';
import { isCloudPcPlan } from './service-plans.ts';
import { findSku, isUnlisted } from './skus.ts';
import type { Tenant } from './tenant.ts';

export interface LicenseOrder {
  readonly addLicenses: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly removeLicenses: readonly string[];
}

/** Carries out an order on a person's direct licences; returns Microsoft's sentence if it is refused. */
export function changeLicenses(tenant: Tenant, index: number, order: LicenseOrder): string | null {
  const person = tenant.people.get(index);
  const refusal = findRefusal(tenant, person, order);
  if (refusal) return refusal;
  const after = computeLicenses(tenant, person.licenses, order);
  const broken = findBrokenPlans(after);
  if (broken) return describeBroken(broken);
  replaceLicenses(tenant, tenant.people.change(index), after);
  return null;
}

/** Sets a person's licences (since `at`), updates the seats, and delays what Graph shows. */
export function replaceLicenses(
  tenant: Tenant,
  person: ChangedPerson,
  after: License[],
  at = tenant.clock.now(),
): void {
  const { seats, switches, directory } = tenant;
  const before = person.licenses;
  seats.moveCounts(before, after);
  person.licenses = after;
  person.former.licenses.note(before, directory.lags.licenses(at));
  giveMailbox(tenant, person);
  if (hasPlan(after, isCloudPcPlan)) person.cloudPc ??= { unlicensedSince: null, losses: [] };
  if (person.mailbox && switches.hiddenAfterLicenseSeconds > 0)
    person.mailbox.hiddenUntil = at + switches.hiddenAfterLicenseSeconds * 1000;
  advancePerson(person, at, tenant);
}

function findRefusal(
  { seats, switches }: Tenant,
  { licenses, usageLocation }: Pick<Person, 'licenses' | 'usageLocation'>,
  { addLicenses, removeLicenses }: LicenseOrder,
): string | null {
  for (const skuId of [...removeLicenses, ...addLicenses.map((license) => license.skuId)]) {
    const words = switches.refusedLicenses[findSku(skuId)?.skuPartNumber ?? ''];
    if (words !== undefined) return words;
  }
  for (const skuId of removeLicenses) {
    const assignments = licenses.filter((license) => license.skuId === skuId.toLowerCase());
    if (assignments.length === 0) return 'User does not have a corresponding license.';
    if (assignments.every(({ assignedByGroup }) => assignedByGroup !== null)) {
      return 'User license is inherited from a group membership and it cannot be removed directly from the user.';
    }
  }
  for (const { skuId, disabledPlans } of addLicenses) {
    const sku = findSku(skuId);
    if (!sku || isUnlisted(sku, switches)) return `License ${skuId} does not correspond to a valid company License.`;
    if (usageLocation === null || switches.prohibitedUsageLocations.includes(usageLocation))
      return 'License assignment cannot be done for user with invalid usage location.';
    const unknown = disabledPlans.find((plan) => sku.plans.every(({ servicePlanId }) => servicePlanId !== plan));
    if (unknown) return `License assignment failed because service plan ${unknown} is not part of the SKU ${skuId}.`;
    const isHeld = licenses.some((license) => license.skuId === sku.skuId);
    if (!isHeld && seats.countConsumed(sku.skuId) >= seats.countEnabled(sku.skuId)) {
      return `Subscription with SKU ${skuId} does not have any available licenses.`;
    }
  }
  return null;
}

function computeLicenses(tenant: Tenant, licenses: readonly License[], order: LicenseOrder): License[] {
  const removed = new Set(order.removeLicenses.map((skuId) => skuId.toLowerCase()));
  const added = order.addLicenses.map(
    ({ skuId, disabledPlans }): License => ({
      skuId: skuId.toLowerCase(),
      assignedByGroup: null,
      disabledPlans: [...disabledPlans],
      state: 'Active',
      error: 'None',
      lastUpdatedDateTime: formatTimestamp(tenant.clock.now()),
    }),
  );
  const replaced = new Set([...removed, ...added.map(({ skuId }) => skuId)]);
  return [...licenses.filter((license) => license.assignedByGroup !== null || !replaced.has(license.skuId)), ...added];
}

function describeBroken({ error, plans, needs }: BrokenPlans): string {
  if (error === 'MutuallyExclusiveViolation')
    return `License assignment failed because service plans ${plans.join(',')} are mutually exclusive`;
  return `License assignment failed because service plan ${plans.join()} depends on the service plan(s) ${needs.join(', ')}`;
}

/** A person with a first Exchange plan, or one after the old mailbox was lost, gets an empty mailbox. */
function giveMailbox({ clock }: Tenant, person: ChangedPerson): void {
  const wasLost = person.mailbox?.losses.includes('data') ?? false;
  if (person.mailbox && !wasLost) return;
  if (!hasMailboxPlan(person.licenses)) return;
  person.mailbox = {
    type: 'UserMailbox',
    sizeBytes: 0,
    itemCount: 0,
    archive: false,
    ...NO_HOLDS,
    hiddenFromGraph: false,
    hiddenUntil: null,
    flipBackAfterDays: null,
    flipsBack: null,
    createdDay: clock.today(),
    unlicensedSince: null,
    unpaidSince: {},
    losses: person.mailbox?.losses ?? [],
  };
}
