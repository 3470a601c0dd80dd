// What a notice says, as plain sentences: who, why, what happens when, how to object. Neither HTML nor text yet. Pure.

import { givesBackWords } from '../../policy/clock-words.ts';
import type { Ahead } from '../../policy/effect.ts';
import { type Day, daysBetween } from '../../policy/evidence.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { type Step, stepsAfter } from '../../policy/sentence.ts';
import { countInWords, dayInWords, listInWords, serviceWords, stageWords } from '../../policy/words.ts';
import { dayAt } from './day-at.ts';
import { filesLine } from './files-line.ts';
import type { ManagerNotice, NoticePerson } from './notice.ts';
import { plain } from './plain.ts';
import type { Recipient } from './recipient.ts';

export interface LetterContext {
  /** In UTC, like all days that stages move on. */
  today: Day;
  /** Where the people are who read it: an IANA name. */
  timeZone: string;
  stages: Policy['stages'];
  /** Where an objection goes. */
  replyTo: string;
  /** The repository's https address; null: the mail links to no file. */
  repositoryUrl: string | null;
}

/** Every text is a single line, and may hold any sign: whoever renders it escapes it. */
export interface Letter {
  subject: string;
  opening: readonly string[];
  /** What stands above the columns of people; absent: what does in a manager's mail. */
  heads?: readonly [person: string, department: string, why: string];
  people: readonly {
    name: string;
    userPrincipalName: string;
    department: string;
    why: string;
    /** Its OneDrive and what becomes of it; empty: there is none to speak of. */
    files: string;
    link: string | null;
  }[];
  outlook: string;
  steps: readonly { on: string; what: string }[];
  closing: readonly string[];
}

export function letterFor(notice: ManagerNotice, recipient: Recipient, context: LetterContext): Letter {
  const { today, stages, repositoryUrl } = context;
  const since = sinceOf(notice.people, today);
  return {
    subject: subjectOf(notice, recipient),
    opening: openingOf(notice, recipient),
    people: notice.people.map((person) => ({
      name: plain(person.displayName),
      userPrincipalName: plain(person.userPrincipalName),
      department: plain(person.department ?? ''),
      why: inactivityInWords(person, today),
      files: filesLine(person, daysBetween(notice.wave, since), today),
      link: repositoryUrl === null ? null : linkTo(repositoryUrl, person.path),
    })),
    outlook:
      'Nothing has been changed so far. If nobody objects, this happens, on these days at the earliest and each time only after a review:',
    steps: stepsAfter(notice.stage, since, stages).flatMap((step) =>
      stepInWords(step, notice.people, context),
    ),
    closing: closingOf(notice.people, context),
  };
}

/** `inactive for 143 days; last activity 15 July (Exchange, Teams); last successful sign-in 2 July`. */
export function inactivityInWords(
  { inactiveDays, lastActivity }: Pick<NoticePerson, 'inactiveDays' | 'lastActivity'>,
  today: Day,
): string {
  const { signIn, ...services } = lastActivity;
  const days = Object.values(services).filter((day) => day !== null);
  const last = days.sort().at(-1);
  const used = Object.entries(services).flatMap(([service, day]) => (day === last ? [service] : []));
  const names = Object.entries(serviceWords).flatMap(([service, name]) =>
    used.includes(service) ? [name] : [],
  );
  return [
    inactiveDays === null ? 'no activity on record' : `inactive for ${countInWords(inactiveDays, 'day')}`,
    ...(last === undefined ? [] : [`last activity ${dayInWords(last, today)} (${listInWords(names)})`]),
    signIn === null
      ? 'no successful sign-in on record'
      : `last successful sign-in ${dayInWords(signIn, today)}`,
  ].join('; ');
}

/** Holds no name, so that nobody can put words into it. */
function subjectOf({ stage, people }: ManagerNotice, { because }: Recipient): string {
  const accounts = countInWords(people.length, 'inactive account');
  const whose = because === null ? 'in your team' : 'whose manager cannot be told';
  if (stage === 'notify') return `Please check: ${accounts} ${whose}`;
  const areBlocked = people.every(({ ahead }) => ahead.includes('sign-in'));
  return areBlocked
    ? `Reminder: ${accounts} ${whose} will be blocked`
    : `Reminder: the time to object ends for ${accounts} ${whose}`;
}

