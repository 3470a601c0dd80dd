// What hangs on a licence of the account at hand, by the tenant's products. Pure.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import type { DormantError } from '../../policy/errors.ts';
import { foldId, type IdKey, type SkuId } from '../../policy/identifiers.ts';
import { type CarriedServices, findProductServices } from '../../policy/licenses/service-plans.ts';

interface License {
  skuId: SkuId | IdKey;
  disabledPlans: readonly string[];
}

/** Why one of the licences is unknown; null: each is known, or of a product that the tenant no longer lists. */
export function findUnreadableProduct(
  licenses: readonly Pick<License, 'skuId'>[],
  subscriptions: Subscriptions,
): DormantError | null {
  const products = licenses.map(({ skuId }) => subscriptions.get(foldId(skuId)) ?? subscriptions.get(''));
  return products.find((product) => product?.unreadable)?.unreadable ?? null;
}

/** What depends on the licence; null: unknown, because the tenant no longer lists the product. */
export function findCarriedServices(
  { skuId, disabledPlans }: License,
  subscriptions: Subscriptions,
): CarriedServices | null {
  const product = subscriptions.get(foldId(skuId));
  return product === undefined || product.unreadable !== null ? null : findProductServices(product, disabledPlans);
}

/** Whether a mailbox depends on it; null: unknown. */
export function hasMailboxPlan(license: License, subscriptions: Subscriptions): boolean | null {
  const carried = findCarriedServices(license, subscriptions);
  return carried && carried.mailbox !== null;
}
