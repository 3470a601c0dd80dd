// Exemptions: in force until a day, then without effect. Pure.
import type { Day } from '../evidence.ts';
import type { UserId, UserPrincipalName } from '../identifiers.ts';
import type { Exemption } from '../schemas/exemptions.ts';
import { isMatch } from './pattern.ts';

/** Whether the entry still holds on `today`; the day named by `until` is the last one. */
export function isInForce({ until }: Exemption, today: Day): boolean {
  return today <= until;
}

interface NamedAccount {
  id: UserId;
  userPrincipalName: UserPrincipalName;
}

interface StackExemptions {
  stack: string;
  exemptions: readonly Exemption[];
}

/** Entries of this stack, and of every stack, that still hold. */
export function selectInForce({ stack, exemptions }: StackExemptions, today: Day): Exemption[] {
  return exemptions.filter((entry) => isInForce(entry, today) && (entry.stack === undefined || entry.stack === stack));
}

export function namesAccount({ account: pattern }: Exemption, { id, userPrincipalName }: NamedAccount): boolean {
  return isMatch(pattern, userPrincipalName) || isMatch(pattern, id);
}

/** The exemption in force that names the account in this stack, the longest one where several do; null when none does. */
export function findExemption(account: NamedAccount, rules: StackExemptions, today: Day): Exemption | null {
  const naming = selectInForce(rules, today).filter((entry) => namesAccount(entry, account));
  return naming.sort((a, b) => b.until.localeCompare(a.until))[0] ?? null;
}
