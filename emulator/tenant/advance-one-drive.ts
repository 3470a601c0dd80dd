// The stages of a OneDrive without a licence, by "Manage unlicensed OneDrive user accounts" (learn.microsoft.com,
// sharepoint/unlicensed-onedrive-accounts, 2026-08-26), "Standard storage for unlicensed OneDrive accounts" and MC1381110.
import { DAY_MS } from '../clock.ts';
import type { Switches } from '../options.ts';
import type { ArchiveBilling } from './archive-billing.ts';
import type { OneDrive } from './belongings.ts';
import { hasPlan } from './license-rules.ts';
import type { ChangedPerson } from './person.ts';
import { isOneDrivePlan } from './service-plans.ts';

/** The tenant's settings for OneDrives without a licence. */
export interface OneDriveTerms {
  readonly switches: Pick<Switches, 'oneDriveClock' | 'unlicensedOneDriveActiveDays'>;
  readonly archiveBilling: ArchiveBilling;
}

/** "The read-only stage begins 33 days before the configured archive date." */
const READ_ONLY_DAYS = 33;
const RECYCLE_BIN_DAYS = 93;
/** "No longer available in eDiscovery" from this unpaid day on. */
const E_DISCOVERY_DAYS = 275;
/** From then on deleted "even if retention policies, settings, or holds exist". */
const UNPAID_DAYS = 365;
/** Unpaid days count from here, also for those that had no licence before. */
const UNPAID_FROM = Date.parse('2026-07-01T00:00:00Z');
/** "Automatically get reactivated within 24 hours." */
const REACTIVATION_MS = DAY_MS;

/** Advances a OneDrive to `now`; safe to call any number of times. */
export function advanceOneDrive(
  { licenses, oneDrive }: Pick<ChangedPerson, 'licenses' | 'oneDrive'>,
  now: number,
  terms: OneDriveTerms,
): void {
  if (!oneDrive || oneDrive.state === 'gone' || terms.switches.oneDriveClock === 'off') return;
  if (hasPlan(licenses, isOneDrivePlan)) reactivate(oneDrive, now);
  else advanceUnlicensed(oneDrive, now, terms);
  if (oneDrive.binnedSince !== null && now - oneDrive.binnedSince >= RECYCLE_BIN_DAYS * DAY_MS) markLost(oneDrive);
}

/** A licence is enough, except in the recycle bin ("can only be restored by a SharePoint Administrator"). */
function reactivate(oneDrive: OneDrive, now: number): void {
  // Whether the unpaid days start again when the licence goes again is not documented: here they do.
  oneDrive.unlicensedSince = null;
  if (oneDrive.state === 'recycle-bin') return;
  oneDrive.isInEDiscovery = true;
  if (oneDrive.state === 'archived') {
    oneDrive.activeFrom ??= now + REACTIVATION_MS;
    if (now < oneDrive.activeFrom) return;
  }
  oneDrive.activeFrom = null;
  oneDrive.state = 'active';
}

function advanceUnlicensed(oneDrive: OneDrive, now: number, terms: OneDriveTerms): void {
  oneDrive.activeFrom = null;
  oneDrive.unlicensedSince ??= now;
  const unpaid = terms.archiveBilling.sumUnpaid(Math.max(oneDrive.unlicensedSince, UNPAID_FROM), now);
  if (unpaid >= UNPAID_DAYS * DAY_MS) {
    markLost(oneDrive);
    return;
  }
  if (oneDrive.state === 'recycle-bin') return;
  oneDrive.isInEDiscovery = unpaid < E_DISCOVERY_DAYS * DAY_MS;
  advanceState(oneDrive, now, terms);
}

function advanceState(oneDrive: OneDrive, now: number, terms: OneDriveTerms): void {
  const since = oneDrive.unlicensedSince ?? now;
  const activeDays = terms.switches.unlicensedOneDriveActiveDays;
  const days = (now - since) / DAY_MS;
  if (days < activeDays - READ_ONLY_DAYS) oneDrive.state = 'active';
  else if (days < activeDays) oneDrive.state = 'read-only';
  else if (terms.archiveBilling.isPaid() || oneDrive.retention) oneDrive.state = 'archived';
  else moveToRecycleBin(oneDrive, Math.max(since + activeDays * DAY_MS, ...findRetentionEnds(oneDrive, now, terms)));
}

/** The instants until which retention or payment kept it out of the recycle bin. */
function findRetentionEnds(oneDrive: OneDrive, now: number, { archiveBilling }: OneDriveTerms): number[] {
  return [oneDrive.keptUntil, archiveBilling.findPaidUntil(now)].filter((instant) => instant !== null);
}

/** Neither eDiscovery nor a later hold covers the recycle bin. */
function moveToRecycleBin(oneDrive: OneDrive, at: number): void {
  oneDrive.state = 'recycle-bin';
  oneDrive.binnedSince = at;
  oneDrive.isInEDiscovery = false;
}

function markLost(oneDrive: OneDrive): void {
  oneDrive.state = 'gone';
  oneDrive.isInEDiscovery = false;
  oneDrive.losses = ['files'];
}
