// What a notice says, as plain sentences: who, why, what happens when, how to object. Not rendered yet. Pure.
import { countDaysBetween, type Day, type DaySpan } from '../../policy/evidence.ts';
import type { UserPrincipalName } from '../../policy/identifiers.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { listUpcomingSteps } from '../../policy/words/describe-account.ts';
import { givesBackWords } from '../../policy/words/describe-clocks.ts';
import { formatCount, formatDay, formatList, serviceWords } from '../../policy/words/labels.ts';
import type { ManagerNotice, NoticePerson, StageNotice } from './manager-notice.ts';
import { describeOneDriveOutlook } from './one-drive-line.ts';
import type { Recipient } from './recipient.ts';
import { sanitizeLine } from './sanitize-line.ts';
import { describeStepsAhead, type StepAhead } from './steps-ahead.ts';

export interface LetterContext {
  /** In UTC, as all days on which stages move. */
  today: Day;
  /** The readers' time zone, an IANA name. */
  timeZone: string;
  stages: Policy['stages'];
  /** Closed dates and a pause: what is ahead comes so much later. */
  uncounted: readonly DaySpan[];
  /** Where an objection goes. */
  replyTo: string;
  /** The repository's https address; null: the mail links to no file. */
  repositoryUrl: string | null;
}

/** Every text is a single line with any characters: the renderer escapes it. */
export interface Letter {
  subject: string;
  opening: readonly string[];
  /** Headings of the table; absent: those of a manager's mail. */
  heads?: readonly [person: string, department: string, why: string];
  people: readonly {
    name: string;
    userPrincipalName: UserPrincipalName;
    department: string;
    why: string;
    /** Its OneDrive and what becomes of it; empty: none. */
    files: string;
    link: string | null;
  }[];
  outlook: string;
  steps: readonly { on: string; what: string }[];
  closing: readonly string[];
}

export function buildLetter(notice: StageNotice, recipient: Recipient, context: LetterContext): Letter {
  const { today, stages, uncounted, repositoryUrl } = context;
  const since = computeStageStart(notice.people, today);
  const ahead = describeStepsAhead(
    listUpcomingSteps({ stage: notice.stage, since }, stages, selectFrom(today, uncounted)),
    notice.people,
    context,
  );
  return {
    subject: buildSubject(notice, recipient),
    opening: [...buildOpening(notice, recipient), ...buildRequest(notice.people, ahead)],
    people: notice.people.map((person) => ({
      name: sanitizeLine(person.displayName),
      userPrincipalName: sanitizeLine(person.userPrincipalName),
      department: sanitizeLine(person.department ?? ''),
      why: describeLastActivity(person, today),
      files: describeOneDriveOutlook(person, countDaysBetween(notice.wave, since), today),
      link: repositoryUrl === null ? null : buildFileLink(repositoryUrl, person.path),
    })),
    outlook:
      'Nothing has been changed so far. If nobody objects, this happens, on these days at the earliest and each time only after a review:',
    steps: ahead.map(({ on, what }) => ({ on, what })),
    closing: buildClosing(context),
  };
}

/** What lies before today is counted in `since` already. */
function selectFrom(today: Day, spans: readonly DaySpan[]): DaySpan[] {
  return spans.map(({ from, to }) => ({ from: from < today ? today : from, to }));
}

/** `inactive for 143 days; last activity 15 July (Exchange, Teams); last successful sign-in 2 July`. */
export function describeLastActivity(
  { inactiveDays, lastActivity }: Pick<NoticePerson, 'inactiveDays' | 'lastActivity'>,
  today: Day,
): string {
  const { signIn, ...services } = lastActivity;
  const days = Object.values(services).filter((day) => day !== null);
  const last = days.sort().at(-1);
  const used = Object.entries(services).flatMap(([service, day]) => (day === last ? [service] : []));
  const names = Object.entries(serviceWords).flatMap(([service, name]) => (used.includes(service) ? [name] : []));
  return [
    inactiveDays === null ? 'no activity on record' : `inactive for ${formatCount(inactiveDays, 'day')}`,
    ...(last === undefined ? [] : [`last activity ${formatDay(last, today)} (${formatList(names)})`]),
    signIn === null ? 'no successful sign-in on record' : `last successful sign-in ${formatDay(signIn, today)}`,
  ].join('; ');
}

/** No name, so that nobody can put words into it. */
function buildSubject({ stage, people }: ManagerNotice, { because }: Recipient): string {
  const accounts = formatCount(people.length, 'inactive account');
  const whose = because === null ? 'in your team' : 'whose manager cannot be written to';
  if (stage === 'notify') return `Please check: ${accounts} ${whose}`;
  const areBlocked = people.every(({ ahead }) => ahead.includes('sign-in'));
  return areBlocked
    ? `Reminder: ${accounts} ${whose} will be blocked`
    : `Reminder: the time to object ends for ${accounts} ${whose}`;
}

function buildOpening({ stage, manager, people }: ManagerNotice, { because }: Recipient): string[] {
  const [accounts, them] = people.length === 1 ? ['this account', 'it'] : ['these accounts', 'them'];
  return [
    because === null
      ? `Hello ${sanitizeLine(manager?.displayName ?? '')},`
      : `You get this mail as the fallback contact: ${because}.`,
    stage === 'notify'
      ? `Nobody has used ${accounts} for a long time. Is that right?`
      : `You were told about ${accounts} before, and nobody has used ${them} since.`,
  ];
}

type People = ManagerNotice['people'];

/** Their first day in the stage: a mail can follow the merge days later, and the audit counts from the merge. */
function computeStageStart(people: People, today: Day): Day {
  const [first = today] = [today, ...people.flatMap(({ since }) => since ?? [])].sort();
  return first;
}

/** What a manager has to do, and until when: above the list of people, which may be long. */
function buildRequest(people: People, ahead: readonly StepAhead[]): string[] {
  const first = ahead.find(({ takes }) => takes);
  const until = first?.isDue ? ' today' : ` before ${first?.on}`;
  const [which, say] = people.length === 1 ? ['it', 'why'] : ['one of them', 'which one, why,'];
  const hasFiles = people.some(({ oneDrive }) => oneDrive !== undefined && oneDrive.outcome !== 'stays');
  return [
    `If ${which} is still needed, reply to this mail${first === undefined ? '' : until}: say ${say} and until when.`,
    ...(hasFiles ? [filesRequest] : []),
  ];
}

const filesRequest =
  'If somebody needs files of a OneDrive, reply, too, and say who: they have to be copied before it is closed. If they may go, say that.';

function buildClosing({ replyTo, repositoryUrl }: LetterContext): string[] {
  const byFile =
    repositoryUrl === null
      ? ''
      : ' Instead of a reply you can open the account’s file and propose "stage: keep" with a reason.';
  return [`Your reply goes to ${replyTo}.${byFile}`, givesBackWords];
}

/** HEAD is GitHub's name for the default branch. */
function buildFileLink(repositoryUrl: string, path: string): string | null {
  if (!URL.canParse(repositoryUrl)) return null;
  const { protocol, origin, pathname } = new URL(repositoryUrl);
  if (protocol !== 'https:') return null;
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${origin}${pathname.replace(/\/+$/, '')}/blob/HEAD/${file}`;
}
