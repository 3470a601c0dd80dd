// The user agent: version and purpose, so that Microsoft's logs tell Dormant's requests from others.
import manifest from '../package.json' with { type: 'json' };

/** `source` as in the counts: `users`, `doctor` … Graph's activity logs keep it as UserAgent. */
export function buildUserAgent(source: string): string {
  return `dormant/${manifest.version} (${source})`;
}
