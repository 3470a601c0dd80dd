// Where each answer of `dormant init` came from, and what was offered and not taken: nothing is assumed unseen. Pure.
import { formatCount, formatList } from '../../policy/words/labels.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import type { LookFile } from '../look/look-file.ts';
import { getFlagName, type Question, questionNames, type RawAnswers } from './answers.ts';
import { describeLicenseGroup, type Offers } from './offers.ts';

interface Sources {
  flags: RawAnswers;
  outputs: RawAnswers;
  /** Path of the bootstrap's outputs. */
  outputsFile: string;
  offers: Offers;
}

/** An answer as it counts, and its origin in words. */
export type TracedAnswers = Partial<Record<Question, { answer: string; from: string }>>;

export function traceAnswers(answers: RawAnswers, sources: Sources): TracedAnswers {
  return Object.fromEntries(
    questionNames.flatMap((question) => {
      const answer = answers[question];
      return answer === undefined
        ? []
        : [[question, { answer, from: findOrigin(question, answer, { ...sources, answers }) }]];
    }),
  );
}

function findOrigin(
  question: Question,
  answer: string,
  { flags, outputs, outputsFile, offers, answers }: Sources & { answers: RawAnswers },
): string {
  if (flags[question] === answer) return getFlagName(question);
  if (outputs[question] === answer) return outputsFile;
  const offer = offers[question];
  if (offer !== undefined && 'answer' in offer && offer.answer === answer) return offer.from;
  if (offer !== undefined && 'guesses' in offer && isPicked(answer, offer.guesses)) return offer.from;
  const before = question === 'replyTo' ? answers.sender : question === 'admins' ? answers.reviewers : undefined;
  return answer === before ? 'as the answer before it' : 'typed';
}

function isPicked(answer: string, guesses: readonly string[]): boolean {
  return answer.split(',').every((entry) => guesses.includes(entry.trim()));
}

export function renderOrigins(traced: TracedAnswers): string[] {
  const entries = Object.entries(traced);
  const width = Math.max(...entries.map(([question]) => question.length));
  return entries.map(([question, { answer, from }]) => `${question.padEnd(width)}  ${answer}  (${from})`);
}

/** Guesses that nobody took. */
export function listUntaken(offers: Offers, answers: RawAnswers): Partial<Record<Question, readonly string[]>> {
  return Object.fromEntries(
    questionNames.flatMap((question) => {
      const offer = offers[question];
      if (offer === undefined || !('guesses' in offer)) return [];
      const taken = new Set((answers[question] ?? '').split(',').map((entry) => entry.trim()));
      const left = offer.guesses.filter((guess) => !taken.has(guess));
      return left.length === 0 ? [] : [[question, left]];
    }),
  );
}

const mostNamed = 5;

export function describeUntaken(untaken: Partial<Record<Question, readonly string[]>>): string[] {
  return questionNames.flatMap((question) => {
    const guesses = untaken[question];
    // `describeRecognised` says of each group what it gives.
    if (guesses === undefined || question === 'licenseGroups') return [];
    const named = guesses.slice(0, mostNamed);
    const more = guesses.length - named.length;
    const list = formatList([...named, ...(more > 0 ? [`${more} more in look.json`] : [])]);
    return `The look found ${list}, which nobody took. If they belong there: ${getFlagName(question)}`;
  });
}

/** What the rules recognise without anybody's help, and the groups that give licences and that nobody has named. */
export function describeRecognised(
  look: LookFile | null,
  { licenseGroups = [] }: Partial<Record<Question, readonly string[]>>,
): string[] {
  if (look === null) return [];
  const unnamed = look.groups.filter(({ id }) => licenseGroups.includes(id));
  return [...describeAccounts(look), ...describeUnnamedGroups(unnamed)];
}

function describeAccounts({ executives, serviceAccounts, emergencyAccounts }: LookFile): string[] {
  const kinds = [
    [executives, 'executive'],
    [serviceAccounts, 'service account'],
    [emergencyAccounts, 'emergency access account'],
  ] as const;
  const found = kinds.filter(([{ accounts }]) => accounts > 0);
  if (found.length === 0) return [];
  const list = found.map(([{ accounts, examples }, kind]) => {
    const [first] = examples;
    return `${formatCount(accounts, kind)}${first === undefined ? '' : ` such as ${first.userPrincipalName}`}`;
  });
  return [`The look recognised ${formatList(list)}; look.json has each with the reason. Check that nobody is missing.`];
}

function describeUnnamedGroups(groups: LookFile['groups']): string[] {
  if (groups.length === 0) return [];
  const named = groups.slice(0, mostNamed).map((group) => `  ${describeLicenseGroup(group)} (${group.id})`);
  const more = groups.length - named.length;
  return [
    [
      'Groups that give licences and that policy.yaml does not name: nobody is taken out of them, and what they give stays.',
      ...named,
      ...(more > 0 ? [`  ${more} more in look.json`] : []),
      `To name one, now or later: ${getFlagName('licenseGroups')}. ${locatePage('guides/policy.md')} says what that means.`,
    ].join('\n'),
  ];
}