function openingOf({ stage, manager, people }: ManagerNotice, { because }: Recipient): string[] {
  const [accounts, them] = people.length === 1 ? ['this account', 'it'] : ['these accounts', 'them'];
  return [
    because === null
      ? `Hello ${plain(manager?.displayName ?? '')},`
      : `You get this mail as the fallback contact: ${because}.`,
    stage === 'notify'
      ? `Nobody has used ${accounts} for a long time. Is that right?`
      : `You were told about ${accounts} before, and nobody has used ${them} since.`,
  ];
}

type People = ManagerNotice['people'];

/** The first day that any of them is in the stage: a mail can be sent days after the merge, and the audit counts from the merge. */
function sinceOf(people: People, today: Day): Day {
  const [first = today] = [today, ...people.flatMap(({ since }) => since ?? [])].sort();
  return first;
}

/** The day on which the step's day begins for those who read it: nothing happens before it. */
function stepInWords(
  { stage, on }: Step,
  people: People,
  { today, timeZone }: Pick<LetterContext, 'today' | 'timeZone'>,
): Letter['steps'] {
  const earliest = on < today ? today : on;
  const day = dayInWords(dayAt(new Date(`${earliest}T00:00:00Z`), timeZone), today);
  switch (stage) {
    case 'review':
      return [{ on: day, what: 'you get a reminder' }];
    case 'disable':
    case 'delicense':
      return takingInWords(stage, people).map((what) => ({ on: day, what }));
    default:
      return [];
  }
}

/** One sentence where the stage takes the same from everybody; else who loses what. Nothing where it takes nothing. */
function takingInWords(stage: 'disable' | 'delicense', people: People): string[] {
  const clauses = aheadWords[stage].map(([ahead, words]) => ({
    words,
    who: people.filter((person) => person.ahead.includes(ahead)),
  }));
  const usual = aheadWords[stage].filter(([ahead]) => ahead !== 'on-premises');
  if (usual.every(([ahead]) => people.every((person) => person.ahead.includes(ahead))))
    return [stageWords[stage].does];
  return clauses.flatMap(({ words, who }) => {
    if (who.length === 0) return [];
    return who.length === people.length ? [words] : [`${words}: ${namesOf(who)}`];
  });
}

const aheadWords: Record<'disable' | 'delicense', readonly (readonly [Ahead, string])[]> = {
  disable: [
    ['sign-in', 'sign-in is blocked and sessions are revoked'],
    ['on-premises', 'Active Directory’s admins are asked to disable the account'],
    ['mailbox', 'the mailbox becomes shared while it is still licensed'],
  ],
  delicense: [['licenses', stageWords.delicense.does]],
};

function namesOf(people: People): string {
  const named = people.slice(0, 10).map(({ displayName }) => plain(displayName));
  const rest = people.length - named.length;
  return listInWords(rest > 0 ? [...named, countInWords(rest, 'other')] : named);
}

function closingOf(people: People, { replyTo, repositoryUrl }: LetterContext): string[] {
  const byFile =
    repositoryUrl === null ? '' : ' Or open the account’s file and propose "stage: keep" with a reason.';
  const hasFiles = people.some(({ oneDrive }) => oneDrive !== undefined && oneDrive.outcome !== 'stays');
  return [
    `If an account is still needed, reply to this mail (it goes to ${replyTo}): say which one, why, and until when.${byFile}`,
    ...(hasFiles ? [filesWords] : []),
    givesBackWords,
  ];
}

const filesWords =
  'If somebody needs files of a OneDrive, reply, too, and say who: they have to be copied before it is closed. If they may go, say that.';

/** HEAD is GitHub's word for the default branch. */
function linkTo(repositoryUrl: string, path: string): string | null {
  if (!URL.canParse(repositoryUrl)) return null;
  const { protocol, origin, pathname } = new URL(repositoryUrl);
  if (protocol !== 'https:') return null;
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${origin}${pathname.replace(/\/+$/, '')}/blob/HEAD/${file}`;
}
