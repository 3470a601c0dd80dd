// Asks for answers that no flag gave, in a terminal only.
import { input } from '@inquirer/prompts';
import { DormantError } from '../../policy/errors.ts';
import { findProblem, getFlagName, optionalQuestions, type Question, questions, type RawAnswers } from './answers.ts';

interface Terminal {
  input?: NodeJS.ReadableStream;
  output?: NodeJS.WritableStream;
}

/** `rawAnswers` with an answer to every open question; optional ones may stay open. Throws `given-up` on Ctrl-C. */
export async function askOpenQuestions(
  rawAnswers: RawAnswers,
  offers: RawAnswers,
  terminal: Terminal = {},
): Promise<RawAnswers> {
  const answers = { ...rawAnswers };
  for (const question of Object.keys(questions).filter((key): key is Question => key in questions)) {
    if (answers[question] !== undefined) continue;
    const answer = await ask(question, chooseOffer(question, answers, offers), terminal);
    if (answer !== '') answers[question] = answer;
  }
  return answers;
}

async function ask(question: Question, offer: string | undefined, terminal: Terminal): Promise<string> {
  const { asks } = questions[question];
  const isOptional = optionalQuestions.has(question);
  const prompted = input(
    {
      message: `${asks}${isOptional ? ' (optional)' : ''}:`,
      ...(offer === undefined ? {} : { default: offer }),
      validate: (text) => findObjection(question, text.trim() || (offer ?? '')) ?? true,
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
function chooseOffer(question: Question, answers: RawAnswers, offers: RawAnswers): string | undefined {
  if (question === 'replyTo') return answers.sender;
  if (question === 'admins') return answers.reviewers;
  return offers[question];
}
