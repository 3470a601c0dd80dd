// GET /subscribedSkus, for audit and apply: what the tenant has bought, how many seats are free, and the products' plans.
import { DormantError } from '../policy/errors.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import { type Fields, findNumber, getListOrEmpty, isFields, requireFields, requireText } from './json-fields.ts';

/** One product. */
export interface Subscription {
  skuId: IdKey;
  skuPartNumber: string;
  /** Seats that can still be assigned. */
  freeSeats: number;
  /** Name by servicePlanId. */
  plans: ReadonlyMap<IdKey, string>;
  /** Why the product could not be read; null: it was. */
  unreadable: DormantError | null;
}

/** By skuId; an entry without one has an empty id. */
export type Subscriptions = ReadonlyMap<IdKey, Subscription>;

export const subscriptionsRequest = { source: 'licences', path: '/subscribedSkus' };

export function parseSubscriptions(entries: readonly unknown[]): Subscriptions {
  const subscriptions = entries.map(parseSubscriptionSafely);
  return new Map(subscriptions.map((each) => [each.skuId, each]));
}

const where = 'GET /subscribedSkus';

/** An unreadable product is a doubt about its holders, and about nobody else. */
function parseSubscriptionSafely(entry: unknown): Subscription {
  try {
    return parseSubscription(entry);
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const skuId = foldId(isFields(entry) && typeof entry.skuId === 'string' ? entry.skuId : '');
    return { skuId, skuPartNumber: skuId, freeSeats: 0, plans: new Map(), unreadable: error };
  }
}

function parseSubscription(entry: unknown): Subscription {
  const fields = requireFields(entry, where);
  return {
    skuId: foldId(requireText(fields, 'skuId', where)),
    skuPartNumber: removeInvisible(requireText(fields, 'skuPartNumber', where)) || requireText(fields, 'skuId', where),
    freeSeats: countFreeSeats(fields),
    plans: new Map(getListOrEmpty(fields, 'servicePlans', where).map(parsePlan)),
    unreadable: null,
  };
}

/** Tenants have zero-width spaces in the names of products; nobody could type such a name into a policy or a price list. */
function removeInvisible(name: string): string {
  return name.replace(/\p{Cf}/gu, '').trim();
}

/** Seats in `warning` are of a subscription that has just run out; Microsoft still lets them be assigned. */
function countFreeSeats(fields: Fields): number {
  const units: Fields = isFields(fields.prepaidUnits) ? fields.prepaidUnits : {};
  const bought = (findNumber(units, 'enabled', where) ?? 0) + (findNumber(units, 'warning', where) ?? 0);
  return Math.max(0, bought - (findNumber(fields, 'consumedUnits', where) ?? 0));
}

function parsePlan(entry: unknown): [IdKey, string] {
  const fields = requireFields(entry, where);
  return [foldId(requireText(fields, 'servicePlanId', where)), requireText(fields, 'servicePlanName', where)];
}
