// Mailboxes that a person converts: this way only looks, and the account waits until its mailbox is seen shared.
import { mayNotRun } from '../../graph/cmdlet.ts';
import type { Connection } from '../../graph/connect.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import { type AskOrganization, getMailbox, getStorageUsed, organizationHolds } from './exchange-reads.ts';
import type { Mailboxes, Owner, SeenMailbox } from './mailboxes.ts';

export interface ManualOptions {
  connection: Pick<Connection, 'exchange' | 'exchangeRoles'>;
  recipientType(id: string): Promise<RecipientType>;
}

/**
 * What kind it is says Graph. Holds, archives and sizes says Exchange, where the identity may at least read there; and what Graph
 * does not find or may not tell is as Exchange says, or unknown.
 */
export function manualMailboxes({ connection, recipientType }: ManualOptions): Mailboxes {
  const organization = organizationHolds(connection.exchange);
  return {
    way: 'manual',
    async look(owner) {
      const [type, seen] = await Promise.all([
        recipientType(owner.id),
        seenByExchange(connection, owner, organization),
      ]);
      if (seen === 'may-not-ask') return { ...untold, recipientType: type === 'none' ? 'unknown' : type };
      if (seen === null) return { ...untold, recipientType: type };
      return type === 'none' || type === 'unknown' ? seen : { ...seen, recipientType: type };
    },
    storageUsed: async (owner) =>
      (await mayRead(connection)) ? getStorageUsed(connection.exchange, owner) : null,
  };
}

/** null: Exchange knows no mailbox of the account. */
async function seenByExchange(
  connection: ManualOptions['connection'],
  owner: Owner,
  organization: AskOrganization,
): Promise<SeenMailbox | null | 'may-not-ask'> {
  if (!(await mayRead(connection))) return 'may-not-ask';
  try {
    return await getMailbox(connection.exchange, owner, organization);
  } catch (error) {
    if (mayNotRun(error)) return 'may-not-ask';
    throw error;
  }
}

async function mayRead({ exchangeRoles }: ManualOptions['connection']): Promise<boolean> {
  const roles = await exchangeRoles().catch((): readonly string[] => []);
  return roles.includes('Exchange.ManageAsApp');
}

const untold = { hold: null, hasArchive: null };
