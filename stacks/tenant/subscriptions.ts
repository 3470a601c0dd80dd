// GET /subscribedSkus: what the tenant has bought, how many seats are free, and which products have a mailbox.
import {
  type Fields,
  findNumber,
  getListOrEmpty,
  isFields,
  requireFields,
  requireText,
} from '../../graph/json-fields.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId } from '../../policy/identifiers.ts';
import { type CarriedServices, parseServicePlans } from '../../policy/licenses/service-plans.ts';

/** One product. Ids are in lower case. */
interface Subscription {
  skuId: string;
  skuPartNumber: string;
  /** Seats that can still be assigned. */
  freeSeats: number;
  /** Name by servicePlanId. */
  plans: ReadonlyMap<string, string>;
  /** Why the product could not be read; null: it was. */
  unreadable: DormantError | null;
}

/** By skuId; an entry without one has an empty id. */
export type Subscriptions = ReadonlyMap<string, Subscription>;

export function parseSubscriptions(entries: readonly unknown[]): Subscriptions {
  const subscriptions = entries.map(parseSubscriptionSafely);
  return new Map(subscriptions.map((each) => [each.skuId, each]));
}

/** Why one of the licences is unknown; null: each is known, or of a product that the tenant no longer lists. */
export function findUnreadableProduct(
  licenses: readonly { skuId: string }[],
  subscriptions: Subscriptions,
): DormantError | null {
  const products = licenses.map(({ skuId }) => subscriptions.get(foldId(skuId)) ?? subscriptions.get(''));
  return products.find((product) => product?.unreadable)?.unreadable ?? null;
}

/** What depends on the licence; null: unknown, because the tenant no longer lists the product. */
export function findCarriedServices(
  { skuId, disabledPlans }: { skuId: string; disabledPlans: readonly string[] },
  subscriptions: Subscriptions,
): CarriedServices | null {
  const product = subscriptions.get(foldId(skuId));
  if (product === undefined || product.unreadable !== null) return null;
  const off = new Set(disabledPlans.map(foldId));
  const on = [...product.plans].flatMap(([id, name]) => (off.has(id) ? [] : name));
  return parseServicePlans([product.skuPartNumber, ...on]);
}

/** Whether a mailbox depends on it; null: unknown. */
export function hasMailboxPlan(
  license: { skuId: string; disabledPlans: readonly string[] },
  subscriptions: Subscriptions,
): boolean | null {
  const carried = findCarriedServices(license, subscriptions);
  return carried && carried.mailbox !== null;
}

const where = 'GET /subscribedSkus';

/** An unreadable product is a doubt about its holders, and about nobody else. */
function parseSubscriptionSafely(entry: unknown): Subscription {
  try {
    return parseSubscription(entry);
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const skuId = isFields(entry) && typeof entry.skuId === 'string' ? foldId(entry.skuId) : '';
    return { skuId, skuPartNumber: skuId, freeSeats: 0, plans: new Map(), unreadable: error };
  }
}

function parseSubscription(entry: unknown): Subscription {
  const fields = requireFields(entry, where);
  return {
    skuId: requireText(fields, 'skuId', where).toLowerCase(),
    skuPartNumber: requireText(fields, 'skuPartNumber', where),
    freeSeats: countFreeSeats(fields),
    plans: new Map(getListOrEmpty(fields, 'servicePlans', where).map(parsePlan)),
    unreadable: null,
  };
}

/** Seats in `warning` are of a subscription that has just run out; Microsoft still lets them be assigned. */
function countFreeSeats(fields: Fields): number {
  const units: Fields = isFields(fields.prepaidUnits) ? fields.prepaidUnits : {};
  const bought = (findNumber(units, 'enabled', where) ?? 0) + (findNumber(units, 'warning', where) ?? 0);
  return Math.max(0, bought - (findNumber(fields, 'consumedUnits', where) ?? 0));
}

function parsePlan(entry: unknown): [string, string] {
  const fields = requireFields(entry, where);
  return [requireText(fields, 'servicePlanId', where).toLowerCase(), requireText(fields, 'servicePlanName', where)];
}
