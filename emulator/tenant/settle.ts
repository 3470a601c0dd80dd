// What time does to a changed account when nobody looks: conversions get through, the directory sync undoes what the
// cloud was told, and what no licence pays for any more is gone after its grace.
import { DAY_MS } from '../clock.ts';
import { hasArchivePlan, hasLargeMailboxPlan, hasMailboxPlan } from './license-rules.ts';
import type { ChangedPerson, License, Mailbox, MailboxLoss, Person } from './person.ts';
import { settleBelongings } from './settle-belongings.ts';
import { type OneDriveTerms, settleOneDrive } from './settle-one-drive.ts';

/** Days that Exchange keeps a mailbox whose licence was removed. */
const MAILBOX_GRACE_DAYS = 30;
/** An unlicensed shared mailbox may hold this much. */
const SHARED_MAILBOX_LIMIT_BYTES = 50 * 1024 ** 3;

/** Brings a changed account up to `now`; safe to call any number of times. */
export function settle(person: ChangedPerson, now: number, terms: OneDriveTerms): void {
  if (person.enabledShown && person.enabledShown.until <= now) person.enabledShown = null;
  if (person.licensesShown && person.licensesShown.until <= now) person.licensesShown = null;
  if (person.typeShown && person.typeShown.until <= now) person.typeShown = null;
  if (person.revert && person.revert.at <= now) revert(person, person.revert);
  if (person.mailbox) settleMailbox(person, person.mailbox, now);
  if (person.oneDrive) settleOneDrive(person, person.oneDrive, now, terms);
  settleBelongings(person, now);
}

/** What of a mailbox no licence pays for, whatever else is licensed, given its type, size and holds. */
function listUnpaidParts(mailbox: Mailbox, licenses: readonly License[]): MailboxLoss[] {
  const isShared = mailbox.type === 'SharedMailbox';
  const isPersonal = mailbox.type === 'UserMailbox';
  if (isPersonal && !hasMailboxPlan(licenses)) return ['data'];
  if (!isShared && !isPersonal) return [];
  const parts: MailboxLoss[] = [];
  const isLarge = isShared && mailbox.sizeBytes > SHARED_MAILBOX_LIMIT_BYTES;
  if (isLarge && !hasLargeMailboxPlan(licenses)) parts.push('locked');
  if (hasArchivePlan(licenses)) return parts;
  if (mailbox.archive) parts.push('archive');
  if (mailbox.litigationHold) parts.push('hold');
  return parts;
}

/** Whether Exchange Online has this mailbox: not on premises; a user mailbox without a licence is disconnected at once. */
export function isConnected({ mailbox }: Pick<Person, 'mailbox'>): boolean {
  if (mailbox === null || mailbox.type === 'RemoteUserMailbox') return false;
  return !(mailbox.type === 'UserMailbox' && mailbox.unlicensedSince !== null);
}

function revert(person: ChangedPerson, change: NonNullable<ChangedPerson['revert']>): void {
  person.revert = null;
  if (change.accountEnabled !== undefined) person.accountEnabled = change.accountEnabled;
  if (change.mailboxType && person.mailbox) person.mailbox.type = change.mailboxType;
}

/** Each part has thirty days of its own from when its licence went. */
function settleMailbox({ licenses }: ChangedPerson, mailbox: Mailbox, now: number): void {
  const unpaid = listUnpaidParts(mailbox, licenses);
  mailbox.unpaidSince = Object.fromEntries(unpaid.map((part) => [part, mailbox.unpaidSince[part] ?? now]));
  const isUnlicensed = unpaid.length > 0 && !hasMailboxPlan(licenses);
  mailbox.unlicensedSince = isUnlicensed ? (mailbox.unlicensedSince ?? now) : null;
  for (const part of unpaid) {
    const since = mailbox.unpaidSince[part] ?? now;
    if (now - since < MAILBOX_GRACE_DAYS * DAY_MS || mailbox.losses.includes(part)) continue;
    mailbox.losses.push(part);
  }
}
