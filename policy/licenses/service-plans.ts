// What depends on a licence, by the names of its service plans, for audit and apply. Pure. Names: Microsoft's "Product
// names and service plan identifiers for licensing".
import { foldId, type IdKey } from '../identifiers.ts';

export interface CarriedServices {
  /**
   * `plan-2` pays for an archive, a hold and more than 50 GB; `plan-1` for a mailbox, `kiosk` for a small one. null: none.
   */
  mailbox: 'plan-2' | 'plan-1' | 'kiosk' | null;
  /** Exchange Online Archiving: pays for an archive or a hold beside `plan-1`. */
  archive: boolean;
  /**
   * `basic`: the small one of products such as Visio; Microsoft does not say whether it keeps a OneDrive licensed.
   * `unclocked`: of an education or government tenant, where Microsoft's clock for unlicensed OneDrives does not run.
   */
  oneDrive: 'full' | 'basic' | 'unclocked' | null;
  cloudPc: boolean;
  /** Teams Phone or a calling plan: a phone number may depend on it. */
  phone: boolean;
}

export const noCarriedServices: CarriedServices = {
  mailbox: null,
  archive: false,
  oneDrive: null,
  cloudPc: false,
  phone: false,
};

/** `names`: of the product, and of the service plans that are on in the assignment. */
export function parseServicePlans(names: Iterable<string>): CarriedServices {
  const carried = { ...noCarriedServices };
  for (const raw of names) {
    const name = foldName(raw);
    carried.mailbox = selectLarger(mailboxOrder, carried.mailbox, parseMailboxPlan(name));
    carried.oneDrive = selectLarger(oneDriveOrder, carried.oneDrive, parseOneDrivePlan(name));
    carried.archive ||= /^EXCHANGE_S_ARCHIVE/.test(name);
    carried.cloudPc ||= /^(CPC_|WINDOWS_365_)/.test(name);
    carried.phone ||= /^(MCOEV|MCOPSTN|PHONESYSTEM)/.test(name) && !name.includes('VIRTUALUSER');
  }
  return carried;
}

/** Of one product, without the plans that are switched off in the assignment. */
export function findProductServices(
  { skuPartNumber, plans }: { skuPartNumber: string; plans: ReadonlyMap<IdKey, string> },
  disabledPlans: readonly string[],
): CarriedServices {
  const off = new Set(disabledPlans.map(foldId));
  const on = [...plans].flatMap(([id, name]) => (off.has(id) ? [] : name));
  return parseServicePlans([skuPartNumber, ...on]);
}

/** The licences that carry a OneDrive. The small one of other products counts only where there is no other. */
export function selectOneDriveHosts<License extends { carries: CarriedServices }>(
  licenses: readonly License[],
): readonly License[] {
  const full = licenses.filter(({ carries }) => carries.oneDrive === 'full');
  return full.length > 0 ? full : licenses.filter(({ carries }) => carries.oneDrive === 'basic');
}

/** Names in tenants have zero-width spaces and are not always in capitals. */
function foldName(name: string): string {
  return name.replace(/[\p{Cf}\s]/gu, '').toUpperCase();
}

const mailboxOrder = [null, 'kiosk', 'plan-1', 'plan-2'] as const;
const oneDriveOrder = [null, 'basic', 'unclocked', 'full'] as const;

/** EXCHANGE_S_FOUNDATION is in nearly every product and is no mailbox; EXCHANGE_ANALYTICS needs one. */
function parseMailboxPlan(name: string): CarriedServices['mailbox'] {
  if (!/^EXCHANGE_(?!S_FOUNDATION|S_ARCHIVE|ANALYTICS)/.test(name)) return null;
  if (name.startsWith('EXCHANGE_S_ENTERPRISE')) return 'plan-2';
  return /DESKLESS|ESSENTIALS/.test(name) ? 'kiosk' : 'plan-1';
}

function parseOneDrivePlan(name: string): CarriedServices['oneDrive'] {
  if (/^ONEDRIVE(_BASIC|LITE|CLIPCHAMP)|^SHAREPOINTLITE/.test(name)) return 'basic';
  const isFull = /^(SHAREPOINT(STANDARD|ENTERPRISE|DESKLESS|_S_)|ONEDRIVE(STANDARD|ENTERPRISE|_))/.test(name);
  if (!isFull) return null;
  return /_(EDU|GOV)$/.test(name) ? 'unclocked' : 'full';
}

function selectLarger<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(b) > order.indexOf(a) ? b : a;
}
