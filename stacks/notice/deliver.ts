// Sends drafted mails, one at a time: recorded in the journal before and after, never repeated automatically.
import { createRateLimiter, type RateLimiter } from '../../graph/rate-limit.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import type { Receipt } from '../tenant/outcome.ts';
import type { TenantWriter } from '../tenant/tenant-writer.ts';
import type { NoticeJournal } from './journal.ts';
import type { MailMessage } from './message.ts';
import type { Recipient } from './recipient.ts';

/** A mail that is ready to be read and sent. */
export interface DraftedNotice {
  name: string;
  recipient: Recipient;
  message: MailMessage;
  /** Ids of the accounts in it. */
  people: readonly string[];
  /** An earlier run died while sending it: it may have arrived already. */
  mayBeSecond: boolean;
}

export interface SentNotice extends Receipt {
  to: string;
  /** Why it did not go to the manager; null: it did. */
  because: string | null;
  subject: string;
  people: readonly string[];
  /** An earlier run died while sending it: it may have arrived already. */
  mayBeSecond: boolean;
}

export interface DeliveryContext {
  writer: Pick<TenantWriter, 'sendMail'>;
  signal: AbortSignal | undefined;
  journal: NoticeJournal;
  tenant: Pick<Tenant, 'notifications' | 'timeZone'>;
  now(): Date;
  /** Shared by all mails of a run; by default Exchange's own limit. */
  pace?: RateLimiter;
}

/** The mails are drafted when their turn comes; none: there was nothing to send. Throws `DormantError` as `send` does. */
type Delivery = (draft: () => Promise<readonly DraftedNotice[]>) => Promise<SentNotice[]>;

/** Exchange takes 30 messages a minute from a mailbox: 10 at once and 20 a minute never make more. */
const createMailPace = (): RateLimiter => createRateLimiter({ burst: 10, perSecond: 20 / 60 });

export function createDelivery(context: DeliveryContext): Delivery {
  const { signal, pace = createMailPace() } = context;
  let queue: Promise<unknown> = Promise.resolve();
  return (draft) => {
    const sent = queue.then(async () => {
      const mails: SentNotice[] = [];
      for (const drafted of await draft()) {
        await pace.take(1, signal);
        mails.push(await deliver(drafted, context));
      }
      return mails;
    });
    queue = sent.catch(() => {});
    return sent;
  };
}

/** Recorded before and after, so that a crash can cause a second mail only during the request itself. */
async function deliver(draft: DraftedNotice, context: DeliveryContext): Promise<SentNotice> {
  const { journal, now } = context;
  const { name, recipient, message, people, mayBeSecond } = draft;
  const entry = { notice: name, people, at: now().toISOString() };
  await journal.append({ ...entry, state: 'sending', requestId: '' });
  const receipt = await sendMail(draft, context);
  await journal.append({ ...entry, state: 'sent', requestId: receipt.requestId });
  return {
    ...receipt,
    at: entry.at,
    to: recipient.address,
    because: recipient.because,
    subject: message.subject,
    people,
    mayBeSecond,
  };
}

async function sendMail(draft: DraftedNotice, { writer, tenant }: DeliveryContext): Promise<Receipt> {
  const { sender, replyTo } = tenant.notifications;
  try {
    return await writer.sendMail(sender, toGraphMessage(draft, replyTo));
  } catch (error) {
    throw error instanceof RequestFailed ? buildNotSentError(sender, draft, error) : error;
  }
}

/** Where a mail says which notice it is of. */
export const noticeHeader = 'x-dormant-notice';

/** Addresses without names, so that no name can pass for an address. Automatic replies would bury the objections. */
function toGraphMessage({ name, recipient, message }: DraftedNotice, replyTo: string) {
  return {
    subject: message.subject,
    body: { contentType: 'HTML', content: message.html },
    toRecipients: [{ emailAddress: { address: recipient.address } }],
    replyTo: [{ emailAddress: { address: replyTo } }],
    internetMessageHeaders: [
      { name: noticeHeader, value: name },
      { name: 'x-auto-response-suppress', value: 'OOF, AutoReply' },
    ],
  };
}

function buildNotSentError(sender: string, { recipient }: DraftedNotice, cause: RequestFailed): DormantError {
  const isUnsure = cause.status === null || cause.status >= 500;
  const what = isUnsure ? 'It is unknown whether the notice left' : 'The notice was not sent';
  return new DormantError('notice-not-sent', `${what} for ${recipient.address}: ${cause.message}`, {
    where: `sender ${sender}`,
    remedy: isUnsure
      ? 'Run the apply again; if it did leave, it arrives twice.'
      : 'Check that the sender has a mailbox and that the apply may send from it (`dormant doctor`).',
    cause,
  });
}
