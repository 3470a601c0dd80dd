// Which licence of an order Microsoft's refusal is about, by the ids in its message. Pure.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { WriteRefusal } from '../tenant/write-errors.ts';

/** What is still to be ordered for one account. */
export interface OpenLicenses {
  remove: readonly RestorableLicense[];
  give: readonly RestorableLicense[];
}

/**
 * What to leave out so that the rest can be ordered; empty: the message does not tell. One at a time if one may be enough:
 * Microsoft then says what is still wrong.
 */
export function findBlamedLicenses(
  { code, ids }: Pick<WriteRefusal, 'code' | 'ids'>,
  open: OpenLicenses,
  subscriptions: Subscriptions,
): OpenLicenses {
  const selectCarrying = (licenses: readonly RestorableLicense[], plans: readonly IdKey[]) =>
    licenses.filter((license) => hasPlan(license, plans, subscriptions)).slice(0, 1);
  switch (code) {
    case 'plan-dependency': {
      // "service plan {g} depends on the service plan(s) {g}, {g}": of those that go, one that has a needed plan stays.
      const [dependent = '', ...needed] = ids;
      const remove = selectCarrying(open.remove, needed);
      return { remove, give: remove.length > 0 ? [] : selectCarrying(open.give, [dependent]) };
    }
    case 'plans-exclusive':
      return { remove: [], give: selectCarrying(open.give, ids) };
    case 'product-gone':
      return { remove: [], give: open.give.filter(({ skuId }) => ids.includes(foldId(skuId))) };
    default:
      return { remove: [], give: [] };
  }
}

export function hasNoOpenLicenses({ remove, give }: OpenLicenses): boolean {
  return remove.length === 0 && give.length === 0;
}

export function subtractLicenses(open: OpenLicenses, left: OpenLicenses): OpenLicenses {
  return {
    remove: open.remove.filter((license) => !left.remove.includes(license)),
    give: open.give.filter((license) => !left.give.includes(license)),
  };
}

/** A plan that is disabled in the licence does not count. */
function hasPlan(
  { skuId, disabledPlans }: RestorableLicense,
  wanted: readonly IdKey[],
  subscriptions: Subscriptions,
): boolean {
  const plans = subscriptions.get(foldId(skuId))?.plans ?? new Map();
  const off = disabledPlans.map(foldId);
  return wanted.some((plan) => plans.has(plan) && !off.includes(plan));
}
