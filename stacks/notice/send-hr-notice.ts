// The one mail to HR about executives who are new on the stack's list: its draft, and what is known after it is sent.
import { type Day, toUtcDay } from '../../policy/evidence.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { ApplyReader } from '../tenant/apply-reader.ts';
import type { DeliveryContext, DraftedNotice, SentNotice } from './deliver.ts';
import { buildHrLetter } from './hr-letter.ts';
import { type HrNotice, hrNoticeName, listNewExecutives, type NotifiedExecutive, pruneNotified } from './hr-notice.ts';
import type { HrNoticeOutputs } from './hr-notice-state.ts';
import type { NoticeJournal } from './journal.ts';
import { renderMessage } from './message.ts';
import { chooseHrRecipient } from './recipient.ts';

export interface HrOutcome {
  /** Who has been reported to HR by now; the next run's `told`. */
  told: readonly NotifiedExecutive[];
  /** null: nobody was new, or HR has no contact. */
  mail: SentNotice | null;
}

interface HrContext extends DeliveryContext {
  today: Day;
  reader: Pick<ApplyReader, 'findAddressee'>;
  notifications: Policy['notifications'];
}

/** Only reads. The journal knows what an earlier run sent without saving it in the state. */
export async function draftHrNotice(
  notice: HrNotice,
  { told, unsure }: Required<HrNoticeOutputs>,
  context: HrContext,
): Promise<DraftedNotice | null> {
  const { reader, journal, tenant, notifications } = context;
  const people = listNewExecutives(notice, [...told, ...(await readNotified(journal))]);
  const { hrContact } = notice;
  if (people.length === 0 || hrContact === null) return null;
  const found = await reader.findAddressee(hrContact);
  const recipient = chooseHrRecipient(hrContact, found, { people, notifications });
  const letter = buildHrLetter(people, recipient, {
    today: context.today,
    replyTo: tenant.notifications.replyTo,
    keepDays: notice.keepDays,
  });
  const { unsure: unsureHere } = await journal.readSent(hrNoticeName);
  return {
    name: hrNoticeName,
    recipient,
    message: renderMessage(letter),
    people: people.map(({ id }) => id),
    mayBeSecond: people.some(({ id }) => unsureHere.has(id) || unsure.includes(id)),
  };
}

export async function buildHrOutcome(
  notice: HrNotice,
  { told, mail }: HrOutcome,
  context: HrContext,
): Promise<HrOutcome> {
  const known = [...told, ...(await readNotified(context.journal))];
  return { told: pruneNotified(known, notice, context.today), mail };
}

async function readNotified(journal: NoticeJournal): Promise<NotifiedExecutive[]> {
  const { sent } = await journal.readSent(hrNoticeName);
  return [...sent].map(([id, at]) => ({ id, on: toUtcDay(new Date(at)) }));
}
