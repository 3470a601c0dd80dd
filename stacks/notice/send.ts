// Sends the notices: each once, one at a time, to whom the rules allow. Between the provider and the tenant's mail.
import { RequestFailed } from '../../graph/failure.ts';
import { type Pace, pace } from '../../graph/pace.ts';
import type { Transport } from '../../graph/transport.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import type { Receipt } from '../tenant/outcome.ts';
import type { TenantReader } from '../tenant/reader.ts';
import { dayAt } from './day-at.ts';
import type { NoticeJournal } from './journal.ts';
import { type LetterContext, letterFor } from './letter.ts';
import { type Message, messageOf } from './message.ts';
import { type ManagerNotice, noticeName } from './notice.ts';
import { type Recipient, type RecipientRules, recipientOf } from './recipient.ts';

export interface NoticeContext extends RecipientRules, Pick<LetterContext, 'stages' | 'repositoryUrl'> {
  graph: Transport;
  reader: Pick<TenantReader, 'addressee'>;
  journal: NoticeJournal;
  tenant: Pick<Tenant, 'notifications' | 'timeZone'>;
  now(): Date;
  /** Kept by all notices of a run; Exchange's own limit unless a test is in a hurry. */
  pace?: Pace;
}

/** A mail that is ready to be read and sent. */
export interface DraftedNotice {
  name: string;
  recipient: Recipient;
  message: Message;
  /** Ids of the accounts that it is about. */
  people: readonly string[];
  /** An earlier run died while it sent it: it may have arrived before. */
  mayBeSecond: boolean;
}

export interface SentNotice extends Receipt {
  to: string;
  /** Why it did not go to the manager; null: it did. */
  because: string | null;
  subject: string;
  people: readonly string[];
  /** An earlier run died while it sent it: it may have arrived before. */
  mayBeSecond: boolean;
}

export interface NoticeOutcome {
  /** Ids of all accounts that somebody has been told of by now; the next run's `told`. */
  told: readonly string[];
  /** null: everybody had been told of before. */
  mail: SentNotice | null;
}

export interface NoticeSender {
  /** What `send` would send; null: nothing. Reads only. */
  draft(notice: ManagerNotice, told: readonly string[]): Promise<DraftedNotice | null>;
  /** Throws `DormantError` when it was not sent, or when nobody can tell. */
  send(notice: ManagerNotice, told: readonly string[]): Promise<NoticeOutcome>;
}

/** Exchange takes 30 messages a minute from a mailbox: 10 at once and 20 a minute never make more. */
const mailPace = (): Pace => pace({ burst: 10, perSecond: 20 / 60 });

export function noticeSender(context: NoticeContext): NoticeSender {
  const { graph, pace: slowly = mailPace() } = context;
  let queue: Promise<unknown> = Promise.resolve();
  return {
    draft: (notice, told) => draftOf(notice, told, context),
    send(notice, told) {
      const sent = queue.then(async () => {
        const draft = await draftOf(notice, told, context);
        if (draft === null) return { told: idsOf(notice), mail: null };
        await slowly.take(1, graph.signal);
        return { told: idsOf(notice), mail: await deliver(draft, context) };
      });
      queue = sent.catch(() => {});
      return sent;
    },
  };
}

/** About those of whom nobody has been told yet: somebody who joins a wave later gets a mail of their own. */
async function draftOf(
  notice: ManagerNotice,
  told: readonly string[],
  context: NoticeContext,
): Promise<DraftedNotice | null> {
  const { reader, journal, tenant, now } = context;
  const name = noticeName(notice);
  const { sent, unsure } = await journal.told(name);
  const people = notice.people.filter(({ id }) => !told.includes(id) && !sent.has(id));
  if (people.length === 0) return null;
  const found = notice.manager === null ? null : await reader.addressee(notice.manager.mail);
  const recipient = recipientOf(notice, found, context);
  const letter = letterFor({ ...notice, people }, recipient, {
    ...context,
    today: dayAt(now(), 'UTC'),
    timeZone: tenant.timeZone,
    replyTo: tenant.notifications.replyTo,
  });
  const message = await messageOf(letter);
  const mayBeSecond = people.some(({ id }) => unsure.has(id));
  return { name, recipient, message, people: people.map(({ id }) => id), mayBeSecond };
}

/** Entered before and after, so that the time in which a crash can cause a second mail is the request itself. */
async function deliver(draft: DraftedNotice, context: NoticeContext): Promise<SentNotice> {
  const { journal, now } = context;
  const { name, recipient, message, people, mayBeSecond } = draft;
  const entry = { notice: name, people, at: now().toISOString() };
  await journal.enter({ ...entry, state: 'sending', requestId: '' });
  const requestId = await post(draft, context);
  await journal.enter({ ...entry, state: 'sent', requestId });
  return {
    requestId,
    at: entry.at,
    to: recipient.address,
    because: recipient.because,
    subject: message.subject,
    people,
    mayBeSecond,
  };
}

async function post(draft: DraftedNotice, { graph, tenant }: NoticeContext): Promise<string> {
  const { sender, replyTo } = tenant.notifications;
  try {
    const { requestId } = await graph.send({
      source: 'notices',
      method: 'POST',
      path: `/users/${encodeURIComponent(sender)}/sendMail`,
      body: { message: graphMessage(draft, replyTo), saveToSentItems: true },
      repeatable: false,
    });
    return requestId;
  } catch (error) {
    throw error instanceof RequestFailed ? notSent(sender, draft, error) : error;
  }
}

/** Addresses without names, so that a name cannot pass for an address. Vacation replies would drown the objections. */
function graphMessage({ name, recipient, message }: DraftedNotice, replyTo: string) {
  return {
    subject: message.subject,
    body: { contentType: 'HTML', content: message.html },
    toRecipients: [{ emailAddress: { address: recipient.address } }],
    replyTo: [{ emailAddress: { address: replyTo } }],
    internetMessageHeaders: [
      { name: 'x-dormant-notice', value: name },
      { name: 'x-auto-response-suppress', value: 'OOF, AutoReply' },
    ],
  };
}

function notSent(sender: string, { recipient }: DraftedNotice, cause: RequestFailed): DormantError {
  const isUnsure = cause.status === null || cause.status >= 500;
  const what = isUnsure ? 'Nobody can tell whether the notice left' : 'The notice was not sent';
  return new DormantError('notice-not-sent', `${what} for ${recipient.address}: ${cause.message}`, {
    where: `sender ${sender}`,
    remedy: isUnsure
      ? 'Run the apply again; if it did leave, it arrives twice.'
      : 'Check that the sender has a mailbox and that the apply may send from it (`dormant doctor`).',
    cause,
  });
}

function idsOf({ people }: ManagerNotice): string[] {
  return people.map(({ id }) => id);
}
