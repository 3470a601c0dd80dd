// The tenant's products: the name of each skuId, and the services that its plans carry.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { type LicenseAssignment, listUnstated, parseAssignment } from '../../graph/license-assignments.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import {
  parseSubscriptions,
  type Subscription,
  type Subscriptions,
  subscriptionsRequest,
} from '../../graph/subscriptions.ts';
import { DormantError } from '../../policy/errors.ts';
import type { AssignedLicense } from '../../policy/evidence.ts';
import { foldId, type IdKey, type SkuId } from '../../policy/identifiers.ts';
import {
  type CarriedServices,
  findProductServices,
  noCarriedServices,
  parseServicePlans,
} from '../../policy/licenses/service-plans.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import type { AuditReader } from './reader.ts';

type CarryingLicense = Pick<AssignedLicense, 'skuId' | 'skuPartNumber' | 'disabledPlans'>;

export interface LicenseCatalog {
  /** One entry of licenseAssignmentStates as evidence; one in error is not held, which its `doubt` says. */
  parseAssignment(state: unknown, account: string): AssignedLicense;
  /** Entries of assignedLicenses that are in none of the states. */
  listUnstated(assigned: readonly unknown[], states: readonly unknown[], account: string): AssignedLicense[];
  /** The services of a licence that an account once held, as far as the tenant or the name still tells. */
  resolveCarried(license: CarryingLicense): CarriedServices;
  /** The services that a restored licence would carry; none if the tenant no longer has the product to assign. */
  predictCarried(license: RestorableLicense): CarriedServices;
  /** Whether /subscribedSkus could be read. */
  kind: 'read' | 'unavailable';
  /** Products in it that could not be read; accounts that have one are doubtful. */
  unreadableProducts: number;
}

/** Graph has no product names; without LicenseAssignment.Read.All the part numbers come from Microsoft's list, too. */
export async function readLicenseCatalog(reader: AuditReader): Promise<LicenseCatalog> {
  const [names, subscribed] = await Promise.all([readSkuNames(), readSubscriptions(reader)]);
  const products = { names, subscribed };
  return {
    kind: subscribed === null ? 'unavailable' : 'read',
    unreadableProducts: [...(subscribed?.values() ?? [])].filter(({ skuId, unreadable }) => skuId && unreadable).length,
    parseAssignment: (state, account) => nameLicense(parseAssignment(state, account), account, products),
    listUnstated: (assigned, states, account) =>
      listUnstated(assigned, states, account).map((one) => nameLicense(one, account, products)),
    resolveCarried: (license) => resolveCarried(license, products),
    predictCarried: (license) =>
      subscribed === null || findReadable(license, products) !== null
        ? resolveCarried(license, products)
        : noCarriedServices,
  };
}

interface NamedSku {
  skuPartNumber: string;
  productName: string;
  hasExchangePlan: boolean;
}

interface Products {
  /** null: /subscribedSkus may not be read. */
  subscribed: Subscriptions | null;
  /** By skuId. */
  names: ReadonlyMap<IdKey, NamedSku>;
}

async function readSubscriptions(reader: AuditReader): Promise<Subscriptions | null> {
  try {
    return parseSubscriptions(await reader.list(subscriptionsRequest));
  } catch (error) {
    if (error instanceof RequestFailed && error.status === 403) return null;
    throw error;
  }
}

/** skuId → name, from Microsoft's "Product names and service plan identifiers for licensing". */
async function readSkuNames(): Promise<Map<IdKey, NamedSku>> {
  const text = await readFile(new URL('sku-names.csv', import.meta.url), 'utf8');
  const [, ...rows] = parse(text);
  return new Map(
    rows.map(([skuId = '', skuPartNumber = '', productName = '', hasExchangePlan = '']) => [
      skuId,
      { skuPartNumber, productName, hasExchangePlan: hasExchangePlan === 'x' },
    ]),
  );
}

function nameLicense(assignment: LicenseAssignment, account: string, products: Products): AssignedLicense {
  const { skuId, assignedByGroup, disabledPlans, assignedOn, ...doubt } = assignment;
  const sku = products.subscribed?.get(foldId(skuId));
  // Whether the product carries a mailbox decides what may be taken.
  if (sku?.unreadable && doubt.doubt !== 'in-error')
    throw new DormantError('unexpected-answer', `${account}: its product ${skuId} cannot be read.`);
  const name = products.names.get(foldId(skuId));
  const skuPartNumber = findReadable(assignment, products)?.skuPartNumber ?? name?.skuPartNumber ?? skuId;
  return {
    ...{ skuId, skuPartNumber, productName: name?.productName ?? skuPartNumber },
    ...{ assignedByGroup, groupName: null, disabledPlans, assignedOn },
    carries: resolveCarried({ skuId, skuPartNumber, disabledPlans }, products),
    ...(products.subscribed !== null && sku === undefined ? { doubt: 'product-unknown' } : {}),
    ...doubt,
  };
}

/** null: the tenant does not list the product, or it cannot be read. */
function findReadable({ skuId }: { skuId: SkuId }, { subscribed }: Products): Subscription | null {
  const sku = subscribed?.get(foldId(skuId));
  return sku?.unreadable === null ? sku : null;
}

function resolveCarried(license: CarryingLicense, products: Products): CarriedServices {
  const { skuId, skuPartNumber, disabledPlans } = license;
  const sku = findReadable(license, products);
  return sku
    ? findProductServices(sku, disabledPlans)
    : presumeCarried(skuPartNumber, products.names.get(foldId(skuId)));
}

/** For products that may not be read: one with Exchange usually has a OneDrive, too. */
function presumeCarried(skuPartNumber: string, name: NamedSku | undefined): CarriedServices {
  const carried = parseServicePlans([skuPartNumber]);
  return name?.hasExchangePlan ? { ...carried, mailbox: 'plan-1', oneDrive: 'full' } : carried;
}
