// Mailboxes that an admin converts: this only reads, and the account waits until its mailbox is seen shared.
import { mayNotRun } from '../../graph/cmdlet.ts';
import type { Connection } from '../../graph/connect.ts';
import type { UserId } from '../../policy/identifiers.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { MailboxOwner } from '../tenant/live-account.ts';
import {
  createOrganizationHoldsReader,
  type OrganizationHoldsReader,
  readMailbox,
  readStorageUsed,
} from './exchange-reads.ts';
import type { MailboxReader, SeenMailbox } from './mailbox-reader.ts';

interface ManualOptions {
  connection: Pick<Connection, 'exchange' | 'readExchangeRoles'>;
  readRecipientType(id: UserId): Promise<RecipientType>;
}

/**
 * Graph gives the kind; Exchange gives holds, archive and size, if the identity may read there. What Graph does not find or
 * may not read is as Exchange says, or unknown.
 */
export function createManualMailboxes({ connection, readRecipientType }: ManualOptions): MailboxReader {
  const organization = createOrganizationHoldsReader(connection.exchange);
  return {
    async look(owner) {
      const [type, seen] = await Promise.all([
        readRecipientType(owner.id),
        readFromExchange(connection, owner, organization),
      ]);
      if (seen === 'may-not-ask') return { ...unknownDetails, recipientType: type === 'none' ? 'unknown' : type };
      if (seen === null) return { ...unknownDetails, recipientType: type };
      return type === 'none' || type === 'unknown' ? seen : { ...seen, recipientType: type };
    },
    readStorageUsed: async (owner) =>
      (await mayRead(connection)) ? readStorageUsed(connection.exchange, owner) : null,
  };
}

/** null: Exchange has no mailbox for the account. */
async function readFromExchange(
  connection: ManualOptions['connection'],
  owner: MailboxOwner,
  organization: OrganizationHoldsReader,
): Promise<SeenMailbox | null | 'may-not-ask'> {
  if (!(await mayRead(connection))) return 'may-not-ask';
  try {
    return await readMailbox(connection.exchange, owner, organization);
  } catch (error) {
    if (mayNotRun(error)) return 'may-not-ask';
    throw error;
  }
}

async function mayRead({ readExchangeRoles }: ManualOptions['connection']): Promise<boolean> {
  const roles = await readExchangeRoles().catch((): readonly string[] => []);
  return roles.includes('Exchange.ManageAsApp');
}

const unknownDetails = { hold: null, hasArchive: null };
