// Reads GitHub's answers where their type leaves open whether there is a value, as in all of GraphQL's.
import { DormantError } from '../../policy/errors.ts';

/** The text at the path `keys`; throws if there is none. */
export function requireAnswerText(answer: unknown, ...keys: string[]): string {
  const text = findAnswerText(answer, ...keys);
  if (text !== null) return text;
  throw new DormantError('github-answer', `GitHub's answer has no ${keys.join('.')}.`, {
    remedy: 'Run the command again; if the error remains, GitHub has changed its API.',
  });
}

function findAnswerText(answer: unknown, ...keys: string[]): string | null {
  const value = findAnswer(answer, ...keys);
  return typeof value === 'string' ? value : null;
}

/** null: there is nothing at the path `keys`. */
export function findAnswer(answer: unknown, ...keys: string[]): unknown {
  let value = answer;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return null;
    value = Reflect.get(value, key);
  }
  return value;
}
