// Mailboxes that a person converts: this way only looks, and the account waits until its mailbox is seen shared.
import type { Connection } from '../../graph/connect.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { getMailbox, mayNotAsk } from './exchange.ts';
import type { Mailboxes, Owner, SeenMailbox } from './mailboxes.ts';

export interface ManualOptions {
  connection: Pick<Connection, 'exchange' | 'exchangeRoles'>;
  recipientType(id: string): Promise<RecipientType>;
}

/** What kind it is says Graph. Holds and archives say Exchange, where the identity may at least read there. */
export function manualMailboxes({ connection, recipientType }: ManualOptions): Mailboxes {
  return {
    way: 'manual',
    async look(owner) {
      const [type, limits] = await Promise.all([recipientType(owner.id), limitsOf(connection, owner)]);
      return { ...limits, recipientType: type };
    },
  };
}

async function limitsOf(
  { exchange, exchangeRoles }: ManualOptions['connection'],
  owner: Owner,
): Promise<Omit<SeenMailbox, 'recipientType'>> {
  const roles = await exchangeRoles().catch((): readonly string[] => []);
  if (!roles.includes('Exchange.ManageAsApp')) return untold;
  try {
    return (await getMailbox(exchange, owner)) ?? untold;
  } catch (error) {
    if (mayNotAsk(error)) return untold;
    throw error;
  }
}

const untold = { onHold: null, hasArchive: null };
