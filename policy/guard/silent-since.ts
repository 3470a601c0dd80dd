// Since when the review saw an account silent. Pure.
import type { Day } from '../evidence.ts';
import type { PinnedEvidence } from '../schemas/account.ts';

/** The last activity of any kind; absent: none was ever seen. */
export function findSilentSince({ lastActivity }: Pick<PinnedEvidence, 'lastActivity'>): { silentSince?: Day } {
  const days = Object.values(lastActivity).filter((day) => day !== null);
  const silentSince = days.sort().at(-1);
  return silentSince === undefined ? {} : { silentSince };
}
