// What a set of licences gives: products, enabled service plans, a mailbox.
import type { License } from './person.ts';
import { EXCLUSIVE_PLANS, isMailboxPlan, PLAN_NEEDS, PLANS, type ServicePlan } from './service-plans.ts';
import { findSku } from './skus.ts';

/** A product in `assignedLicenses`: direct and inherited assignments of one product are one entry. */
export interface AssignedLicense {
  skuId: string;
  disabledPlans: string[];
}

/** The assigned products; a plan is off only if every assignment of the product turns it off. */
export function listAssignedLicenses(licenses: readonly License[]): AssignedLicense[] {
  const products: AssignedLicense[] = [];
  for (const license of licenses) {
    if (license.state === 'Error') continue;
    const product = products.find(({ skuId }) => skuId === license.skuId);
    if (product) product.disabledPlans = product.disabledPlans.filter((plan) => license.disabledPlans.includes(plan));
    else products.push({ skuId: license.skuId, disabledPlans: [...license.disabledPlans] });
  }
  return products;
}

/** The ids of all enabled service plans. */
export function collectEnabledPlans(licenses: readonly License[]): Set<string> {
  const enabled = new Set<string>();
  for (const { skuId, disabledPlans } of listAssignedLicenses(licenses)) {
    for (const { servicePlanId } of findSku(skuId)?.plans ?? []) {
      if (!disabledPlans.includes(servicePlanId)) enabled.add(servicePlanId);
    }
  }
  return enabled;
}

/** Plans that do not go together, by the error that licenseAssignmentStates gives it. */
export interface BrokenPlans {
  readonly error: 'DependencyViolation' | 'MutuallyExclusiveViolation';
  /** The plan that needs others, or those that exclude each other. */
  readonly plans: readonly string[];
  /** One of them would do. */
  readonly needs: readonly string[];
}

/** Finds a plan without the plan that it depends on, or two that exclude each other. */
export function findBrokenPlans(licenses: readonly License[]): BrokenPlans | null {
  const enabled = collectEnabledPlans(licenses);
  for (const [plan, needs] of PLAN_NEEDS) {
    if (enabled.has(plan) && !needs.some((need) => enabled.has(need)))
      return { error: 'DependencyViolation', plans: [plan], needs };
  }
  const clash = EXCLUSIVE_PLANS.find((plans) => plans.every((plan) => enabled.has(plan)));
  return clash ? { error: 'MutuallyExclusiveViolation', plans: clash, needs: [] } : null;
}

/** Whether one of the licences has a wanted plan enabled. */
export function hasPlan(licenses: readonly License[], isWanted: (plan: ServicePlan) => boolean): boolean {
  return licenses.some(
    (license) =>
      license.state !== 'Error' &&
      findSku(license.skuId)?.plans.some(
        (plan) => isWanted(plan) && !license.disabledPlans.includes(plan.servicePlanId),
      ),
  );
}

/** The same for one plan. */
export function hasServicePlan(licenses: readonly License[], { servicePlanId }: ServicePlan): boolean {
  return hasPlan(licenses, (plan) => plan.servicePlanId === servicePlanId);
}

/** Whether one of the licences carries a mailbox. */
export function hasMailboxPlan(licenses: readonly License[]): boolean {
  return hasPlan(licenses, isMailboxPlan);
}

/** Whether the licences cover a shared mailbox above 50 GB. */
export function hasLargeMailboxPlan(licenses: readonly License[]): boolean {
  return hasServicePlan(licenses, PLANS.exchangeEnterprise);
}

/**
 * Whether they cover an archive and a hold: Exchange Online Plan 2, or Plan 1 with the archive add-on; Kiosk never does
 * (microsoft-365-docs, about-shared-mailboxes.md). Plan 1 alone gives a user mailbox a small archive in fact; here it
 * covers none.
 */
export function hasArchivePlan(licenses: readonly License[]): boolean {
  if (hasLargeMailboxPlan(licenses)) return true;
  return hasServicePlan(licenses, PLANS.exchangeStandard) && hasServicePlan(licenses, PLANS.archiveAddOn);
}
