// Which reviewed licences have to stay after all, and why: the one rule (`findHeldBack`) on fresh reads, right before the
// call that would remove them.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import type { OneDrive } from '../../policy/evidence.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { findHeldBack, type HoldBackSubject } from '../../policy/licenses/held-back.ts';
import { noCarriedServices } from '../../policy/licenses/service-plans.ts';
import type { RestorableLicense } from '../../policy/schemas/account.ts';
import { describeHeldBackReason } from '../../policy/words/labels.ts';
import type { Assignment, NamedAssignment } from '../tenant/live-account.ts';
import type { StayingLicense } from '../tenant/outcome.ts';
import { findCarriedServices } from '../tenant/subscriptions.ts';
import type { AccountChange } from './account-change.ts';
import type { AccountRun } from './account-run.ts';
import { buildStay, findMailboxStay, type Stay } from './mailbox-stay.ts';

/** Asks Exchange only if a licence that its mailbox may need is to go. */
export async function listStayingLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<StayingLicense[]> {
  const { remaining, change, context, found } = run;
  const licenses = await Promise.all(found.licenses.map((each) => readLicenseWithGroup(each, subscriptions, context)));
  const going = remaining.remove.flatMap((reviewed) => {
    const license = licenses.find((each) => isDirectlyHeld(each, reviewed));
    return license ? [{ reviewed, license }] : [];
  });
  const mailbox = going.some(({ license }) => mayNeedMailbox(license)) ? await readMailboxStay(run) : null;
  const belongings = {
    mailbox: mailbox?.reason ?? null,
    oneDrive: toOneDriveEvidence(change),
    isReleased: false,
  };
  const reasons = findHeldBack(licenses, belongings, context.guard.policy);
  return going.flatMap(({ reviewed: { skuPartNumber }, license }) => {
    const reason = reasons.get(license);
    const stay = reason === undefined ? findLaterAssignment(license, run) : buildStay(reason, mailbox);
    return stay === null ? [] : [{ skuPartNumber, ...stay }];
  });
}

/** What groups give stays with the account; reported with the group's name for its admins. */
export function listInheritedLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<StayingLicense[]> {
  const { change, found, context } = run;
  const inherited = found.licenses.filter(({ assignedByGroup }) => assignedByGroup !== null);
  return Promise.all(
    inherited.map(async ({ skuId, assignedByGroup }): Promise<StayingLicense> => {
      const { displayName, dynamicGroup } = await context.reader.readLicenseGroup(assignedByGroup ?? '');
      const isTaken = dynamicGroup !== null && !change.to.accountEnabled;
      const because = isTaken
        ? `comes from the group ${displayName}, which takes it back by itself now that sign-in is blocked`
        : `comes from the group ${displayName}; take the account out of it to free the seat`;
      return {
        skuPartNumber: getProductName(skuId, run, subscriptions),
        reason: 'inherited-from-group',
        because,
      };
    }),
  );
}

/** What is in error, or was assigned in an unknown way, is neither taken nor given. */
export function listDoubtfulLicenses(run: AccountRun, subscriptions: Subscriptions): StayingLicense[] {
  return run.found.doubtfulLicenses.map(({ skuId, doubt, error }) => {
    const because = describeHeldBackReason(doubt, error);
    return { skuPartNumber: getProductName(skuId, run, subscriptions), reason: doubt, because };
  });
}

function getProductName(skuId: IdKey, { change }: AccountRun, subscriptions: Subscriptions): string {
  const known = change.restore.licenses.find((license) => foldId(license.skuId) === skuId);
  return known?.skuPartNumber ?? subscriptions.get(skuId)?.skuPartNumber ?? skuId;
}

async function readMailboxStay({ context, found, mailbox }: AccountRun): Promise<Stay | null> {
  return findMailboxStay(mailbox ?? (await context.mailboxes.look(found)), found, context);
}

type TenantLicense = NamedAssignment & HoldBackSubject;

/** As the rule needs it. */
export function toHeldLicense(license: NamedAssignment, subscriptions: Subscriptions): TenantLicense {
  const carries = findCarriedServices(license, subscriptions);
  return carries === null
    ? { ...license, carries: noCarriedServices, doubt: 'product-unknown' }
    : { ...license, carries };
}

/** What a group takes back by itself holds nothing back. Each group is read once in a run. */
async function readLicenseWithGroup(
  license: NamedAssignment,
  subscriptions: Subscriptions,
  { reader }: Pick<AccountRun['context'], 'reader'>,
): Promise<TenantLicense> {
  const heldLicense = toHeldLicense(license, subscriptions);
  if (license.assignedByGroup === null || heldLicense.carries.oneDrive !== 'full') return heldLicense;
  const { dynamicGroup } = await reader.readLicenseGroup(license.assignedByGroup);
  return dynamicGroup === null ? heldLicense : { ...heldLicense, dynamicGroup };
}

function isDirectlyHeld({ skuId, assignedByGroup }: HoldBackSubject, reviewed: RestorableLicense): boolean {
  return assignedByGroup === null && skuId === foldId(reviewed.skuId);
}

function mayNeedMailbox({ carries }: HoldBackSubject): boolean {
  return carries.mailbox !== null || carries.archive;
}

/** From its file: the apply cannot read reports. Half of the last digit may be rounding, in favour of what was reviewed. */
export function toOneDriveEvidence({ oneDrive }: Pick<AccountChange, 'oneDrive'>): OneDrive {
  if (oneDrive === null) return { kind: 'none' };
  if (oneDrive.gigabytes === null) return { kind: 'unknown' };
  const storageUsedBytes = Math.max(0, oneDrive.gigabytes - 0.005) * gigabyte;
  return { kind: 'seen', storageUsedBytes, files: null, lastUsedOn: null };
}

const gigabyte = 1024 ** 3;

/** Assigned anew after the reviewed audit: somebody wants the account to have it. */
function findLaterAssignment({ assignedOn }: Pick<Assignment, 'assignedOn'>, { change }: AccountRun): Stay | null {
  const { auditedOn } = change.evidence;
  if (assignedOn === null || assignedOn <= auditedOn) return null;
  const because = `was assigned again on ${assignedOn}, after the audit of ${auditedOn} that was reviewed`;
  return { reason: 'assigned-since', because };
}
