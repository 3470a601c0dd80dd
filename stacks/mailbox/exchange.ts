// Mailboxes through Exchange Online's own cmdlets. Microsoft documents no contract for this endpoint, so nothing outside of this
// file and the reads beside it knows of it.
import { mayNotRun, runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/failure.ts';
import { noRequest, type RequestIds } from '../../graph/request-ids.ts';
import type { Transport } from '../../graph/transport.ts';
import { DormantError } from '../../policy/errors.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { Receipt } from '../tenant/outcome.ts';
import { anchorOf, getMailbox, getStorageUsed, organizationHolds } from './exchange-reads.ts';
import type { Mailboxes, Owner, SeenMailbox } from './mailboxes.ts';

export interface ExchangeOptions {
  exchange: Transport;
  /** Graph's word for the mailbox, which is asked where Exchange finds none. */
  recipientType(id: string): Promise<RecipientType>;
  now(): Date;
}

export function exchangeMailboxes({ exchange, recipientType, now }: ExchangeOptions): Mailboxes {
  const organization = organizationHolds(exchange);
  return {
    way: 'exchange',
    look: async (owner) =>
      (await getMailbox(exchange, owner, organization)) ?? confirmedAbsence(await recipientType(owner.id)),
    storageUsed: (owner) => getStorageUsed(exchange, owner),
    convert: (owner, to) => setMailbox(exchange, owner, to, now),
  };
}

/** Only when both say so there is none: a licence that goes on a wrong `none` takes the mail with it. */
function confirmedAbsence(recipientType: RecipientType): SeenMailbox {
  const isAbsent = recipientType === 'none';
  return { recipientType: isAbsent ? 'none' : 'unknown', hold: null, hasArchive: null };
}

/** Runs Set-Mailbox; asking again for what is so already does no harm. */
async function setMailbox(
  exchange: Transport,
  owner: Owner,
  to: 'shared' | 'user',
  now: () => Date,
): Promise<Receipt> {
  const noted = notingRequest(exchange);
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
  return { ...noted.ids(), at: now().toISOString() };
}

function notConverted({ id }: Owner, to: 'shared' | 'user', cause: RequestFailed): DormantError {
  const kind = to === 'shared' ? 'a shared mailbox' : 'a user mailbox';
  return new DormantError('mailbox-not-converted', `Exchange did not make it ${kind}: ${cause.message}`, {
    where: `Set-Mailbox ${id}`,
    remedy: mayNotRun(cause)
      ? 'Give the apply its role in Exchange (`dormant doctor` says how), or set mailbox.convert: manual.'
      : 'Convert it by hand in the Exchange admin centre, or run the apply again.',
    cause,
  });
}

function notingRequest(link: Transport): { link: Transport; ids(): RequestIds } {
  let ids = noRequest;
  const send: Transport['send'] = async (request) => {
    const response = await link.send(request);
    ids = { requestId: response.requestId, clientRequestId: response.clientRequestId, batch: null };
    return response;
  };
  return { link: { ...link, send }, ids: () => ids };
}
