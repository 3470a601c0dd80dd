// Reads GitHub's answers: unknown JSON in, checked values out.
import { DormantError } from '../../policy/errors.ts';

/** The text at the path `keys`; throws if there is none. */
export function requireAnswerText(answer: unknown, ...keys: string[]): string {
  const value = findAnswerValue(answer, ...keys);
  if (typeof value === 'string') return value;
  throw new DormantError('github-answer', `GitHub's answer has no ${keys.join('.')}.`, {
    remedy: answerRemedy,
  });
}

const answerRemedy = 'Run the command again; if the error remains, GitHub has changed its API.';

/** The number at the path `keys`; throws if there is none. */
export function requireAnswerNumber(answer: unknown, ...keys: string[]): number {
  const value = findAnswerValue(answer, ...keys);
  if (typeof value === 'number') return value;
  throw new DormantError('github-answer', `GitHub's answer has no number ${keys.join('.')}.`, {
    remedy: answerRemedy,
  });
}

/** The value at the path `keys`; undefined if the path does not exist. */
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
