// Asks for what no flag has said, in a terminal only.
import { input } from '@inquirer/prompts';
import { DormantError } from '../../policy/errors.ts';
import { flagName, optional, problemWith, type Question, questions, type Said } from './answers.ts';

export interface Terminal {
  input?: NodeJS.ReadableStream;
  output?: NodeJS.WritableStream;
}

/** `said` with an answer to every open question; an optional one may stay without. Throws `given-up` on Ctrl-C. */
export async function askFor(said: Said, offers: Said, terminal: Terminal = {}): Promise<Said> {
  const answers = { ...said };
  for (const question of Object.keys(questions).filter((key): key is Question => key in questions)) {
    if (answers[question] !== undefined) continue;
    const answer = await ask(question, offerFor(question, answers, offers), terminal);
    if (answer !== '') answers[question] = answer;
  }
  return answers;
}

async function ask(question: Question, offer: string | undefined, terminal: Terminal): Promise<string> {
  const { asks } = questions[question];
  const isOptional = optional.has(question);
  const asked = input(
    {
      message: `${asks}${isOptional ? ' (optional)' : ''}:`,
      ...(offer === undefined ? {} : { default: offer }),
      validate: (text) => whyNot(question, text.trim() || (offer ?? '')) ?? true,
    },
    terminal,
  );
  return (await asked.catch(givenUp)).trim();
}

function givenUp(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
  throw new DormantError('given-up', 'Nothing was written.', { cause: error });
}

function whyNot(question: Question, answer: string): string | null {
  if (answer === '') return optional.has(question) ? null : `${flagName(question)} is needed`;
  return problemWith(question, answer);
}

/** Notices are answered where they come from, and settings are owned by the reviewers, unless somebody says otherwise. */
function offerFor(question: Question, answers: Said, offers: Said): string | undefined {
  if (question === 'replyTo') return answers.sender;
  if (question === 'admins') return answers.reviewers;
  return offers[question];
}
