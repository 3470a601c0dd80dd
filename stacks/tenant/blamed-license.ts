// Which licence of an order Microsoft's refusal is about: read off the ids in its words. Pure.
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { Subscriptions } from './subscriptions.ts';
import type { WriteRefusal } from './write-errors.ts';

/** What is left to order of one account. */
export interface OpenLicenses {
  remove: readonly RestorableLicense[];
  give: readonly RestorableLicense[];
}

/**
 * What to leave out so that the rest can go; empty: the words do not tell. One at a time where one may do: Microsoft says what is still
 * wrong with the rest.
 */
export function findBlamedLicenses(
  { code, ids }: Pick<WriteRefusal, 'code' | 'ids'>,
  open: OpenLicenses,
  subscriptions: Subscriptions,
): OpenLicenses {
  const selectCarrying = (licenses: readonly RestorableLicense[], plans: readonly string[]) =>
    licenses.filter((license) => hasPlan(license, plans, subscriptions)).slice(0, 1);
  switch (code) {
    case 'plan-dependency': {
      // "service plan {g} depends on the service plan(s) {g}, {g}": of what goes, one that has what is needed stays.
      const [dependent = '', ...needed] = ids;
      const remove = selectCarrying(open.remove, needed);
      return { remove, give: remove.length > 0 ? [] : selectCarrying(open.give, [dependent]) };
    }
    case 'plans-exclusive':
      return { remove: [], give: selectCarrying(open.give, ids) };
    case 'product-gone':
      return { remove: [], give: open.give.filter(({ skuId }) => ids.includes(skuId.toLowerCase())) };
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

/** A plan that is off in the licence does not count. */
function hasPlan(
  { skuId, disabledPlans }: RestorableLicense,
  wanted: readonly string[],
  subscriptions: Subscriptions,
): boolean {
  const plans = subscriptions.get(skuId.toLowerCase())?.plans ?? new Map();
  const off = disabledPlans.map((plan) => plan.toLowerCase());
  return wanted.some((plan) => plans.has(plan) && !off.includes(plan));
}
