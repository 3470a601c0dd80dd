// userPrincipalName and job title patterns: * and ? only, case ignored. Pure, and linear in the text's length.

/**
 * Whether `text` matches `pattern` as a whole; `*` stands for any run of characters, `?` for one.
 * Matched by hand instead of by a regular expression, so that no pattern can backtrack exponentially.
 */
export function matches(pattern: string, text: string): boolean {
  const p = pattern.normalize('NFC').toLowerCase();
  const t = text.normalize('NFC').toLowerCase();
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

/** The first pattern that matches; null when none does or there is no text. */
export function firstMatch(patterns: readonly string[], text: string | null): string | null {
  if (text === null) return null;
  return patterns.find((pattern) => matches(pattern, text)) ?? null;
}
