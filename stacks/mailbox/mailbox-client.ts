// One small interface to mailboxes, with two ways behind it: Exchange converts them, or a person does and this only looks.
import type { Hold } from '../../policy/evidence.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { Receipt } from '../tenant/outcome.ts';

/** Whose mailbox. */
export interface Owner {
  id: string;
  userPrincipalName: string;
}

export interface SeenMailbox {
  recipientType: RecipientType;
  /** Exchange's word for it. */
  kind?: string | null;
  /** null: nobody could tell. */
  hold: Hold | null;
  hasArchive: boolean | null;
}

/** Reads one mailbox. Throws `RequestFailed`. */
export type LookAt = (owner: Owner) => Promise<SeenMailbox>;

/** Bytes in the mailbox, without its archive; null: nobody could tell. Throws `RequestFailed`. */
export type Measure = (owner: Owner) => Promise<number | null>;

/** `manual` has no way to convert: there is nothing to call. */
export type MailboxClient =
  | { readonly way: 'manual'; look: LookAt; readStorageUsed: Measure }
  | {
      readonly way: 'exchange';
      look: LookAt;
      readStorageUsed: Measure;
      /** Asks for the conversion; it shows some time later. Throws `DormantError`. */
      convert(owner: Owner, to: 'shared' | 'user'): Promise<Receipt>;
    };
