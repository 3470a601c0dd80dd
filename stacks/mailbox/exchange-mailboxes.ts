// Mailboxes through Exchange Online's own cmdlets. Microsoft documents no contract for this endpoint, so only this file and
// exchange-reads.ts know it.
import { mayNotRun, runCmdlet } from '../../graph/cmdlet.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { noRequest, type RequestIds } from '../../graph/request-ids.ts';
import type { Transport } from '../../graph/transport.ts';
import { DormantError } from '../../policy/errors.ts';
import type { RecipientType } from '../../policy/schemas/account.ts';
import type { Receipt } from '../tenant/outcome.ts';
import { buildAnchor, createOrganizationHoldsReader, readMailbox, readStorageUsed } from './exchange-reads.ts';
import type { MailboxClient, Owner, SeenMailbox } from './mailbox-client.ts';

export interface ExchangeOptions {
  exchange: Transport;
  /** The mailbox's kind by Graph, asked where Exchange finds none. */
  readRecipientType(id: string): Promise<RecipientType>;
  now(): Date;
}

export function createExchangeMailboxes({ exchange, readRecipientType, now }: ExchangeOptions): MailboxClient {
  const organization = createOrganizationHoldsReader(exchange);
  return {
    way: 'exchange',
    look: async (owner) =>
      (await readMailbox(exchange, owner, organization)) ?? confirmAbsence(await readRecipientType(owner.id)),
    readStorageUsed: (owner) => readStorageUsed(exchange, owner),
    convert: (owner, to) => setMailbox({ exchange, now }, owner, to),
  };
}

/** None only if both say so: a licence removed on a wrong `none` takes the mail with it. */
function confirmAbsence(recipientType: RecipientType): SeenMailbox {
  const isAbsent = recipientType === 'none';
  return { recipientType: isAbsent ? 'none' : 'unknown', hold: null, hasArchive: null };
}

/** Runs Set-Mailbox; repeating it does no harm. */
async function setMailbox(
  { exchange, now }: Pick<ExchangeOptions, 'exchange' | 'now'>,
  owner: Owner,
  to: 'shared' | 'user',
): Promise<Receipt> {
  const noted = recordRequestIds(exchange);
  try {
    await runCmdlet(noted.link, {
      source: 'mailbox',
      name: 'Set-Mailbox',
      parameters: { Identity: owner.id, Type: to === 'shared' ? 'Shared' : 'Regular' },
      ...buildAnchor(owner),
      repeatable: true,
    });
  } catch (error) {
    throw error instanceof RequestFailed ? buildNotConvertedError(owner, to, error) : error;
  }
  return { ...noted.getIds(), at: now().toISOString() };
}

function buildNotConvertedError({ id }: Owner, to: 'shared' | 'user', cause: RequestFailed): DormantError {
  const kind = to === 'shared' ? 'a shared mailbox' : 'a user mailbox';
  return new DormantError('mailbox-not-converted', `Exchange did not make it ${kind}: ${cause.message}`, {
    where: `Set-Mailbox ${id}`,
    remedy: mayNotRun(cause)
      ? 'Give the apply its role in Exchange (`dormant doctor` says how), or set mailbox.convert: manual.'
      : 'Convert it by hand in the Exchange admin centre, or run the apply again.',
    cause,
  });
}

function recordRequestIds(link: Transport): { link: Transport; getIds(): RequestIds } {
  let ids = noRequest;
  const send: Transport['send'] = async (request) => {
    const response = await link.send(request);
    ids = { requestId: response.requestId, clientRequestId: response.clientRequestId, batch: null };
    return response;
  };
  return { link: { ...link, send }, getIds: () => ids };
}
