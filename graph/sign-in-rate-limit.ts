// Keeps all parts of a run together below the quota of sign-ins. Microsoft's table can be read as 5 requests in 10 s, or 10
// a minute as well (microsoft-graph-docs-contrib, throttling-entra-logs-reports.md, PR 9591; issue 8653).
import { sleep } from './sleep.ts';

export interface SignInRateLimiter {
  /** Waits until `count` more fit. Returns what to call when they are answered: by then Microsoft has counted them. */
  take(count: number, signal?: AbortSignal): Promise<() => void>;
  /** After a 429 with this Retry-After. Refused requests count, too, so all others wait as well. */
  recordRefusal(retryAfterMs: number): void;
  /** The embedded tenant says in its answers how many times as fast its windows pass. */
  adaptSpeed(headers: Headers): void;
}

interface Quota {
  most: number;
  withinMs: number;
}

const perTenSeconds: Quota = { most: 5, withinMs: 10_000 };
const perMinute: Quota = { most: 10, withinMs: 60_000 };

/** `isEmulated`: only then does the speed adapt. `onWait` is called with the milliseconds of each wait as it begins. */
export function createSignInRateLimiter(
  isEmulated = false,
  onWait: (milliseconds: number) => void = () => {},
): SignInRateLimiter {
  let quotas = [perTenSeconds];
  let speed = 1;
  let notBefore = 0;
  /** When each was answered; one that is still on its way may count as late as now. */
  let sent: { answeredAt: number | null }[] = [];
  let turn: Promise<unknown> = Promise.resolve();

  const computeWait = (count: number): number => {
    const now = performance.now();
    const longest = perMinute.withinMs / speed;
    sent = sent.filter(({ answeredAt }) => answeredAt === null || answeredAt > now - longest);
    const answerTimes = sent.map(({ answeredAt }) => answeredAt ?? now).sort((a, b) => a - b);
    const waits = quotas.map((quota) => computeQuotaWait(quota, answerTimes, { count, speed, now }));
    return Math.max(notBefore - now, ...waits);
  };
  const enter = async (count: number, signal?: AbortSignal) => {
    for (let wait = computeWait(count); wait > 0; wait = computeWait(count)) {
      onWait(wait);
      await sleep(wait, signal);
    }
    const entries = Array.from({ length: count }, () => ({ answeredAt: null as number | null }));
    sent.push(...entries);
    return () => {
      for (const entry of entries) entry.answeredAt ??= performance.now();
    };
  };
  return {
    take(count, signal) {
      const entered = turn.then(() => enter(count, signal));
      turn = entered.catch(() => {});
      return entered;
    },
    recordRefusal(retryAfterMs) {
      quotas = [perTenSeconds, perMinute];
      notBefore = Math.max(notBefore, performance.now() + retryAfterMs);
    },
    adaptSpeed(headers) {
      const announced = isEmulated ? Number(headers.get('x-emulator-quota-speed')) : 0;
      if (announced > 0) speed = announced;
    },
  };
}

/** How many of a request's paths read sign-ins: the quota counts each request of a batch. */
export function countSignInReads(paths: readonly string[]): number {
  return paths.filter((path) => path.includes('signInActivity')).length;
}

/** Milliseconds until `count` more fit into the window; a count above the quota waits for an empty one. */
function computeQuotaWait(
  { most, withinMs }: Quota,
  answerTimes: readonly number[],
  { count, speed, now }: { count: number; speed: number; now: number },
): number {
  const length = withinMs / speed;
  const inside = answerTimes.filter((at) => at > now - length);
  const tooMany = inside.length + Math.min(count, most) - most;
  const leaving = inside[tooMany - 1];
  return tooMany <= 0 || leaving === undefined ? 0 : Math.ceil(leaving + length - now) + 1;
}
