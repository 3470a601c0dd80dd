// The one mail to HR about executives who are new on the stack's list: drafted, and what is known once it is sent.
import type { Day } from '../../policy/evidence.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { ApplyReader } from '../tenant/apply-reader.ts';
import { toDayInZone } from './day-in-zone.ts';
import type { DeliveryContext, DraftedNotice, SentNotice } from './deliver.ts';
import { buildHrLetter } from './hr-letter.ts';
import {
  type HrNotice,
  hrNoticeName,
  listNewExecutives,
  type NotifiedExecutive,
  pruneNotified,
} from './hr-notice.ts';
import type { NoticeJournal } from './journal.ts';
import { renderMessage } from './message.ts';
import { chooseHrRecipient } from './recipient.ts';

export interface HrOutcome {
  /** Of whom HR has been told by now; the next run's `told`. */
  told: readonly NotifiedExecutive[];
  /** null: there was nobody to tell of, or to tell. */
  mail: SentNotice | null;
}

interface HrContext extends DeliveryContext {
  reader: Pick<ApplyReader, 'findAddressee'>;
  notifications: Policy['notifications'];
}

/** Reads only. What an earlier run has sent and not brought into the state, the journal knows. */
export async function draftHrNotice(
  notice: HrNotice,
  told: readonly NotifiedExecutive[],
  context: HrContext,
): Promise<DraftedNotice | null> {
  const { reader, journal, tenant, notifications } = context;
  const people = listNewExecutives(notice, [...told, ...(await readNotified(journal))]);
  const { hrContact } = notice;
  if (people.length === 0 || hrContact === null) return null;
  const found = await reader.findAddressee(hrContact);
  const recipient = chooseHrRecipient(hrContact, found, { people, notifications });
  const letter = buildHrLetter(people, recipient, {
    today: getToday(context),
    replyTo: tenant.notifications.replyTo,
    keepDays: notice.keepDays,
  });
  const { unsure } = await journal.readSent(hrNoticeName);
  return {
    name: hrNoticeName,
    recipient,
    message: await renderMessage(letter),
    people: people.map(({ id }) => id),
    mayBeSecond: people.some(({ id }) => unsure.has(id)),
  };
}

export async function buildHrOutcome(
  notice: HrNotice,
  { told, mail }: HrOutcome,
  context: HrContext,
): Promise<HrOutcome> {
  const known = [...told, ...(await readNotified(context.journal))];
  return { told: pruneNotified(known, notice, getToday(context)), mail };
}

async function readNotified(journal: NoticeJournal): Promise<NotifiedExecutive[]> {
  const { sent } = await journal.readSent(hrNoticeName);
  return [...sent].map(([id, at]) => ({ id, on: toDayInZone(new Date(at), 'UTC') }));
}

function getToday({ now }: HrContext): Day {
  return toDayInZone(now(), 'UTC');
}
