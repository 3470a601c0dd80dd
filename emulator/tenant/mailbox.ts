// A mailbox in Exchange: its type, contents, holds and losses.
import type { Holds } from './holds.ts';

/** RecipientTypeDetails of Get-Mailbox; a RemoteUserMailbox is on premises, not found by Graph or Exchange Online. */
export const MAILBOX_TYPES = [
  'UserMailbox',
  'SharedMailbox',
  'RoomMailbox',
  'EquipmentMailbox',
  'SchedulingMailbox',
  'DiscoveryMailbox',
  'TeamMailbox',
  'RemoteUserMailbox',
] as const;
export type MailboxType = (typeof MAILBOX_TYPES)[number];
export type MailboxLoss = 'data' | 'archive' | 'hold' | 'locked';

export interface Mailbox extends Holds {
  type: MailboxType;
  sizeBytes: number;
  itemCount: number;
  archive: boolean;
  /** mailboxSettings answers 404 although the mailbox exists: just created, moved, or while a licence changes. */
  hiddenFromGraph: boolean;
  /** The same, until this moment (ms). */
  hiddenUntil: number | null;
  /** Days after which it turns back into a user mailbox whenever it was shared; null = it stays shared. */
  flipBackAfterDays: number | null;
  /** When it turns back (ms), and to which type. */
  flipsBack: { at: number; type: MailboxType } | null;
  createdDay: number;
  /** Since when it has no licence, although it would lose something (ms). */
  unlicensedSince: number | null;
  /** Since when no licence covers a part of it (ms); it is lost 30 days later unless such a licence comes back. */
  unpaidSince: { [Part in MailboxLoss]?: number };
  /** Permanent losses; a careful pipeline keeps this empty. */
  losses: MailboxLoss[];
}
