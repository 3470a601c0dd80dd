// What Exchange Online says of one mailbox: its kind, holds, archive and size. Reads only; the conversion is next door.
import { runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/failure.ts';
import { fieldsOf, listOrEmpty, textOrNull } from '../../graph/fields.ts';
import { mailboxKindNamed } from '../../graph/recipient-type.ts';
import type { Transport } from '../../graph/transport.ts';
import type { Owner, SeenMailbox } from './mailboxes.ts';

/** What Exchange says of a mailbox; null when it knows none for the account. Throws `RequestFailed`. */
export async function getMailbox(exchange: Transport, owner: Owner): Promise<SeenMailbox | null> {
  const mailbox = await firstOf(exchange, 'Get-Mailbox', owner);
  return mailbox === null ? null : seenMailbox(mailbox, owner);
}

/**
 * Bytes in the mailbox, without its archive. null: Exchange knows no mailbox, gives no size, or the identity's role lacks the
 * cmdlet. Throws `RequestFailed` for every other failure.
 */
export async function getStorageUsed(exchange: Transport, owner: Owner): Promise<number | null> {
  try {
    const statistics = await firstOf(exchange, 'Get-MailboxStatistics', owner);
    return statistics === null
      ? null
      : bytesIn(fieldsOf(statistics, `Get-MailboxStatistics ${owner.id}`).TotalItemSize);
  } catch (error) {
    if (mayNotAsk(error)) return null;
    throw error;
  }
}

/**
 * 401 without Exchange.ManageAsApp, 403 without a role in Exchange; with a role that has no such cmdlet either 403 or, as in
 * PowerShell, a cmdlet that nobody knows.
 */
export function mayNotAsk(error: unknown): boolean {
  if (!(error instanceof RequestFailed)) return false;
  return error.status === 401 || error.status === 403 || /CommandNotFoundException/.test(error.message);
}

/**
 * Routes the request to the server that holds the mailbox, so that a read sees the write before it. A header holds no other
 * letters than these, and the tenant's own server knows every mailbox, a little later.
 */
export function anchorOf({ userPrincipalName }: Owner): { anchor?: string } {
  return /^[\x21-\x7e]+$/.test(userPrincipalName) ? { anchor: `UPN:${userPrincipalName}` } : {};
}

async function firstOf(exchange: Transport, name: string, owner: Owner): Promise<unknown> {
  try {
    const [first = null] = await runCmdlet(exchange, {
      source: 'mailbox',
      name,
      parameters: { Identity: owner.id },
      ...anchorOf(owner),
      repeatable: true,
    });
    return first;
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The name of the exception is in the text wherever the error stands; a proxy's 404 has no such name. */
function isNotFound(error: unknown): boolean {
  return error instanceof RequestFailed && /ManagementObjectNotFound|couldn't be found/i.test(error.message);
}

function seenMailbox(mailbox: unknown, { id }: Owner): SeenMailbox {
  const where = `Get-Mailbox ${id}`;
  const fields = fieldsOf(mailbox, where);
  const archive = textOrNull(fields, 'ArchiveStatus', where);
  const kind = textOrNull(fields, 'RecipientTypeDetails', where);
  return {
    recipientType: mailboxKindNamed(kind ?? '') ?? 'unknown',
    kind,
    onHold: isOnHold(fields.LitigationHoldEnabled, listOrEmpty(fields, 'InPlaceHolds', where)),
    hasArchive: archive === null ? null : archive.toLowerCase() !== 'none',
  };
}

/** Holds of eDiscovery and of retention policies keep needing the plan, too. An entry with a minus takes the mailbox out of one. */
function isOnHold(litigationHold: unknown, inPlaceHolds: readonly unknown[]): boolean | null {
  if (inPlaceHolds.some((hold) => !String(hold).startsWith('-'))) return true;
  return typeof litigationHold === 'boolean' ? litigationHold : null;
}

/**
 * Exchange writes `1.234 GB (1,325,097,123 bytes)`, in some answers inside of an object. The rounded half of it would not do:
 * 50.00 GB can be more than the limit.
 */
function bytesIn(size: unknown): number | null {
  if (typeof size === 'number') return size;
  const [, digits = ''] = /(\d[\d.,\s]*)\s*bytes/i.exec(JSON.stringify(size ?? '')) ?? [];
  return digits === '' ? null : Number(digits.replace(/\D/g, ''));
}
