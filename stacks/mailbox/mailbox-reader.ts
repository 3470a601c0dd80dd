// One interface to what is known of mailboxes, with two ways behind it: whether Exchange converts them, or an admin does.
import type { Hold } from '../../policy/evidence.ts';
import type { UserId, UserPrincipalName } from '../../policy/identifiers.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';

export interface Owner {
  id: UserId;
  userPrincipalName: UserPrincipalName;
}

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
  look(owner: Owner): Promise<SeenMailbox>;
  /** Bytes in the mailbox, without its archive; null: unknown. Throws `RequestFailed`. */
  readStorageUsed(owner: Owner): Promise<number | null>;
}
