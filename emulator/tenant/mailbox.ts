// A mailbox as Exchange holds it: what it is, what is in it, what keeps that, and what it has lost.
import type { Holds } from './holds.ts';

/** RecipientTypeDetails of Get-Mailbox; a RemoteUserMailbox is on premises, where neither Graph nor Exchange Online finds it. */
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
  /** mailboxSettings answers 404 although the mailbox is there: just made, moved, or while a licence changes. */
  hiddenFromGraph: boolean;
  /** The same, until this moment (ms). */
  hiddenUntil: number | null;
  /** Days after which it turns back into a person's mailbox whenever it is made shared; null = it stays as it is. */
  flipBackAfterDays: number | null;
  /** When it turns back (ms), and into what. */
  flipsBack: { at: number; type: MailboxType } | null;
  createdDay: number;
  /** Since when no licence carries it, although it would lose something (ms). */
  unlicensedSince: number | null;
  /** Since when no licence pays for a part of it (ms); that is lost 30 days later unless such a licence comes back. */
  unpaidSince: { [Part in MailboxLoss]?: number };
  /** What the tenant has lost for good; a careful pipeline keeps this empty. */
  losses: MailboxLoss[];
}
