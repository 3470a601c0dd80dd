// The one mail to HR about executives who are new on the stack's list: drafted, and what is known once it is sent.
import type { Day } from '../../policy/evidence.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { TenantReader } from '../tenant/reader.ts';
import { dayAt } from './day-at.ts';
import type { DeliveryContext, DraftedNotice, SentNotice } from './deliver.ts';
import { findUntold, type HrNotice, hrNoticeName, keepTold, type Telling } from './hr.ts';
import { hrLetterFor } from './hr-letter.ts';
import type { NoticeJournal } from './journal.ts';
import { messageOf } from './message.ts';
import { hrRecipientOf } from './recipient.ts';

export interface HrOutcome {
  /** Of whom HR has been told by now; the next run's `told`. */
  told: readonly Telling[];
  /** null: there was nobody to tell of, or to tell. */
  mail: SentNotice | null;
}

interface HrContext extends DeliveryContext {
  reader: Pick<TenantReader, 'addressee'>;
  notifications: Policy['notifications'];
}

/** Reads only. What an earlier run has sent and not brought into the state, the journal knows. */
export async function draftForHr(
  notice: HrNotice,
  told: readonly Telling[],
  context: HrContext,
): Promise<DraftedNotice | null> {
  const { reader, journal, tenant, notifications } = context;
  const people = findUntold(notice, [...told, ...(await tellingsIn(journal))]);
  const { hrContact } = notice;
  if (people.length === 0 || hrContact === null) return null;
  const found = await reader.addressee(hrContact);
  const recipient = hrRecipientOf(hrContact, found, { people, notifications });
  const letter = hrLetterFor(people, recipient, {
    today: todayIn(context),
    replyTo: tenant.notifications.replyTo,
    keepDays: notice.keepDays,
  });
  const { unsure } = await journal.told(hrNoticeName);
  return {
    name: hrNoticeName,
    recipient,
    message: await messageOf(letter),
    people: people.map(({ id }) => id),
    mayBeSecond: people.some(({ id }) => unsure.has(id)),
  };
}

export async function settleHr(
  notice: HrNotice,
  told: readonly Telling[],
  mail: SentNotice | null,
  context: HrContext,
): Promise<HrOutcome> {
  const known = [...told, ...(await tellingsIn(context.journal))];
  return { told: keepTold(known, notice, todayIn(context)), mail };
}

async function tellingsIn(journal: NoticeJournal): Promise<Telling[]> {
  const { sent } = await journal.told(hrNoticeName);
  return [...sent].map(([id, at]) => ({ id, on: dayAt(new Date(at), 'UTC') }));
}

function todayIn({ now }: HrContext): Day {
  return dayAt(now(), 'UTC');
}
