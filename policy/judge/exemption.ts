// Exemptions: in force until a day, then without effect. Pure.
import type { Day } from '../evidence.ts';
import type { UserId, UserPrincipalName } from '../identifiers.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import { isMatch } from './pattern.ts';

/** Whether the entry still holds on `today`; the day named by `until` is the last one. */
export function isInForce({ until }: Exemption, today: Day): boolean {
  return today <= until;
}

/** The exemption in force that names the account in this stack, the longest one where several do; null when none does. */
export function findExemption(
  account: { id: UserId; userPrincipalName: UserPrincipalName },
  { stack, exemptions }: { stack: string; exemptions: readonly Exemption[] },
  today: Day,
): Exemption | null {
  const naming = exemptions.filter(
    (entry) =>
      isInForce(entry, today) &&
      (entry.stack === undefined || entry.stack === stack) &&
      (isMatch(entry.account, account.userPrincipalName) || isMatch(entry.account, account.id)),
  );
  return naming.sort((a, b) => b.until.localeCompare(a.until))[0] ?? null;
}
