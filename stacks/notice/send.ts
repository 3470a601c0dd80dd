// Sends the notices: each once, to whom the rules allow. Between the provider and the tenant's mail.
import type { TenantReader } from '../tenant/reader.ts';
import { dayAt } from './day-at.ts';
import { type DeliveryContext, type DraftedNotice, deliverInTurn, type SentNotice } from './deliver.ts';
import type { HrNotice, Telling } from './hr.ts';
import { type LetterContext, letterFor } from './letter.ts';
import { messageOf } from './message.ts';
import { type ManagerNotice, noticeName } from './notice.ts';
import { type RecipientRules, recipientOf } from './recipient.ts';
import { draftForHr, type HrOutcome, settleHr } from './send-hr.ts';

export interface NoticeContext
  extends DeliveryContext,
    RecipientRules,
    Pick<LetterContext, 'stages' | 'repositoryUrl'> {
  reader: Pick<TenantReader, 'addressee'>;
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
  /** The same about executives, to HR. */
  draftHr(notice: HrNotice, told: readonly Telling[]): Promise<DraftedNotice | null>;
  sendHr(notice: HrNotice, told: readonly Telling[]): Promise<HrOutcome>;
}

export function noticeSender(context: NoticeContext): NoticeSender {
  const deliver = deliverInTurn(context);
  return {
    draft: (notice, told) => draftOf(notice, told, context),
    async send(notice, told) {
      return { told: idsOf(notice), mail: await deliver(() => draftOf(notice, told, context)) };
    },
    draftHr: (notice, told) => draftForHr(notice, told, context),
    async sendHr(notice, told) {
      const mail = await deliver(() => draftForHr(notice, told, context));
      return settleHr(notice, told, mail, context);
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

function idsOf({ people }: ManagerNotice): string[] {
  return people.map(({ id }) => id);
}
