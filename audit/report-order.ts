// The order of people in every list: what can be reclaimed first, then the longest silence, then the name.
import type { JudgedAccount } from '../policy/judge/judgement.ts';

/** Never active counts as the longest silence. The order does not depend on the order of the input. */
export function sortForReport(accounts: readonly JudgedAccount[]): JudgedAccount[] {
  const ranked = accounts.map((judged) => ({
    judged,
    monthly: judged.judgement.savings.monthly,
    silence: judged.judgement.inactiveDays ?? Number.POSITIVE_INFINITY,
    name: judged.evidence.userPrincipalName,
  }));
  ranked.sort((a, b) => {
    if (a.monthly !== b.monthly) return b.monthly - a.monthly;
    if (a.silence !== b.silence) return b.silence > a.silence ? 1 : -1;
    return a.name < b.name ? -1 : 1;
  });
  return ranked.map(({ judged }) => judged);
}
