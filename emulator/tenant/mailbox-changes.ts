// Converts a mailbox between user and shared, as Exchange allows it.
import { DAY_MS } from '../clock.ts';
import { advancePerson, isConnected, setMailboxType } from './advance-person.ts';
import { pickHolds } from './holds.ts';
import type { Mailbox, MailboxType } from './mailbox.ts';
import type { ChangedPerson } from './person.ts';
import type { MailboxInput } from './person-input.ts';
import type { Tenant } from './tenant.ts';

const GIGABYTE = 1024 ** 3;

/** Converts a connected mailbox; its new type shows after the delay. False if Exchange does not know the mailbox. */
export function convertMailbox(tenant: Tenant, person: ChangedPerson, type: MailboxType): boolean {
  const { mailbox } = person;
  if (!mailbox || !isConnected(person)) return false;
  const { clock, directory } = tenant;
  if (mailbox.type === type) return true;
  person.former.mailboxType.note(mailbox.type, directory.lags.mailboxTypes());
  setMailboxType(mailbox, type, computeFlipBack(tenant, person, mailbox, type));
  advancePerson(person, clock.now(), tenant);
  return true;
}

/** Applies changes of a mailbox by an admin or from outside; fields left out stay as they are. */
export function changeMailbox(tenant: Tenant, person: ChangedPerson, change: MailboxInput): void {
  const { mailbox } = person;
  if (!mailbox) return;
  const { type = mailbox.type, flipBackAfterDays, hiddenForSeconds, sizeGb, ...rest } = change;
  if (sizeGb !== undefined) mailbox.sizeBytes = Math.floor(sizeGb * GIGABYTE);
  if (flipBackAfterDays !== undefined) mailbox.flipBackAfterDays = flipBackAfterDays;
  if (hiddenForSeconds !== undefined) mailbox.hiddenUntil = tenant.clock.now() + hiddenForSeconds * 1000;
  if (change.type !== undefined || flipBackAfterDays !== undefined)
    setMailboxType(mailbox, type, computeFlipBack(tenant, person, mailbox, type));
  person.former.holds.note(pickHolds(mailbox), tenant.directory.lags.holds());
  Object.assign(mailbox, rest);
}

/** When a mailbox that becomes `type` turns back by itself, and to which type. */
function computeFlipBack(
  { clock, switches }: Tenant,
  { onPremisesSyncEnabled }: ChangedPerson,
  { type: before, flipBackAfterDays, flipsBack }: Mailbox,
  type: MailboxType,
): Mailbox['flipsBack'] {
  if (flipsBack?.type === type) return null;
  if (type === 'SharedMailbox' && flipBackAfterDays !== null)
    return { at: clock.now() + flipBackAfterDays * DAY_MS, type: 'UserMailbox' };
  if (type === before || onPremisesSyncEnabled !== true || !switches.hybridMailboxesFlipBack) return null;
  return { at: clock.now() + switches.syncSeconds * 1000, type: before };
}

/** The type that Exchange and Graph show now. */
export function findVisibleType({
  mailbox,
  former,
}: Pick<ChangedPerson, 'mailbox'> & Partial<Pick<ChangedPerson, 'former'>>): MailboxType | null {
  if (mailbox === null) return null;
  return former?.mailboxType.show(mailbox.type) ?? mailbox.type;
}
