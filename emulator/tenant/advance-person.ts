// Applies the passing of time to a changed account: conversions complete, the directory sync undoes changes made in the
// cloud, and what no licence pays for is lost after its grace period.
import { DAY_MS } from '../clock.ts';
import type { Switches } from '../options.ts';
import { advanceBelongings } from './advance-belongings.ts';
import { advanceOneDrive, type OneDriveTerms } from './advance-one-drive.ts';
import { isOnHold } from './holds.ts';
import { hasArchivePlan, hasLargeMailboxPlan, hasMailboxPlan } from './license-rules.ts';
import type { Mailbox, MailboxLoss, MailboxType } from './mailbox.ts';
import type { ChangedPerson, License, Person } from './person.ts';

/** The tenant's settings that decide what time does. */
export interface PersonRules extends OneDriveTerms {
  readonly switches: OneDriveTerms['switches'] & Pick<Switches, 'organizationHolds'>;
}

/** Days that Exchange keeps a mailbox whose licence was removed. */
export const MAILBOX_GRACE_DAYS = 30;
/** The largest shared mailbox without a licence. */
const SHARED_MAILBOX_LIMIT_BYTES = 50 * 1024 ** 3;

/** Advances a changed account to `now`; safe to call any number of times. */
export function advancePerson(person: ChangedPerson, now: number, terms: PersonRules): void {
  if (person.revert && person.revert.at <= now) revert(person, person.revert);
  flipBack(person, now, terms);
  advanceMailbox(person, now, terms);
  advanceOneDrive(person, now, terms);
  advanceBelongings(person, now);
}

/** Changes the mailbox's type, which restarts the time until something is lost without a licence. */
export function setMailboxType(mailbox: Mailbox, type: MailboxType, flipsBack: Mailbox['flipsBack']): void {
  if (mailbox.type !== type) mailbox.unlicensedSince = null;
  mailbox.type = type;
  mailbox.flipsBack = flipsBack;
}

/** The parts of a mailbox that no licence pays for, by its type, size and holds. */
function listUnpaidParts(mailbox: Mailbox, licenses: readonly License[], { switches }: PersonRules): MailboxLoss[] {
  const isShared = mailbox.type === 'SharedMailbox';
  const isPersonal = mailbox.type === 'UserMailbox';
  if (isPersonal && !hasMailboxPlan(licenses)) return ['data'];
  if (!isShared && !isPersonal) return [];
  const parts: MailboxLoss[] = [];
  const isLarge = isShared && mailbox.sizeBytes > SHARED_MAILBOX_LIMIT_BYTES;
  if (isLarge && !hasLargeMailboxPlan(licenses)) parts.push('locked');
  if (hasArchivePlan(licenses)) return parts;
  if (mailbox.archive) parts.push('archive');
  // Plan 2 is required for an archive, 50 GB and the mailbox's own holds (Microsoft, "Remove a license from a shared
  // mailbox"); nothing says that an organisation-wide policy releases a mailbox that has any licence.
  const policies = hasMailboxPlan(licenses) ? [] : switches.organizationHolds;
  if (isOnHold(mailbox, policies)) parts.push('hold');
  return parts;
}

/** Whether Exchange Online has this mailbox: not on premises, and no user mailbox without a licence. */
export function isConnected({ mailbox }: Pick<Person, 'mailbox'>): boolean {
  if (mailbox === null || mailbox.type === 'RemoteUserMailbox') return false;
  return findDisconnectedSince(mailbox) === null;
}

/** When (ms) a user mailbox lost its licence; null = it is connected, or is not in Exchange Online. */
export function findDisconnectedSince({ type, unlicensedSince }: Mailbox): number | null {
  return type === 'UserMailbox' ? unlicensedSince : null;
}

function revert(person: ChangedPerson, change: NonNullable<ChangedPerson['revert']>): void {
  person.revert = null;
  if (person.accountEnabled !== change.accountEnabled) person.enabledSince = change.at;
  person.accountEnabled = change.accountEnabled;
}

/** The time before it turned back counts for a shared mailbox, the time after for a user mailbox. */
function flipBack(person: ChangedPerson, now: number, terms: PersonRules): void {
  const { mailbox } = person;
  if (!mailbox?.flipsBack || mailbox.flipsBack.at > now) return;
  const { at, type } = mailbox.flipsBack;
  advanceMailbox(person, at, terms);
  setMailboxType(mailbox, type, null);
  advanceMailbox(person, at, terms);
}

/** Each part has thirty days from the day on which its licence went. */
function advanceMailbox({ licenses, mailbox }: ChangedPerson, now: number, terms: PersonRules): void {
  if (!mailbox) return;
  const unpaid = listUnpaidParts(mailbox, licenses, terms);
  mailbox.unpaidSince = Object.fromEntries(unpaid.map((part) => [part, mailbox.unpaidSince[part] ?? now]));
  const isUnlicensed = unpaid.length > 0 && !hasMailboxPlan(licenses);
  mailbox.unlicensedSince = isUnlicensed ? (mailbox.unlicensedSince ?? now) : null;
  for (const part of unpaid) {
    const since = mailbox.unpaidSince[part] ?? now;
    if (now - since < MAILBOX_GRACE_DAYS * DAY_MS || mailbox.losses.includes(part)) continue;
    mailbox.losses.push(part);
  }
}
