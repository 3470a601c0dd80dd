// What time does to a changed account when nobody looks: conversions get through, the directory sync undoes what the
// cloud was told, and a mailbox that lost its licence is gone after thirty days.
import { DAY_MS } from '../clock.ts';
import { hasMailboxPlan } from './license-rules.ts';
import type { ChangedPerson, Mailbox, MailboxLoss, Person } from './person.ts';

/** Days that Exchange keeps a mailbox whose licence was removed. */
const MAILBOX_GRACE_DAYS = 30;
/** An unlicensed shared mailbox may hold this much. */
const SHARED_MAILBOX_LIMIT_BYTES = 50 * 1024 ** 3;

/** Brings a changed account up to `now`; safe to call any number of times. */
export function settle(person: ChangedPerson, now: number): void {
  if (person.enabledShown && person.enabledShown.until <= now) person.enabledShown = null;
  if (person.licensesShown && person.licensesShown.until <= now) person.licensesShown = null;
  if (person.typeShown && person.typeShown.until <= now) person.typeShown = null;
  if (person.revert && person.revert.at <= now) revert(person, person.revert);
  if (person.mailbox) settleMailbox(person, person.mailbox, now);
}

/** What a mailbox without a licence stands to lose, given its type, size and holds. */
function lossesWithoutLicense(mailbox: Mailbox): MailboxLoss[] {
  if (mailbox.type === 'UserMailbox') return ['data'];
  if (mailbox.type !== 'SharedMailbox') return [];
  const losses: MailboxLoss[] = [];
  if (mailbox.sizeBytes > SHARED_MAILBOX_LIMIT_BYTES) losses.push('locked');
  if (mailbox.archive) losses.push('archive');
  if (mailbox.litigationHold) losses.push('hold');
  return losses;
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

function settleMailbox(person: ChangedPerson, mailbox: Mailbox, now: number): void {
  const isLicensed = hasMailboxPlan(person.licenses);
  if (isLicensed) {
    mailbox.unlicensedSince = null;
    return;
  }
  if (lossesWithoutLicense(mailbox).length === 0) {
    mailbox.unlicensedSince = null;
    return;
  }
  mailbox.unlicensedSince ??= now;
  if (now - mailbox.unlicensedSince < MAILBOX_GRACE_DAYS * DAY_MS) return;
  for (const loss of lossesWithoutLicense(mailbox))
    if (!mailbox.losses.includes(loss)) mailbox.losses.push(loss);
}
