// Converting a mailbox between a person's and a shared one, as Exchange lets it be done.
import type { ChangedPerson, MailboxType } from './person.ts';
import { isConnected, settle } from './settle.ts';
import type { Tenant } from './tenant.ts';

/** Converts a connected mailbox; its new type shows after the delay. False if Exchange does not know the mailbox. */
export function convertMailbox(tenant: Tenant, person: ChangedPerson, type: MailboxType): boolean {
  const { mailbox } = person;
  if (!mailbox || !isConnected(person)) return false;
  const { clock, switches } = tenant;
  if (mailbox.type === type) return true;
  if (switches.conversionDelaySeconds > 0) {
    const until = clock.now() + switches.conversionDelaySeconds * 1000;
    person.typeShown = { until, type: person.typeShown?.type ?? mailbox.type };
  }
  if (person.onPremisesSyncEnabled === true && switches.hybridMailboxesFlipBack) {
    person.revert = {
      ...person.revert,
      at: clock.now() + switches.syncSeconds * 1000,
      mailboxType: mailbox.type,
    };
  }
  mailbox.type = type;
  settle(person, clock.now(), tenant);
  return true;
}

/** The type that Exchange and Graph show now. */
export function shownType(
  person: Pick<ChangedPerson, 'mailbox'> & { typeShown?: ChangedPerson['typeShown'] },
): MailboxType | null {
  return person.typeShown?.type ?? person.mailbox?.type ?? null;
}
