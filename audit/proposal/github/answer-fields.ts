// Reads what a forge answered: unknown JSON in, checked values out.
import { DormantError } from '../../../policy/errors.ts';

/** The text at the end of `keys`; throws when the answer is not of this shape. */
export function requireAnswerText(answer: unknown, ...keys: string[]): string {
  const value = findAnswerValue(answer, ...keys);
  if (typeof value === 'string') return value;
  throw new DormantError('github-answer', `GitHub's answer has no ${keys.join('.')}.`, {
    remedy: 'Run the command again; if it stays, GitHub has changed its API.',
  });
}

/** The number at the end of `keys`. */
export function requireAnswerNumber(answer: unknown, ...keys: string[]): number {
  const value = findAnswerValue(answer, ...keys);
  if (typeof value === 'number') return value;
  throw new DormantError('github-answer', `GitHub's answer has no number ${keys.join('.')}.`);
}

/** Whatever stands at the end of `keys`; undefined where the way there ends early. */
export function findAnswerValue(answer: unknown, ...keys: string[]): unknown {
  let value = answer;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

export function findAnswerText(answer: unknown, ...keys: string[]): string | null {
  const value = findAnswerValue(answer, ...keys);
  return typeof value === 'string' ? value : null;
}
