// One interface to what is known of mailboxes, with two ways behind it: whether Exchange converts them, or an admin does.
import type { Hold } from '../../policy/evidence.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { MailboxOwner } from '../tenant/live-account.ts';

export interface SeenMailbox {
  recipientType: RecipientType;
  /** Exchange's name for its kind. */
  kind?: string | null;
  /** null: unknown. */
  hold: Hold | null;
  hasArchive: boolean | null;
}

export interface MailboxReader {
  /** Reads one mailbox. Throws `RequestFailed`. */
  look(owner: MailboxOwner): Promise<SeenMailbox>;
  /** Bytes in the mailbox, without its archive; null: unknown. Throws `RequestFailed`. */
  readStorageUsed(owner: MailboxOwner): Promise<number | null>;
}
