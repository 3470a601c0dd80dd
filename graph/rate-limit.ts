// Keeps a client below a published quota, so that throttling is the exception: a token bucket.
import { sleep } from './sleep.ts';

export interface RateLimiter {
  /** Waits until `cost` fits; callers are served in order. */
  take(cost: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Identity quota per app and tenant: 3,500 resource units per 10 s in the smallest tenants (under 50 users). 500 at once
 * and 290 a second are at most 3,400 in any 10 s, and still list 70,000 users a second.
 */
export const createReadLimiter = (): RateLimiter => createRateLimiter({ burst: 500, perSecond: 290 });

/**
 * Writes: 3,000 per 150 s. 1,400 at once and 10 a second are at most 2,900. An apply of 500 accounts passes without a wait:
 * each takes two or three writes, and the next apply comes a week later.
 */
export const createWriteLimiter = (): RateLimiter => createRateLimiter({ burst: 1_400, perSecond: 10 });

export function createRateLimiter({ burst, perSecond }: { burst: number; perSecond: number }): RateLimiter {
  let available = burst;
  let at = performance.now();
  return {
    async take(cost, signal) {
      const now = performance.now();
      available = Math.min(burst, available + ((now - at) / 1000) * perSecond) - cost;
      at = now;
      if (available < 0) await sleep((-available / perSecond) * 1000, signal);
    },
  };
}
