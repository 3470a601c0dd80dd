// Mailboxes through Exchange Online's own cmdlets. Microsoft documents no contract for this endpoint, so nothing outside of this
// file knows of it.
import { runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/failure.ts';
import { fieldsOf, listOrEmpty, textOrNull } from '../../graph/fields.ts';
import type { Transport } from '../../graph/transport.ts';
import { DormantError } from '../../policy/errors.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { Receipt } from '../tenant/outcome.ts';
import type { Mailboxes, Owner, SeenMailbox } from './mailboxes.ts';

export interface ExchangeOptions {
  exchange: Transport;
  /** Graph's word for the mailbox, which is asked where Exchange finds none. */
  recipientType(id: string): Promise<RecipientType>;
  now(): Date;
}

export function exchangeMailboxes({ exchange, recipientType, now }: ExchangeOptions): Mailboxes {
  return {
    way: 'exchange',
    look: async (owner) =>
      (await getMailbox(exchange, owner)) ?? confirmedAbsence(await recipientType(owner.id)),
    convert: (owner, to) => setMailbox(exchange, owner, to, now),
  };
}

/** What Exchange says of a mailbox; null when it knows none for the account. Throws `RequestFailed`. */
export async function getMailbox(exchange: Transport, owner: Owner): Promise<SeenMailbox | null> {
  try {
    const [mailbox] = await runCmdlet(exchange, {
      source: 'mailbox',
      name: 'Get-Mailbox',
      parameters: { Identity: owner.id },
      ...anchorOf(owner),
      repeatable: true,
    });
    return mailbox === undefined ? null : seenMailbox(mailbox, owner);
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** 401 without Exchange.ManageAsApp, 403 without a role in Exchange, or with one that has no such cmdlet. */
export function mayNotAsk(error: unknown): boolean {
  return error instanceof RequestFailed && (error.status === 401 || error.status === 403);
}

/** Only when both say so there is none: a licence that goes on a wrong `none` takes the mail with it. */
function confirmedAbsence(recipientType: RecipientType): SeenMailbox {
  const isAbsent = recipientType === 'none';
  return { recipientType: isAbsent ? 'none' : 'unknown', onHold: null, hasArchive: null };
}

/** Runs Set-Mailbox; asking again for what is so already does no harm. */
async function setMailbox(
  exchange: Transport,
  owner: Owner,
  to: 'shared' | 'user',
  now: () => Date,
): Promise<Receipt> {
  const noted = notingRequestId(exchange);
  try {
    await runCmdlet(noted.link, {
      source: 'mailbox',
      name: 'Set-Mailbox',
      parameters: { Identity: owner.id, Type: to === 'shared' ? 'Shared' : 'Regular' },
      ...anchorOf(owner),
      repeatable: true,
    });
  } catch (error) {
    throw error instanceof RequestFailed ? notConverted(owner, to, error) : error;
  }
  return { requestId: noted.requestId(), at: now().toISOString() };
}

const types: Readonly<Record<string, RecipientType>> = {
  usermailbox: 'user',
  linkedmailbox: 'user',
  legacymailbox: 'user',
  sharedmailbox: 'shared',
  roommailbox: 'room',
  equipmentmailbox: 'equipment',
};

function seenMailbox(mailbox: unknown, { id }: Owner): SeenMailbox {
  const where = `Get-Mailbox ${id}`;
  const fields = fieldsOf(mailbox, where);
  const archive = textOrNull(fields, 'ArchiveStatus', where);
  return {
    recipientType: types[textOrNull(fields, 'RecipientTypeDetails', where)?.toLowerCase() ?? ''] ?? 'unknown',
    onHold: isOnHold(fields.LitigationHoldEnabled, listOrEmpty(fields, 'InPlaceHolds', where)),
    hasArchive: archive === null ? null : archive.toLowerCase() !== 'none',
  };
}

/** Holds of eDiscovery and of retention policies keep needing the plan, too. An entry with a minus takes the mailbox out of one. */
function isOnHold(litigationHold: unknown, inPlaceHolds: readonly unknown[]): boolean | null {
  if (inPlaceHolds.some((hold) => !String(hold).startsWith('-'))) return true;
  return typeof litigationHold === 'boolean' ? litigationHold : null;
}

/** The name of the exception is in the text wherever the error stands; a proxy's 404 has no such name. */
function isNotFound(error: unknown): boolean {
  return error instanceof RequestFailed && /ManagementObjectNotFound|couldn't be found/i.test(error.message);
}

function notConverted({ id }: Owner, to: 'shared' | 'user', cause: RequestFailed): DormantError {
  const kind = to === 'shared' ? 'a shared mailbox' : 'a user mailbox';
  return new DormantError('mailbox-not-converted', `Exchange did not make it ${kind}: ${cause.message}`, {
    where: `Set-Mailbox ${id}`,
    remedy: mayNotAsk(cause)
      ? 'Give the apply its role in Exchange (`dormant doctor` says how), or set mailbox.convert: manual.'
      : 'Convert it by hand in the Exchange admin centre, or run the apply again.',
    cause,
  });
}

/**
 * Routes the request to the server that holds the mailbox, so that a read sees the write before it. A header holds no other
 * letters than these, and the tenant's own server knows every mailbox, a little later.
 */
function anchorOf({ userPrincipalName }: Owner): { anchor?: string } {
  return /^[\x21-\x7e]+$/.test(userPrincipalName) ? { anchor: `UPN:${userPrincipalName}` } : {};
}

function notingRequestId(link: Transport): { link: Transport; requestId(): string } {
  let requestId = '';
  const send: Transport['send'] = async (request) => {
    const response = await link.send(request);
    requestId = response.requestId;
    return response;
  };
  return { link: { ...link, send }, requestId: () => requestId };
}
