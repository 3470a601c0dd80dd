// What a mail says of the coming stages: on which day what happens, and to whom of several people. Pure.
import { toLocalTime } from '../../policy/calendar/local-time.ts';
import type { Day } from '../../policy/evidence.ts';
import type { ForeseenChange } from '../../policy/files/merge-effect.ts';
import type { UpcomingStep } from '../../policy/words/describe-account.ts';
import { formatCount, formatDay, formatList } from '../../policy/words/labels.ts';
import type { NoticePerson } from './manager-notice.ts';
import { sanitizeLine } from './sanitize-line.ts';

export interface StepAhead {
  /** In words, in the readers' time zone. */
  on: string;
  what: string;
  /** It takes something, so an objection has to come before. */
  takes: boolean;
  /** Its day has come: the next merge can apply it. */
  isDue: boolean;
}

/** The local day on which a step's UTC day begins: nothing happens before it. */
export function describeStepsAhead(
  steps: readonly UpcomingStep[],
  people: readonly NoticePerson[],
  { today, timeZone }: { today: Day; timeZone: string },
): StepAhead[] {
  return steps.flatMap(({ stage, on: day }): StepAhead[] => {
    const isDue = day <= today;
    const earliest = isDue ? today : day;
    const on = formatDay(toLocalTime(new Date(`${earliest}T00:00:00Z`), timeZone).day, today);
    if (stage === 'review') return [{ on, what: 'you get a reminder', takes: false, isDue }];
    if (stage !== 'disable' && stage !== 'delicense') return [];
    return describeTaking(stage, people).map((what) => ({ on, what, takes: true, isDue }));
  });
}

/** One sentence where the stage takes the same from all; else who loses what. Empty where it takes nothing. */
function describeTaking(stage: 'disable' | 'delicense', people: readonly NoticePerson[]): string[] {
  const clauses = aheadWords[stage].map(([ahead, words]) => ({
    words,
    who: people.filter((person) => person.ahead.includes(ahead)),
  }));
  const forAll = clauses.filter(({ who }) => who.length === people.length).map(({ words }) => words);
  const forSome = clauses.filter(({ who }) => who.length > 0 && who.length < people.length);
  return [
    ...(forAll.length > 0 ? [forAll.join('; ')] : []),
    ...forSome.map(({ words, who }) => `${words}: ${describeWho(who, people)}`),
  ];
}

const aheadWords: Record<'disable' | 'delicense', readonly (readonly [ForeseenChange, string])[]> = {
  disable: [
    ['sign-in', 'sign-in is blocked, and open sessions end'],
    ['on-premises', 'Active Directory’s admins are asked to disable the account'],
    ['mailbox', 'the mailbox becomes a shared one, and its mail stays'],
  ],
  delicense: [['licenses', 'licences are removed; a phone number goes with its licence at once']],
};

/** The exceptions if they are few. */
function describeWho(who: readonly NoticePerson[], people: readonly NoticePerson[]): string {
  const others = people.filter((person) => !who.includes(person));
  return others.length <= 3 && others.length < who.length ? `all but ${formatNames(others)}` : formatNames(who);
}

function formatNames(people: readonly NoticePerson[]): string {
  const named = people.slice(0, 10).map(({ displayName }) => sanitizeLine(displayName));
  const rest = people.length - named.length;
  return formatList(rest > 0 ? [...named, formatCount(rest, 'other')] : named);
}
