// Guests are audited by themselves: the usage report lacks many of them, so their silence proves nothing. Pure.
import type { Evidence } from '../evidence.ts';

/** Who is audited in guests.csv: guests, and members of another company. */
export function isOutsider({ userType, accountKind }: Pick<Evidence, 'userType' | 'accountKind'>): boolean {
  return userType === 'guest' || accountKind === 'external';
}
