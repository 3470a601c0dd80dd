// Mailboxes that Exchange converts: it says what they are, where Graph may know less.
import type { Transport } from '../../graph/transport.ts';
import type { UserId } from '../../policy/identifiers.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { createOrganizationHoldsReader, readMailbox, readStorageUsed } from './exchange-reads.ts';
import type { MailboxReader, SeenMailbox } from './mailbox-reader.ts';

interface ExchangeOptions {
  exchange: Transport;
  /** The mailbox's kind by Graph, asked where Exchange finds none. */
  readRecipientType(id: UserId): Promise<RecipientType>;
}

export function createExchangeMailboxes({ exchange, readRecipientType }: ExchangeOptions): MailboxReader {
  const organization = createOrganizationHoldsReader(exchange);
  return {
    look: async (owner) =>
      (await readMailbox(exchange, owner, organization)) ?? confirmAbsence(await readRecipientType(owner.id)),
    readStorageUsed: (owner) => readStorageUsed(exchange, owner),
  };
}

/** None only if both say so: a licence removed on a wrong `none` takes the mail with it. */
function confirmAbsence(recipientType: RecipientType): SeenMailbox {
  const isAbsent = recipientType === 'none';
  return { recipientType: isAbsent ? 'none' : 'unknown', hold: null, hasArchive: null };
}
