// How Dormant introduces itself: with its version and what it asks for, so that Microsoft's logs tell its requests from others.
import manifest from '../package.json' with { type: 'json' };

/** `source` as in the counts: `users`, `doctor` … Graph's activity logs keep it as UserAgent. */
export function buildUserAgent(source: string): string {
  return `dormant/${manifest.version} (${source})`;
}
