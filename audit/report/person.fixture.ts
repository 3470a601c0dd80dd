// One account for tests and pictures: Ana Reyes, with whatever is changed about her, and where she stands on main.
import { anAccount } from '../../policy/account.fixture.ts';
import type { Day, Evidence } from '../../policy/evidence.ts';
import type { Stage } from '../../policy/schemas/account.ts';

/** One account, and where it already stands on main. */
export interface Person {
  evidence: Evidence;
  inForce?: { stage: Stage; since: Day; isReleased?: boolean };
  /** The tenant does not show yet what its file asks for. */
  isUnapplied?: boolean;
  /** A pull request with this account was closed unmerged. */
  declined?: boolean;
}

/** `anAccount`, as an audit lists it. */
export function aPerson(change: Partial<Evidence> = {}, more: Omit<Person, 'evidence'> = {}): Person {
  return { evidence: anAccount(change), ...more };
}
