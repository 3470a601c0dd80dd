// GET /subscribedSkus: what the tenant has bought, how many seats are free, and which products carry a mailbox.
import { type Fields, fieldsOf, isFields, listOrEmpty, numberOrNull, textOf } from '../../graph/fields.ts';

/** One product. Ids are in lower case. */
export interface Subscription {
  skuId: string;
  skuPartNumber: string;
  /** Seats that can still be assigned. */
  freeSeats: number;
  /** Name by servicePlanId. */
  plans: ReadonlyMap<string, string>;
}

/** By skuId. */
export type Subscriptions = ReadonlyMap<string, Subscription>;

export function subscriptionsFrom(entries: readonly unknown[]): Subscriptions {
  const subscriptions = entries.map(subscription);
  return new Map(subscriptions.map((each) => [each.skuId, each]));
}

/** Whether a mailbox hangs on the licence; null: the tenant does not list the product any more, so nobody can tell. */
export function carriesMailbox(
  { skuId, disabledPlans }: { skuId: string; disabledPlans: readonly string[] },
  subscriptions: Subscriptions,
): boolean | null {
  const product = subscriptions.get(skuId.toLowerCase());
  if (product === undefined) return null;
  const off = new Set(disabledPlans.map((plan) => plan.toLowerCase()));
  return [...product.plans].some(([id, name]) => isMailboxPlan(name) && !off.has(id));
}

const where = 'GET /subscribedSkus';

function subscription(entry: unknown): Subscription {
  const fields = fieldsOf(entry, where);
  return {
    skuId: textOf(fields, 'skuId', where).toLowerCase(),
    skuPartNumber: textOf(fields, 'skuPartNumber', where),
    freeSeats: freeSeats(fields),
    plans: new Map(listOrEmpty(fields, 'servicePlans', where).map(plan)),
  };
}

/** Seats in `warning` belong to a subscription that has just run out; Microsoft still lets them be assigned. */
function freeSeats(fields: Fields): number {
  const units: Fields = isFields(fields.prepaidUnits) ? fields.prepaidUnits : {};
  const bought = (numberOrNull(units, 'enabled', where) ?? 0) + (numberOrNull(units, 'warning', where) ?? 0);
  return Math.max(0, bought - (numberOrNull(fields, 'consumedUnits', where) ?? 0));
}

function plan(entry: unknown): [string, string] {
  const fields = fieldsOf(entry, where);
  return [textOf(fields, 'servicePlanId', where).toLowerCase(), textOf(fields, 'servicePlanName', where)];
}

/** EXCHANGE_S_FOUNDATION is in nearly every product and is no mailbox; the archive add-ons need one to be there. */
function isMailboxPlan(servicePlanName: string): boolean {
  return /^EXCHANGE_(?!S_FOUNDATION|S_ARCHIVE)/i.test(servicePlanName);
}
