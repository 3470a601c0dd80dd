// One interface to mailboxes, with two ways behind it: Exchange converts them, or an admin does and this only reads.
import type { Hold } from '../../policy/evidence.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { Receipt } from '../tenant/outcome.ts';

export interface Owner {
  id: string;
  userPrincipalName: string;
}

export interface SeenMailbox {
  recipientType: RecipientType;
  /** Exchange's name for its kind. */
  kind?: string | null;
  /** null: unknown. */
  hold: Hold | null;
  hasArchive: boolean | null;
}

/** Reads one mailbox. Throws `RequestFailed`. */
type LookAt = (owner: Owner) => Promise<SeenMailbox>;

/** Bytes in the mailbox, without its archive; null: unknown. Throws `RequestFailed`. */
type Measure = (owner: Owner) => Promise<number | null>;

/** `manual` cannot convert: there is nothing to call. */
export type MailboxClient =
  | { readonly way: 'manual'; look: LookAt; readStorageUsed: Measure }
  | {
      readonly way: 'exchange';
      look: LookAt;
      readStorageUsed: Measure;
      /** Asks for the conversion; it shows some time later. Throws `DormantError`. */
      convert(owner: Owner, to: 'shared' | 'user'): Promise<Receipt>;
    };
