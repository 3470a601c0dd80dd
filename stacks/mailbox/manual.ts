// Mailboxes that a person converts: this way only looks, and the account waits until its mailbox is seen shared.
import type { Connection } from '../../graph/connect.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { getMailbox, getStorageUsed, mayNotAsk } from './exchange-reads.ts';
import type { Mailboxes, Owner, SeenMailbox } from './mailboxes.ts';

export interface ManualOptions {
  connection: Pick<Connection, 'exchange' | 'exchangeRoles'>;
  recipientType(id: string): Promise<RecipientType>;
}

/** What kind it is says Graph. Holds, archives and sizes says Exchange, where the identity may at least read there. */
export function manualMailboxes({ connection, recipientType }: ManualOptions): Mailboxes {
  return {
    way: 'manual',
    async look(owner) {
      const [type, limits] = await Promise.all([recipientType(owner.id), limitsOf(connection, owner)]);
      return { ...limits, recipientType: type };
    },
    storageUsed: async (owner) =>
      (await mayRead(connection)) ? getStorageUsed(connection.exchange, owner) : null,
  };
}

async function limitsOf(
  connection: ManualOptions['connection'],
  owner: Owner,
): Promise<Omit<SeenMailbox, 'recipientType'>> {
  if (!(await mayRead(connection))) return untold;
  try {
    return (await getMailbox(connection.exchange, owner)) ?? untold;
  } catch (error) {
    if (mayNotAsk(error)) return untold;
    throw error;
  }
}

async function mayRead({ exchangeRoles }: ManualOptions['connection']): Promise<boolean> {
  const roles = await exchangeRoles().catch((): readonly string[] => []);
  return roles.includes('Exchange.ManageAsApp');
}

const untold = { onHold: null, hasArchive: null };
