// GitHub's secondary rate limit on requests that create content: a number in any minute, then 403 with Retry-After.
import { createRateLimitError } from './errors.ts';
import type { GitHubState } from './state.ts';

interface ContentMeter {
  /** Counts a request that creates content; throws once there are too many. */
  count(request: { method: string; path: string }): void;
}

export function createContentMeter(state: GitHubState): ContentMeter {
  let recent: number[] = [];
  return {
    count({ method }) {
      const limit = state.settings.contentPerMinute;
      if (limit === 0 || method === 'GET') return;
      const now = Date.now();
      recent = recent.filter((time) => now - time < 60_000);
      if (recent.length >= limit) {
        const oldest = recent[0] ?? now;
        throw createRateLimitError(Math.ceil((60_000 - (now - oldest)) / 1000), 403);
      }
      recent.push(now);
    },
  };
}
