// When to try again and how long to wait: headers in, milliseconds out. Pure.

/** How long a failing request is repeated. */
export interface RetryPolicy {
  /** All tries, including the first; tries with a Retry-After do not count. */
  attempts: number;
  /** From the first try to the start of the last. */
  totalMs: number;
  /** One try, to the last byte of its body. */
  tryMs: number;
  /** The first wait if the server names none; doubles each time. */
  firstWaitMs: number;
  longestWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  attempts: 8,
  totalMs: 600_000,
  tryMs: 180_000,
  firstWaitMs: 500,
  longestWaitMs: 60_000,
};

/** For someone who waits at a terminal: ten minutes for one answer are no help. */
export const interactiveRetryPolicy: RetryPolicy = {
  attempts: 3,
  totalMs: 20_000,
  tryMs: 15_000,
  firstWaitMs: 300,
  longestWaitMs: 5_000,
};

/** What went wrong with one try. `status` null: no complete answer came. */
export interface Setback {
  status: number | null;
  retryAfter: string | null;
  /** Graph's error code, such as `Directory_ConcurrencyViolation`; empty if there was none. */
  graphCode: string;
}

/**
 * Whether the same request may be sent again. 429 and a concurrency violation mean that nothing was done, so even a request
 * that must not be sent twice may follow. After a 5xx or a lost connection only a repeatable one may.
 */
export function mayRepeat({ status, graphCode }: Setback, repeatable: boolean): boolean {
  if (status === 429 || graphCode === 'Directory_ConcurrencyViolation') return true;
  if (!repeatable) return false;
  return status === null || status === 408 || (status >= 500 && status !== 501);
}

/** A hundred waits of six seconds take ten minutes; a server that keeps refusing after shorter ones does not mean them. */
const mostRefusals = 100;

/** Counts the failures of one request. A 429 that says how long to wait uses up time, not tries. */
export class Tries {
  #failures = 0;
  #refusals = 0;

  /** The number of this failure, from 1. */
  count(setback: Setback): number {
    if (hasRetryAfter(setback)) this.#refusals++;
    else this.#failures++;
    return Math.max(1, this.#failures);
  }

  isSpent({ attempts }: RetryPolicy): boolean {
    return this.#failures >= attempts || this.#refusals >= mostRefusals;
  }
}

function hasRetryAfter({ status, retryAfter }: Setback): boolean {
  return status === 429 && (parseRetryAfter(retryAfter) ?? 0) > 0;
}

/**
 * Milliseconds to wait after try number `attempt`. Retry-After is honoured to the fraction (Graph sends `2.128`). Without
 * it the wait doubles, spread by `chance` (0 to 1) so that parallel requests do not return together.
 */
export function computeRetryWait(setback: Setback, attempt: number, retryPolicy: RetryPolicy, chance: number): number {
  const requestedMs = parseRetryAfter(setback.retryAfter);
  if (requestedMs !== null) return requestedMs;
  const doubled = Math.min(retryPolicy.firstWaitMs * 2 ** (attempt - 1), retryPolicy.longestWaitMs);
  return doubled * (0.5 + chance / 2);
}

/** Seconds, whole or fractional, or an HTTP date; null for anything else. */
export function parseRetryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null || header.trim() === '') return null;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds * 1000));
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
