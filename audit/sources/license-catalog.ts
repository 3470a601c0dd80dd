// The tenant's products: the name of each skuId, and the services that its plans carry.
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
import { foldId } from '../../policy/identifiers.ts';
import { type CarriedServices, noCarriedServices, parseServicePlans } from '../../policy/licenses/service-plans.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { AuditReader } from './reader.ts';

export interface LicenseCatalog {
  /** One entry of licenseAssignmentStates as evidence; one in error is not held, which its `doubt` says. */
  parseAssignment(state: unknown, account: string): AssignedLicense;
  /** Entries of assignedLicenses that are in none of the states. */
  listUnstated(assigned: readonly unknown[], states: readonly unknown[], account: string): AssignedLicense[];
  /** The services of a licence that an account once held, as far as the tenant or the name still tells. */
  resolveCarried(license: Pick<AssignedLicense, 'skuId' | 'skuPartNumber' | 'disabledPlans'>): CarriedServices;
  /** The services that a restored licence would carry; none if the tenant no longer has the product to assign. */
  predictCarried(license: RestorableLicense): CarriedServices;
  /** Whether /subscribedSkus could be read. */
  kind: 'read' | 'unavailable';
  /** Products in it that could not be read; accounts that have one are doubtful. */
  unreadableProducts: number;
}

/** Graph has no product names; without LicenseAssignment.Read.All the part numbers come from Microsoft's list, too. */
export async function readLicenseCatalog(reader: AuditReader): Promise<LicenseCatalog> {
  const [names, subscribed] = await Promise.all([readSkuNames(), readSubscribedSkus(reader)]);
  const products = { names, subscribed };
  return {
    kind: subscribed === null ? 'unavailable' : 'read',
    unreadableProducts: [...(subscribed?.values() ?? [])].filter((sku) => sku === null).length,
    parseAssignment: (state, account) => parseHeldLicense(requireFields(state, account), account, products),
    resolveCarried({ skuId, skuPartNumber, disabledPlans }) {
      const id = foldId(skuId);
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
  const parseId = (entry: unknown) => requireGuid(requireFields(entry, account), 'skuId', account).toLowerCase();
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

/** Empty for an entry without an id. */
function parseProduct(entry: unknown): [string, SubscribedSku | null][] {
  try {
    return [parseSubscribedSku(entry)];
  } catch (error) {
    if (!(error instanceof DormantError)) throw error;
    const skuId = isFields(entry) ? entry.skuId : null;
    return typeof skuId === 'string' ? [[foldId(skuId), null]] : [];
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
  const sku = subscribed?.get(foldId(skuId));
  const errorState = parseError(state);
  // Whether the product carries a mailbox decides what may be taken.
  if (sku === null && errorState.doubt === undefined)
    throw new DormantError('unexpected-answer', `${account}: its product ${skuId} cannot be read.`);
  const name = names.get(foldId(skuId));
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

/** In state Error the assignment failed (no seats, a conflict), so it gives nothing. ActiveWithError is in effect. */
function parseError({ state, error }: Fields): Pick<AssignedLicense, 'doubt' | 'error'> {
  if (String(state).toLowerCase() !== 'error') return {};
  const word = typeof error === 'string' && /^\w{1,64}$/.test(error) && error !== 'None' ? { error } : {};
  return { doubt: 'in-error', ...word };
}

function predictCarried(
  { skuId, skuPartNumber, disabledPlans }: RestorableLicense,
  { subscribed, names }: Products,
): CarriedServices {
  const sku = subscribed?.get(foldId(skuId));
  if (sku) return findCarriedBySku(sku, disabledPlans);
  return subscribed === null ? presumeCarried(skuPartNumber, names.get(foldId(skuId))) : noCarriedServices;
}

/** Without the plans that are switched off in this assignment. */
function findCarriedBySku({ skuPartNumber, plans }: SubscribedSku, disabledPlans: readonly string[]): CarriedServices {
  const off = new Set(disabledPlans.map(foldId));
  const on = [...plans].flatMap(([id, name]) => (off.has(id) ? [] : name));
  return parseServicePlans([skuPartNumber, ...on]);
}

/** For products that may not be read: one with Exchange usually has a OneDrive, too. */
function presumeCarried(skuPartNumber: string, name: NamedSku | undefined): CarriedServices {
  const carried = parseServicePlans([skuPartNumber]);
  return name?.hasExchangePlan ? { ...carried, mailbox: 'plan-1', oneDrive: 'full' } : carried;
}
