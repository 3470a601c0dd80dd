// Sends the notices: each once, to those whom the rules allow. Between the provider and the tenant's mail.
import type { IdKey } from '../../policy/identifiers.ts';
import type { ApplyReader } from '../tenant/apply-reader.ts';
import { createDelivery, type DeliveryContext, type DraftedNotice, type SentNotice } from './deliver.ts';
import type { HrNotice, NotifiedExecutive } from './hr-notice.ts';
import { buildLetter, type LetterContext } from './letter.ts';
import { buildNoticeName, type ManagerNotice } from './manager-notice.ts';
import { renderMessage } from './message.ts';
import { chooseRecipient, type RecipientRules } from './recipient.ts';
import { buildHrOutcome, draftHrNotice, type HrOutcome } from './send-hr-notice.ts';

export interface NoticeContext
  extends DeliveryContext,
    RecipientRules,
    Pick<LetterContext, 'today' | 'stages' | 'repositoryUrl'> {
  reader: Pick<ApplyReader, 'findAddressee'>;
}

interface NoticeOutcome {
  /** Ids of all accounts reported so far; the next run's `told`. */
  told: readonly IdKey[];
  /** null: all had been reported before. */
  mail: SentNotice | null;
}

export interface NoticeSender {
  /** What `send` would send; null: nothing. Only reads. */
  draft(notice: ManagerNotice, told: readonly IdKey[]): Promise<DraftedNotice | null>;
  /** Throws `DormantError` when it was not sent, or that is unknown. */
  send(notice: ManagerNotice, told: readonly IdKey[]): Promise<NoticeOutcome>;
  /** The same for executives, to HR. */
  draftHr(notice: HrNotice, told: readonly NotifiedExecutive[]): Promise<DraftedNotice | null>;
  sendHr(notice: HrNotice, told: readonly NotifiedExecutive[]): Promise<HrOutcome>;
}

export function createNoticeSender(context: NoticeContext): NoticeSender {
  const deliver = createDelivery(context);
  return {
    draft: (notice, told) => draftNotice(notice, told, context),
    async send(notice, told) {
      return { told: listIds(notice), mail: await deliver(() => draftNotice(notice, told, context)) };
    },
    draftHr: (notice, told) => draftHrNotice(notice, told, context),
    async sendHr(notice, told) {
      const mail = await deliver(() => draftHrNotice(notice, told, context));
      return buildHrOutcome(notice, { told, mail }, context);
    },
  };
}

/** Only those who have not been reported yet: somebody who joins a wave later gets a mail of their own. */
async function draftNotice(
  notice: ManagerNotice,
  told: readonly IdKey[],
  context: NoticeContext,
): Promise<DraftedNotice | null> {
  const { reader, journal, tenant } = context;
  const name = buildNoticeName(notice);
  const { sent, unsure } = await journal.readSent(name);
  const people = notice.people.filter(({ id }) => !told.includes(id) && !sent.has(id));
  if (people.length === 0) return null;
  const found = notice.manager === null ? null : await reader.findAddressee(notice.manager.mail);
  const recipient = chooseRecipient(notice, found, context);
  const letter = buildLetter({ ...notice, people }, recipient, {
    ...context,
    timeZone: tenant.timeZone,
    replyTo: tenant.notifications.replyTo,
  });
  const message = renderMessage(letter);
  const mayBeSecond = people.some(({ id }) => unsure.has(id));
  return { name, recipient, message, people: people.map(({ id }) => id), mayBeSecond };
}

function listIds({ people }: ManagerNotice): IdKey[] {
  return people.map(({ id }) => id);
}
