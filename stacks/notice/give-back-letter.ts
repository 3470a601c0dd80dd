// What a manager reads about somebody who can sign in again, as plain sentences. Pure.
import type { Day } from '../../policy/evidence.ts';
import { givesBackWords } from '../../policy/words/describe-clocks.ts';
import { formatCount, formatDay, formatList } from '../../policy/words/labels.ts';
import type { Letter } from './letter.ts';
import type { ManagerNotice } from './manager-notice.ts';
import type { Recipient } from './recipient.ts';
import { sanitizeLine } from './sanitize-line.ts';

interface GiveBackLetterContext {
  /** In UTC. */
  today: Day;
  /** Where an answer goes. */
  replyTo: string;
  /** By id, what is still on its way. */
  onTheirWay: ReadonlyMap<string, readonly string[]>;
}

export function buildGiveBackLetter(
  { manager, people, wave }: ManagerNotice,
  { because }: Recipient,
  { today, replyTo, onTheirWay }: GiveBackLetterContext,
): Letter {
  const isOne = people.length === 1;
  const since = formatDay(today, today);
  return {
    // No name, so that nobody can put words into it.
    subject: `${formatCount(people.length, 'account')} ${because === null ? 'in your team' : 'whose manager cannot be written to'} can sign in again`,
    opening: [
      because === null
        ? `Hello ${sanitizeLine(manager?.displayName ?? '')},`
        : `You get this mail as the fallback contact: ${because}.`,
      `${isOne ? 'This person' : 'These people'} can sign in again since ${since}. Somebody has asked for it, and somebody else has approved it.`,
    ],
    heads: ['Account', 'Department', 'Why it was given back'],
    people: people.map(({ displayName, userPrincipalName, department, givenBack }) => ({
      name: sanitizeLine(displayName),
      userPrincipalName: sanitizeLine(userPrincipalName),
      department: sanitizeLine(department ?? ''),
      why: `asked for by ${sanitizeLine(givenBack?.askedBy ?? '')} on ${formatDay(wave, today)}: ${sanitizeLine(givenBack?.reason ?? '')}`,
      files: '',
      link: null,
    })),
    outlook: 'What comes back:',
    steps: people.map(({ id, userPrincipalName }) => ({
      on: sanitizeLine(userPrincipalName),
      what: describeRest(onTheirWay.get(id) ?? []),
    })),
    closing: [
      `If ${isOne ? 'it was' : 'one of them was'} not them who asked, tell ${replyTo} at once (a reply to this mail goes there).`,
      givesBackWords,
    ],
  };
}

function describeRest(rest: readonly string[]): string {
  if (rest.length === 0) return 'sign-in, and nothing is missing';
  return `sign-in is back; still on its way: ${formatList(rest.map(sanitizeLine))}`;
}
