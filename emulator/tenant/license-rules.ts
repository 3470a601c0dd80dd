// What a set of licences amounts to: products held, service plans that are on, whether there is a mailbox.
import type { License } from './person.ts';
import { givesMailbox, skuById } from './skus.ts';

/** A product in `assignedLicenses`: direct and inherited assignments of one product are one entry. */
export interface AssignedLicense {
  skuId: string;
  disabledPlans: string[];
}

/** The products somebody holds; a plan is off only when every assignment of the product turns it off. */
export function assignedLicensesOf(licenses: readonly License[]): AssignedLicense[] {
  const products: AssignedLicense[] = [];
  for (const license of licenses) {
    if (license.state === 'Error') continue;
    const held = products.find(({ skuId }) => skuId === license.skuId);
    if (held) held.disabledPlans = held.disabledPlans.filter((plan) => license.disabledPlans.includes(plan));
    else products.push({ skuId: license.skuId, disabledPlans: [...license.disabledPlans] });
  }
  return products;
}

/** The ids of all service plans that are on. */
export function enabledPlansOf(licenses: readonly License[]): Set<string> {
  const enabled = new Set<string>();
  for (const { skuId, disabledPlans } of assignedLicensesOf(licenses)) {
    for (const { servicePlanId } of skuById(skuId)?.plans ?? []) {
      if (!disabledPlans.includes(servicePlanId)) enabled.add(servicePlanId);
    }
  }
  return enabled;
}

/** Whether one of the licences carries a mailbox. */
export function hasMailboxPlan(licenses: readonly License[]): boolean {
  return licenses.some(
    (license) =>
      license.state !== 'Error' &&
      skuById(license.skuId)?.plans.some(
        ({ servicePlanId }) => givesMailbox(servicePlanId) && !license.disabledPlans.includes(servicePlanId),
      ),
  );
}
