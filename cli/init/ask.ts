// Asks for answers that no flag gave, in a terminal only.
import { checkbox, input } from '@inquirer/prompts';
import { DormantError } from '../../policy/errors.ts';
import type { Terminal } from '../ask-yes.ts';
import {
  findProblem,
  getFlagName,
  optionalQuestions,
  type Question,
  questionNames,
  questions,
  type RawAnswers,
  unaskedQuestions,
} from './answers.ts';
import type { Guesses, Offer, Offers } from './offers.ts';

/** `rawAnswers` with an answer to every open question; optional ones may stay open. Throws `given-up` on Ctrl-C. */
export async function askOpenQuestions(
  rawAnswers: RawAnswers,
  offers: Offers,
  terminal: Terminal = {},
): Promise<RawAnswers> {
  const answers = { ...rawAnswers };
  for (const question of questionNames) {
    if (answers[question] !== undefined || unaskedQuestions.has(question)) continue;
    const answer = await ask(question, chooseOffer(question, answers, offers), terminal);
    if (answer !== '') answers[question] = answer;
  }
  return answers;
}

async function ask(question: Question, offer: Offer | undefined, terminal: Terminal): Promise<string> {
  if (offer === undefined || 'answer' in offer) return askLine(question, offer, terminal);
  const picked = await pickGuesses(question, offer, terminal);
  const others = await askLine(question, { ...offer, hasPicked: picked.length > 0 }, terminal);
  return [...picked, ...(others === '' ? [] : [others])].join(', ');
}

/** None is ticked before a person ticks it. */
async function pickGuesses(
  question: Question,
  { guesses, shown, from }: Guesses,
  terminal: Terminal,
): Promise<string[]> {
  const message = `${questions[question].asks.split(',')[0]}: tick those that are (from ${from})`;
  const choices = guesses.map((value) => ({ value, name: shown?.[value] ?? value }));
  return checkbox({ message, choices, loop: false }, terminal).catch(throwGivenUp);
}

async function askLine(
  question: Question,
  offer: { answer?: string; from: string; hasPicked?: boolean } | undefined,
  terminal: Terminal,
): Promise<string> {
  const { answer = '', hasPicked = false } = offer ?? {};
  const isOptional = optionalQuestions.has(question);
  const notes = [...(isOptional ? ['optional'] : []), ...(answer === '' ? [] : [`from ${offer?.from}`])];
  const asks = hasPicked ? 'Others, separated by commas' : questions[question].asks;
  const prompted = input(
    {
      message: `${asks}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}:`,
      ...(answer === '' ? {} : { default: answer }),
      validate: (text) => findObjection(question, text.trim() || answer) ?? true,
    },
    terminal,
  );
  return (await prompted.catch(throwGivenUp)).trim();
}

function throwGivenUp(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
  throw new DormantError('given-up', 'Nothing was written.', { cause: error });
}

function findObjection(question: Question, answer: string): string | null {
  if (answer === '') return optionalQuestions.has(question) ? null : `${getFlagName(question)} is needed`;
  return findProblem(question, answer);
}

/** By default, answers to notices go to their sender, and the reviewers own the settings. */
function chooseOffer(question: Question, { sender, reviewers }: RawAnswers, offers: Offers): Offer | undefined {
  if (question === 'replyTo' && sender !== undefined) return { answer: sender, from: 'the mailbox above' };
  if (question === 'admins' && reviewers !== undefined) return { answer: reviewers, from: 'who reviews' };
  return offers[question];
}
