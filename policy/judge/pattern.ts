// userPrincipalName and job title patterns: * and ? only, case ignored. Pure; no pattern can backtrack exponentially.
import { foldText } from '../identifiers.ts';

/** Whether `text` matches `pattern` as a whole; `*` stands for any run of characters, `?` for one. */
export function isMatch(pattern: string, text: string): boolean {
  return isFoldedMatch(foldText(pattern), foldText(text));
}

/** The first pattern that matches; null when none does or there is no text. */
export function findFirstMatch(patterns: readonly string[], text: string | null): string | null {
  if (text === null || patterns.length === 0) return null;
  const folded = foldText(text);
  const index = foldOnce(patterns).findIndex((pattern) => isFoldedMatch(pattern, folded));
  return patterns[index] ?? null;
}

/**
 * Not a regular expression: after a mismatch only the last `*` takes one character more, which is enough for globs and
 * bounds the work by pattern length times text length.
 */
function isFoldedMatch(p: string, t: string): boolean {
  let pi = 0;
  let ti = 0;
  let star = -1;
  let resume = 0;
  while (ti < t.length) {
    if (p[pi] === '*') {
      star = pi++;
      resume = ti;
    } else if (pi < p.length && (p[pi] === '?' || p[pi] === t[ti])) {
      pi++;
      ti++;
    } else if (star >= 0) {
      pi = star + 1;
      ti = ++resume;
    } else {
      return false;
    }
  }
  while (p[pi] === '*') pi++;
  return pi === p.length;
}

/** A policy's patterns meet every account of the tenant; folding them each time was most of the work. */
const foldedPatterns = new WeakMap<readonly string[], readonly string[]>();

function foldOnce(patterns: readonly string[]): readonly string[] {
  const known = foldedPatterns.get(patterns) ?? patterns.map(foldText);
  foldedPatterns.set(patterns, known);
  return known;
}
