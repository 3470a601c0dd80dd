// Which mailboxes show that the account belongs to no person. Pure.
import type { Evidence } from '../evidence.ts';
import { foldId, type IdKey, type UserId } from '../identifiers.ts';
import type { Risk } from './judgement.ts';

interface MailboxOwner {
  id: UserId;
  mailbox: Pick<Evidence['mailbox'], 'recipientType' | 'kind'>;
}

/** A mailbox that this pipeline shared is still a person's; one that was made a room since is not. */
export function listMailboxRisks({ id, mailbox }: MailboxOwner, converted: ReadonlySet<IdKey>): Risk[] {
  switch (mailbox.recipientType) {
    case 'shared':
      if (converted.has(foldId(id))) return [];
      return [{ code: 'shared-mailbox', because: 'its mailbox is shared: nobody is meant to sign in' }];
    case 'room':
      return [{ code: 'resource-mailbox', because: 'its mailbox is a room mailbox' }];
    case 'equipment':
      return [{ code: 'resource-mailbox', because: 'its mailbox is an equipment mailbox' }];
    case 'scheduling':
      return [{ code: 'resource-mailbox', because: 'its mailbox is a Bookings mailbox' }];
    case 'other':
      return [{ code: 'resource-mailbox', because: `its mailbox is nobody’s own (${mailbox.kind ?? 'others'})` }];
    case 'user':
    case 'none':
    case 'unknown':
      return [];
  }
}
