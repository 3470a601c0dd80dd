// The tenant's products: what each skuId is called, and what hangs on its plans.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import {
  type Fields,
  findDay,
  findGuid,
  getListOrEmpty,
  isFields,
  requireFields,
  requireGuid,
  requireText,
} from '../../graph/json-fields.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { DormantError } from '../../policy/errors.ts';
import type { AssignedLicense } from '../../policy/evidence.ts';
import {
  type CarriedServices,
  noCarriedServices,
  parseServicePlans,
} from '../../policy/licenses/service-plans.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { AuditReader } from './reader.ts';

export interface LicenseCatalog {
  /** One entry of licenseAssignmentStates as evidence; one that is in error is not held, and says so by its `doubt`. */
  parseAssignment(state: unknown, account: string): AssignedLicense;
  /** What is in assignedLicenses, and in none of the states. */
  listUnstated(assigned: readonly unknown[], states: readonly unknown[], account: string): AssignedLicense[];
  /** What hung on a licence that an account once held, as far as the tenant or its name still says. */
  resolveCarried(
    license: Pick<AssignedLicense, 'skuId' | 'skuPartNumber' | 'disabledPlans'>,
  ): CarriedServices;
  /** What one that is given back would carry: nothing, where the tenant does not sell it any more, for nobody can give it. */
  predictCarried(license: RestorableLicense): CarriedServices;
  /** Whether /subscribedSkus could be read. */
  kind: 'read' | 'unavailable';
  /** Products in it that could not: whoever has one of them is doubtful. */
  unreadableProducts: number;
}

/** Product names are not in Graph; without LicenseAssignment.Read.All even the part numbers come from Microsoft's list. */
export async function readLicenseCatalog(reader: AuditReader): Promise<LicenseCatalog> {
  const [names, subscribed] = await Promise.all([readSkuNames(), readSubscribedSkus(reader)]);
  const products = { names, subscribed };
  return {
    kind: subscribed === null ? 'unavailable' : 'read',
    unreadableProducts: [...(subscribed?.values() ?? [])].filter((sku) => sku === null).length,
    parseAssignment: (state, account) => parseHeldLicense(requireFields(state, account), account, products),
    resolveCarried({ skuId, skuPartNumber, disabledPlans }) {
      const id = skuId.toLowerCase();
      const sku = subscribed?.get(id);
      return sku ? findCarriedBySku(sku, disabledPlans) : presumeCarried(skuPartNumber, names.get(id));
    },
    listUnstated: (assigned, states, account) =>
      findUnstated(assigned, states, account).map((entry) => ({
        ...parseHeldLicense({ skuId: entry.skuId, disabledPlans: entry.disabledPlans }, account, products),
        doubt: 'without-assignment',
      })),
    predictCarried: (license) => predictCarried(license, products),
  };
}

/** Each product once. */
function findUnstated(assigned: readonly unknown[], states: readonly unknown[], account: string): Fields[] {
  const parseId = (entry: unknown) =>
    requireGuid(requireFields(entry, account), 'skuId', account).toLowerCase();
  const known = new Set(states.map(parseId));
  return assigned.flatMap((entry) => {
    const id = parseId(entry);
    if (known.has(id)) return [];
    known.add(id);
    return [requireFields(entry, account)];
  });
}

interface SubscribedSku {
  skuPartNumber: string;
  /** Name by servicePlanId in lower case. */
  plans: ReadonlyMap<string, string>;
}

interface NamedSku {
  skuPartNumber: string;
  productName: string;
  hasExchangePlan: boolean;
}

/** By skuId in lower case; null: a product that cannot be read. */
type SubscribedSkus = ReadonlyMap<string, SubscribedSku | null>;

interface Products {
  /** null: /subscribedSkus may not be read. */
  subscribed: SubscribedSkus | null;
  /** By skuId in lower case. */
  names: ReadonlyMap<string, NamedSku>;
}

async function readSubscribedSkus(reader: AuditReader): Promise<SubscribedSkus | null> {
  try {
    const skus = await reader.list({ source: 'licences', path: '/subscribedSkus' });
    return new Map(skus.flatMap(parseProduct));
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 403) return null;
    throw error;
  }
}

/** Without an id it is nobody's product. */
function parseProduct(entry: unknown): [string, SubscribedSku | null][] {
  try {
    return [parseSubscribedSku(entry)];
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const skuId = isFields(entry) ? entry.skuId : null;
    return typeof skuId === 'string' ? [[skuId.toLowerCase(), null]] : [];
  }
}

