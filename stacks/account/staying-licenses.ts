// Which reviewed licences have to stay after all, and why: the one rule (`findHeldBack`) on fresh reads, right before the
// call that would remove them.
import type { Subscriptions } from '../../graph/subscriptions.ts';
import type { OneDrive } from '../../policy/evidence.ts';
import { isGivenBy, isTakeable, listGivenSkus, listLeftGroups } from '../../policy/files/memberships.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { findHeldBack, type HoldBackSubject } from '../../policy/licenses/held-back.ts';
import type { GroupObstacle } from '../../policy/licenses/license-groups.ts';
import { noCarriedServices } from '../../policy/licenses/service-plans.ts';
import type { RestorableGroup, RestorableLicense } from '../../policy/schemas/account.ts';
import { describeGroupObstacle } from '../../policy/words/describe-group.ts';
import { describeHeldBackReason } from '../../policy/words/labels.ts';
import type { Assignment, NamedAssignment } from '../tenant/live-account.ts';
import type { StayingLicense } from '../tenant/outcome.ts';
import { findCarriedServices } from '../tenant/subscriptions.ts';
import type { AccountChange } from './account-change.ts';
import type { AccountRun } from './account-run.ts';
import { findGroupObstacles } from './change-memberships.ts';
import { buildStay, findMailboxStay, type Stay } from './mailbox-stay.ts';

/** Asks Exchange only if a licence that its mailbox may need is to go. */
export async function listStayingLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<StayingLicense[]> {
  const { remaining, change, context, found } = run;
  const groups = await readLeftGroups(run);
  const licenses = await Promise.all(
    found.licenses.map(async (license) => {
      const group = findGroup(license, groups);
      const read = await readLicenseWithGroup(license, subscriptions, context);
      return group?.isNamed ? { ...read, groupObstacles: group.obstacles } : read;
    }),
  );
  const direct = remaining.remove.flatMap((reviewed) => {
    const license = licenses.find((each) => isDirectlyHeld(each, reviewed));
    return license ? [{ reviewed, license }] : [];
  });
  const given = licenses.filter((license) => findGroup(license, groups) !== null);
  const going = [...direct, ...given.map((license) => ({ reviewed: license, license }))];
  const mailbox = going.some(({ license }) => mayNeedMailbox(license)) ? await readMailboxStay(run) : null;
  const belongings = {
    mailbox: mailbox?.reason ?? null,
    oneDrive: toOneDriveEvidence(change),
    isReleased: false,
  };
  const reasons = findHeldBack(licenses, belongings, context.guard.policy);
  return going.flatMap(({ reviewed: { skuPartNumber }, license }) => {
    const reason = reasons.get(license);
    const group = findGroup(license, groups);
    const stay =
      (group && findGroupStay(group, license, run)) ??
      (reason === undefined ? findLaterAssignment(license, run) : buildStay(reason, mailbox));
    return stay === null ? [] : [{ skuPartNumber, ...stay }];
  });
}

/** The groups to be left that nothing holds: a licence of theirs that stays, or that the review did not name. */
export function selectGroupsToLeave(
  { remaining, change: { restore }, found }: AccountRun,
  stays: readonly StayingLicense[],
): RestorableGroup[] {
  const staying = new Set(stays.map(({ skuPartNumber }) => skuPartNumber));
  const isStaying = (group: RestorableGroup) =>
    found.licenses.some((license) => isGivenBy(license, group.id) && staying.has(license.skuPartNumber)) ||
    listGivenSkus(restore, group.id).some((sku) => staying.has(sku));
  return remaining.leave.filter((group) => !isStaying(group));
}

interface LeftGroup extends RestorableGroup {
  isNamed: boolean;
  obstacles: readonly GroupObstacle[];
}

function readLeftGroups({ remaining, context }: AccountRun): Promise<LeftGroup[]> {
  return Promise.all(
    remaining.leave.map(async (group) => ({ ...group, ...(await findGroupObstacles(group.id, context)) })),
  );
}

function findGroup(license: Pick<Assignment, 'assignedByGroup'>, groups: readonly LeftGroup[]): LeftGroup | null {
  return groups.find((group) => isGivenBy(license, group.id)) ?? null;
}

/** null: the group itself does not hold the licence. */
function findGroupStay(
  { displayName, isNamed, obstacles }: LeftGroup,
  license: NamedAssignment,
  run: AccountRun,
): Stay | null {
  const [obstacle] = obstacles;
  const because = (words: string) => `comes from the group ${displayName}, which ${words}`;
  if (!isNamed) return { reason: 'inherited-from-group', because: because('policy.yaml does not name any more') };
  if (obstacle !== undefined) return { reason: obstacle.reason, because: because(describeGroupObstacle(obstacle)) };
  const reviewed = run.change.restore.licenses.some(({ skuId }) => foldId(skuId) === license.skuId);
  return reviewed ? null : { reason: 'assigned-since', because: because('has begun to give it since the review') };
}

/** What groups give stays with the account; reported with the group's name for its admins. */
export function listInheritedLicenses(run: AccountRun, subscriptions: Subscriptions): Promise<StayingLicense[]> {
  const { change, found, context } = run;
  const left = [...listLeftGroups(change.to, change.restore)];
  const inherited = found.licenses.filter(
    (license) => license.assignedByGroup !== null && !left.some((group) => isGivenBy(license, group.id)),
  );
  return Promise.all(
    inherited.map(async ({ skuId, assignedByGroup }): Promise<StayingLicense> => {
      const { displayName, dynamicGroup } = await context.reader.readLicenseGroup(assignedByGroup ?? '');
      const skuPartNumber = getProductName(skuId, run, subscriptions);
      if (isTakeable({ assignedByGroup }, change.restore)) {
        // Its file says why. Whoever took the account out by hand would take what the licence was kept for.
        const because = `comes from the group ${displayName}, in which the account stays as reviewed`;
        return { skuPartNumber, reason: 'group-license-stays', because };
      }
      const isTaken = dynamicGroup !== null && !change.to.accountEnabled;
      const because = isTaken
        ? `comes from the group ${displayName}, which takes it back by itself now that sign-in is blocked`
        : `comes from the group ${displayName}; take the account out of it to free the seat`;
      return { skuPartNumber, reason: 'inherited-from-group', because };
    }),
  );
}

/** Products of a group that is left which somebody has assigned directly since the review: the seat stays taken. */
export function listDirectAnew(run: AccountRun, subscriptions: Subscriptions): StayingLicense[] {
  const { to, restore } = run.change;
  const left = new Set(listLeftGroups(to, restore).flatMap(({ id }) => listGivenSkus(restore, id)));
  const isReviewed = (skuId: IdKey) => run.remaining.remove.some((license) => foldId(license.skuId) === skuId);
  return run.found.licenses.flatMap(({ skuId, assignedByGroup }): StayingLicense[] => {
    const skuPartNumber = getProductName(skuId, run, subscriptions);
    if (assignedByGroup !== null || isReviewed(skuId) || !left.has(skuPartNumber)) return [];
    return [{ skuPartNumber, reason: 'assigned-since', because: 'is assigned directly by now, beside its group' }];
  });
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
