// Counts that name nobody: each is shown as a range of five, so that fewer than five people are never told apart, also not by
// what two numbers leave over, or by what has changed since the last report (decision 52). Pure.

/** A count below this one is not shown. */
export const smallestShown = 5;

/** All that is told of a count: it is one of these numbers. */
export interface CountRange {
  from: number;
  to: number;
}

/** `0 to 4`, `5 to 9`, …: nobody can tell one account more or less. */
export function toRange(count: number): CountRange {
  const from = Math.floor(count / smallestShown) * smallestShown;
  return { from, to: from + smallestShown - 1 };
}

export function isHidden({ from }: CountRange): boolean {
  return from < smallestShown;
}

/** What lines add up to at least. Nothing is told by it that the lines do not tell. */
export function sumLeast(ranges: readonly CountRange[]): number {
  return ranges.reduce((sum, { from }) => sum + from, 0);
}

/**
 * Whether a count may stand beside its parts, which cover all of it: only if they could add up to the most that it can be. Else
 * each part, also one that is hidden, would have to be large enough to fill it.
 */
export function mayBreakDown(whole: CountRange, parts: readonly CountRange[]): boolean {
  return parts.reduce((sum, { to }) => sum + to, 0) >= whole.to;
}

/** `fewer than 5`, `55 to 59`, `1,200 to 1,204`. */
export function formatRange(range: CountRange): string {
  if (isHidden(range)) return `fewer than ${smallestShown}`;
  return `${range.from.toLocaleString('en-US')} to ${range.to.toLocaleString('en-US')}`;
}

/** A limit of the policy, which would narrow a hidden count down if it were told and smaller. */
export function formatLimit(limit: number): string {
  return limit < smallestShown
    ? `fewer than ${smallestShown} accounts`
    : `at most ${limit.toLocaleString('en-US')} accounts`;
}