function parseSubscribedSku(entry: unknown): [string, SubscribedSku] {
  const where = 'GET /subscribedSkus';
  const sku = requireFields(entry, where);
  const plans = getListOrEmpty(sku, 'servicePlans', where).map((plan) => requireFields(plan, where));
  const names = plans.map((plan): [string, string] => [
    requireText(plan, 'servicePlanId', where).toLowerCase(),
    requireText(plan, 'servicePlanName', where),
  ]);
  const skuPartNumber = requireText(sku, 'skuPartNumber', where);
  return [requireText(sku, 'skuId', where).toLowerCase(), { skuPartNumber, plans: new Map(names) }];
}

/** skuId → name, from Microsoft's "Product names and service plan identifiers for licensing". */
async function readSkuNames(): Promise<Map<string, NamedSku>> {
  const text = await readFile(new URL('sku-names.csv', import.meta.url), 'utf8');
  const [, ...rows] = parse(text);
  return new Map(
    rows.map(([skuId = '', skuPartNumber = '', productName = '', hasExchangePlan = '']) => [
      skuId,
      { skuPartNumber, productName, hasExchangePlan: hasExchangePlan === 'x' },
    ]),
  );
}

function parseHeldLicense(state: Fields, account: string, { subscribed, names }: Products): AssignedLicense {
  const skuId = requireGuid(state, 'skuId', account);
  const sku = subscribed?.get(skuId.toLowerCase());
  // Whether a mailbox hangs on it decides what may be taken.
  const errorState = parseError(state);
  if (sku === null && errorState.doubt === undefined)
    throw new DormantError('unexpected-answer', `${account}: its product ${skuId} cannot be read.`);
  const name = names.get(skuId.toLowerCase());
  const skuPartNumber = sku?.skuPartNumber ?? name?.skuPartNumber ?? skuId;
  const plans = getListOrEmpty(state, 'disabledPlans', account);
  const disabledPlans = plans.map((plan) => requireGuid({ plan }, 'plan', account));
  return {
    skuId,
    skuPartNumber,
    productName: name?.productName ?? skuPartNumber,
    assignedByGroup: findGuid(state, 'assignedByGroup', account),
    groupName: null,
    disabledPlans,
    assignedOn: findDay(state, 'lastUpdatedDateTime', account),
    carries: sku ? findCarriedBySku(sku, disabledPlans) : presumeCarried(skuPartNumber, name),
    ...(subscribed !== null && sku === undefined ? { doubt: 'product-unknown' } : {}),
    ...errorState,
  };
}

/** In state Error the assignment failed (no seats, a conflict), so nothing is held by it. ActiveWithError is in effect. */
function parseError({ state, error }: Fields): Pick<AssignedLicense, 'doubt' | 'error'> {
  if (String(state).toLowerCase() !== 'error') return {};
  const word = typeof error === 'string' && /^\w{1,64}$/.test(error) && error !== 'None' ? { error } : {};
  return { doubt: 'in-error', ...word };
}

function predictCarried(
  { skuId, skuPartNumber, disabledPlans }: RestorableLicense,
  { subscribed, names }: Products,
): CarriedServices {
  const sku = subscribed?.get(skuId.toLowerCase());
  if (sku) return findCarriedBySku(sku, disabledPlans);
  return subscribed === null
    ? presumeCarried(skuPartNumber, names.get(skuId.toLowerCase()))
    : noCarriedServices;
}

/** A plan that is switched off in this assignment is not taken away with it. */
function findCarriedBySku(
  { skuPartNumber, plans }: SubscribedSku,
  disabledPlans: readonly string[],
): CarriedServices {
  const off = new Set(disabledPlans.map((plan) => plan.toLowerCase()));
  const on = [...plans].flatMap(([id, name]) => (off.has(id) ? [] : name));
  return parseServicePlans([skuPartNumber, ...on]);
}

/** Where nobody may read what the tenant has bought: a product with Exchange usually has a OneDrive, too. */
function presumeCarried(skuPartNumber: string, name: NamedSku | undefined): CarriedServices {
  const carried = parseServicePlans([skuPartNumber]);
  return name?.hasExchangePlan ? { ...carried, mailbox: 'plan-1', oneDrive: 'full' } : carried;
}
