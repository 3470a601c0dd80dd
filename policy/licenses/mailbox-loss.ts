// Whether a mailbox that this pipeline shared loses its mail: a user mailbox again, without a licence for it. Pure. Hybrid
// mailboxes do so by themselves days or weeks later (Microsoft, "Convert a user mailbox to a shared mailbox").
import { addDays, type Day, type Evidence } from '../evidence.ts';
import { isOwnConversion } from '../files/stage.ts';
import type { AccountFile, MailboxFacts } from '../schemas/account.ts';
import { mailboxDays } from './microsoft-clocks.ts';

/**
 * `safe`: its mail stays. `licensed`: a user mailbox again, kept by a licence. `losing`: its mail will go. `lost`: it has
 * gone. `unknown`: the kind of mailbox could not be read.
 */
export type MailboxState =
  | { kind: 'safe' | 'licensed' | 'unknown' }
  | { kind: 'losing'; how: 'user' | 'deleted' | 'not-found'; facts: MailboxFacts }
  | { kind: 'lost'; on: Day };

/** Whether the audit watches it: delicensed, with a mailbox that this pipeline shared. */
export function isWatched({ stage, desired, restore }: AccountFile): boolean {
  const isAsked = desired.mailbox === 'shared';
  return stage === 'delicense' && isAsked && isOwnConversion(restore, { isAsked, isBegun: true });
}

/** Of a mailbox that this pipeline has shared. `restore`: what it was before that. */
export function judgeMailboxState(
  { mailbox, licenses }: Pick<Evidence, 'mailbox' | 'licenses'>,
  { restore }: Pick<AccountFile, 'restore'>,
  today: Day,
): MailboxState {
  const { recipientType, disconnectedOn } = mailbox;
  if (hasMailboxLicense({ licenses })) return { kind: recipientType === 'user' ? 'licensed' : 'safe' };
  switch (recipientType) {
    case 'user':
      return computeMailboxLoss(disconnectedOn === undefined ? 'user' : 'deleted', disconnectedOn ?? null, today);
    case 'none':
    case 'unknown':
      if (disconnectedOn !== undefined) return computeMailboxLoss('deleted', disconnectedOn, today);
      // A mailbox that was never seen is not missed.
      if (restore.mailbox !== 'user') return { kind: recipientType === 'none' ? 'safe' : 'unknown' };
      if (recipientType === 'none' || mailbox.isMissing) return computeMailboxLoss('not-found', null, today);
      return { kind: 'unknown' };
    default:
      return { kind: 'safe' };
  }
}

/** However it was assigned, the mailbox keeps its mail. */
export function hasMailboxLicense({ licenses }: Pick<Evidence, 'licenses'>): boolean {
  return licenses.some(({ carries, doubt }) => carries.mailbox !== null && doubt !== 'in-error');
}

/** Where the day of the disconnection is unknown, it can be any of the last 30. */
function computeMailboxLoss(
  how: 'user' | 'deleted' | 'not-found',
  disconnectedOn: Day | null,
  today: Day,
): MailboxState {
  const latest = addDays(today, mailboxDays);
  if (disconnectedOn === null || disconnectedOn > today)
    return { kind: 'losing', how, facts: { lostFrom: addDays(today, 1), lostBy: latest } };
  const on = addDays(disconnectedOn, mailboxDays);
  return on < today ? { kind: 'lost', on } : { kind: 'losing', how, facts: { lostFrom: on, lostBy: on } };
}

/** An earlier audit's finding narrows it down: looking again does not reset the days. */
export function narrowMailboxFacts(found: MailboxFacts, known: MailboxFacts | undefined): MailboxFacts {
  if (known === undefined || known.lostBy >= found.lostBy) return found;
  const [lostFrom = known.lostFrom] = [known.lostFrom, found.lostFrom].sort();
  return { lostFrom, lostBy: known.lostBy };
}

/** As the end of a sentence about the mailbox, with ISO days. */
export function describeMailLoss({ lostFrom, lostBy }: MailboxFacts): string {
  return lostFrom === lostBy
    ? `its mail is lost on ${lostBy}`
    : `its mail can be lost from ${lostFrom} on and is lost by ${lostBy}`;
}

const lossWords = {
  user: 'its mailbox is a user mailbox again: without a licence',
  deleted: 'its mailbox is a user mailbox again and was disconnected: without a licence',
  'not-found': 'its mailbox is not found any more: unless it is gone already, without a licence',
};

/** `its mailbox is a user mailbox again: without a licence its mail is lost on 2026-12-27`. */
export function describeMailboxLoss(how: keyof typeof lossWords, facts: MailboxFacts, today: Day): string {
  return facts.lostBy < today
    ? `its mailbox was not saved in time: its mail is lost since ${facts.lostBy}`
    : `${lossWords[how]} ${describeMailLoss(facts)}`;
}
