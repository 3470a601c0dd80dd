// getMailboxUsageDetail: one row per mailbox, those of teams and rooms included.
import { DAY_MS, formatDate } from '../clock.ts';
import type { Switches } from '../options.ts';
import { findDisconnectedSince, MAILBOX_GRACE_DAYS } from '../tenant/advance-person.ts';
import type { Mailbox, MailboxType } from '../tenant/mailbox.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { formatLastDate, type ReportDay, type RowOwner } from './row-owner.ts';

const GIGABYTE = 1024 ** 3;
const RECIPIENT_TYPE = 'Recipient Type';

const MAILBOX_USAGE_HEADER =
  'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Created Date,Last Activity Date,Item Count,Storage Used (Byte),Issue Warning Quota (Byte),Prohibit Send Quota (Byte),Prohibit Send/Receive Quota (Byte),Deleted Item Count,Deleted Item Size (Byte),Deleted Item Quota (Byte),Has Archive,Recipient Type,Report Period';

/** Tenants differ in the words they use, and some leave the column out. */
export function buildMailboxUsageHeader({ recipientTypes }: Switches): string {
  if (recipientTypes !== 'missing') return MAILBOX_USAGE_HEADER;
  return MAILBOX_USAGE_HEADER.replace(`${RECIPIENT_TYPE},`, '');
}

/** The cells of a mailbox; null for people without one. */
export function buildMailboxUsageRow(
  owner: RowOwner,
  day: ReportDay,
  { switches: { recipientTypes, disconnectedMailboxRows } }: Tenant,
): string[] | null {
  const { mailbox, usage } = owner.person;
  if (!mailbox || mailbox.type === 'RemoteUserMailbox') return null;
  const deletedDay = findDisconnectedDay(mailbox, day);
  const isLost = deletedDay !== null && day.refreshDay - deletedDay >= MAILBOX_GRACE_DAYS;
  if (isLost || (deletedDay !== null && disconnectedMailboxRows === 'gone')) return null;
  const quota = mailbox.type === 'SharedMailbox' ? 50 : 100;
  return [
    formatDate(day.refreshDay),
    owner.userPrincipalName,
    owner.displayName,
    owner.isDeleted || deletedDay !== null ? 'True' : 'False',
    owner.isDeleted || deletedDay === null ? owner.deletedDate : formatDate(deletedDay),
    new Date(mailbox.createdDay * DAY_MS).toISOString().slice(0, 10),
    formatLastDate(usage.exchange, day),
    String(mailbox.itemCount),
    String(mailbox.sizeBytes),
    ...[quota - 1, quota - 0.5, quota].map((gigabytes) => String(gigabytes * GIGABYTE)),
    '0',
    '0',
    String(30 * GIGABYTE),
    mailbox.archive ? 'True' : 'False',
    ...(recipientTypes === 'missing' ? [] : [formatRecipientType(mailbox.type, recipientTypes)]),
    String(day.period),
  ];
}

/** The day on which the mailbox was disconnected, once the report knows of it. */
function findDisconnectedDay(mailbox: Mailbox, { refreshDay }: ReportDay): number | null {
  const since = findDisconnectedSince(mailbox);
  const day = since === null ? null : Math.floor(since / DAY_MS);
  return day === null || day > refreshDay ? null : day;
}

function formatRecipientType(type: MailboxType, words: 'User' | 'UserMailbox'): string {
  return words === 'UserMailbox' ? type : type.replace('Mailbox', '');
}
