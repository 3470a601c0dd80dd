// The OneDrive, Cloud PC and phone number of a person from a PersonInput, and their changes by an administrator.
import { DAY_MS } from '../clock.ts';
import type { CloudPc, OneDrive, Phone } from './belongings.ts';
import { BYTES_PER_FILE, generateOneDrive } from './generated-one-drive.ts';
import { hasPlan, hasServicePlan } from './license-rules.ts';
import type { ChangedPerson, License } from './person.ts';
import type { PersonEvents } from './person-events-input.ts';
import type { PersonInput } from './person-input.ts';
import { isCloudPcPlan, isOneDrivePlan, PLANS } from './service-plans.ts';
import type { Tenant } from './tenant.ts';
import type { World } from './world.ts';

const MEGABYTE = 1024 ** 2;

/** People who have a licence with a OneDrive and have used it have one. */
export function giveOneDrive(
  world: World,
  index: number,
  input: PersonInput,
  licenses: readonly License[],
): OneDrive | null {
  const { oneDrive: oneDriveInput } = input;
  const isOpened = hasPlan(licenses, isOneDrivePlan) && input.lastActivity?.oneDrive !== null;
  if (oneDriveInput === null || (oneDriveInput === undefined && !isOpened)) return null;
  const oneDrive = generateOneDrive(world, index);
  if (oneDriveInput) fillOneDrive(oneDrive, oneDriveInput);
  if (oneDriveInput?.unlicensedDaysAgo !== undefined)
    oneDrive.unlicensedSince = (world.startDay - oneDriveInput.unlicensedDaysAgo) * DAY_MS;
  return oneDrive;
}

/** Everybody with a licence of Windows 365 has a Cloud PC. */
export function giveCloudPc(input: PersonInput, licenses: readonly License[]): CloudPc | null {
  if (input.cloudPc === null || !hasPlan(licenses, isCloudPcPlan)) return null;
  return { unlicensedSince: null, losses: [] };
}

/** Microsoft is the carrier for people with a calling plan. */
export function givePhone(number: string | null | undefined, licenses: readonly License[]): Phone | null {
  if (number === undefined || number === null) return null;
  return { number, needsCallingPlan: hasServicePlan(licenses, PLANS.callingPlan), losses: [] };
}

/** Applies events to a person's belongings. */
export function changeBelongings({ world, clock }: Tenant, person: ChangedPerson, events: PersonEvents): void {
  if (events.phoneNumber !== undefined) person.phone = givePhone(events.phoneNumber, person.licenses);
  const { oneDrive: change } = events;
  if (change === undefined) return;
  if (change === null) {
    person.oneDrive = null;
    return;
  }
  person.oneDrive ??= generateOneDrive(world, person.index);
  const { oneDrive } = person;
  const wasKept = oneDrive.retention;
  fillOneDrive(oneDrive, change);
  if (wasKept && !oneDrive.retention) oneDrive.keptUntil = clock.now();
  if (change.isRestored) takeOutOfBin(oneDrive, clock.now());
}

/** A SharePoint administrator restores it as archived; what follows depends on its licence. */
function takeOutOfBin(oneDrive: OneDrive, now: number): void {
  if (oneDrive.state !== 'recycle-bin') throw new Error('The OneDrive is not in the recycle bin.');
  oneDrive.state = 'archived';
  oneDrive.binnedSince = null;
  oneDrive.keptUntil = now;
}

function fillOneDrive(
  oneDrive: OneDrive,
  { sizeGb, sizeMb, files, retention }: NonNullable<PersonEvents['oneDrive']>,
): void {
  const megabytes = sizeGb === undefined ? sizeMb : sizeGb * 1024;
  const sizeBytes = megabytes === undefined ? undefined : Math.floor(megabytes * MEGABYTE);
  if (files !== undefined) oneDrive.fileCount = files;
  else if (sizeBytes !== undefined) oneDrive.fileCount = Math.ceil(sizeBytes / BYTES_PER_FILE);
  if (sizeBytes !== undefined) oneDrive.sizeBytes = sizeBytes;
  else if (files !== undefined) oneDrive.sizeBytes = files * BYTES_PER_FILE;
  if (retention !== undefined) oneDrive.retention = retention;
}
