// What HR reads, as plain sentences: which executives' accounts are unused, that nothing was changed, what to do. Pure.
import type { Day } from '../../policy/evidence.ts';
import { formatCount, formatDay } from '../../policy/words/labels.ts';
import type { ListedExecutive } from './hr-notice.ts';
import type { Letter } from './letter.ts';
import type { Recipient } from './recipient.ts';
import { sanitizeLine } from './sanitize-line.ts';

interface HrLetterContext {
  /** In UTC. */
  today: Day;
  /** Where an answer goes. */
  replyTo: string;
  keepDays: number;
}

/** The last day of activity is the only evidence: which service was used does not concern HR. */
export function buildHrLetter(
  people: readonly ListedExecutive[],
  { because }: Recipient,
  { today, replyTo, keepDays }: HrLetterContext,
): Letter {
  const isOne = people.length === 1;
  const whose = isOne ? 'this account of an executive' : 'these accounts of executives';
  return {
    // No name, so that nobody can put words into it.
    subject: `For HR: ${formatCount(people.length, 'executive')} whose ${isOne ? 'account' : 'accounts'} nobody uses`,
    opening: [
      because === null ? 'Hello,' : `You get this mail as the fallback contact: ${because}.`,
      `Nobody has used ${whose} for a long time. No machine decides about executives: nothing has been changed, and without you nothing will be.`,
    ],
    heads: ['Person', 'Recognised by', 'Last activity'],
    people: people.map(({ displayName, userPrincipalName, why, lastActivity }) => ({
      name: sanitizeLine(displayName),
      userPrincipalName: sanitizeLine(userPrincipalName),
      department: sanitizeLine(why),
      files: '',
      why: lastActivity === null ? 'no activity on record' : `silent since ${formatDay(lastActivity, today)}`,
      link: null,
    })),
    outlook: `Please look at ${isOne ? 'it' : 'them'} and reply to this mail (it goes to ${replyTo}):`,
    steps: [
      { on: 'They have left, or will', what: 'say when; IT then closes the account by hand' },
      { on: 'They are away', what: 'say until when; IT notes it, and you are not asked before that day' },
      { on: 'They work without this account', what: 'say so, and whether it is still needed' },
    ],
    closing: [
      `You are told of each person once; of somebody who comes back and falls silent again, not before ${keepDays} days have passed.`,
    ],
  };
}
