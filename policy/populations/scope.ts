// Whom the policy begins with. Pure.
import type { UserId } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import { type BelongingSubject, matchScope } from './belonging.ts';
import { isInShare } from './share.ts';

/** `unknown`: whether it is inside could not be read, so nothing new is begun and nothing taken. */
export type ScopePlace = 'inside' | 'outside' | 'unknown';

/** Why nothing is begun with an account, or taken from it. */
export const scopeWords: Record<Exclude<ScopePlace, 'inside'>, string> = {
  outside: 'outside the scope of policy.yaml',
  unknown: 'not known to be inside the scope of policy.yaml, because not all of what it names could be read',
};

interface ScopeSubject extends BelongingSubject {
  id: UserId;
  /** As in the evidence; absent: nothing. */
  incomplete?: readonly string[];
}

export function findScopePlace(subject: ScopeSubject, { scope }: Pick<Policy, 'scope'>): ScopePlace {
  if (scope === undefined) return 'inside';
  if (scope.share !== undefined && !isInShare(subject.id, scope.share)) return 'outside';
  const belongs = matchScope(scope, subject);
  if (belongs === 'yes') return 'inside';
  // An entry that lacks something may lack what would have matched.
  return belongs === 'unknown' || (subject.incomplete ?? []).length > 0 ? 'unknown' : 'outside';
}
