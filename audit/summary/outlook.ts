// What delicensing an account would save, given the decisions of people in its file.

import { isReleased } from '../../policy/files/stage.ts';
import type { JudgedAccount } from '../../policy/judge/judgement.ts';
import { computeSavings, type SavingsOutlook } from '../../policy/judge/savings.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { AuditResult } from '../audit-result.ts';
import type { AccountPlace } from './account-place.ts';

export function computeOutlook(
  { evidence }: JudgedAccount,
  place: AccountPlace,
  { policy, prices }: Pick<AuditResult, 'policy' | 'prices'>,
): SavingsOutlook {
  const file = findAccountFile(place);
  return computeSavings(evidence, policy, prices, file !== null && isReleased(file));
}

/** The file as the proposal leaves it; null for an account without one. */
export function findAccountFile(place: AccountPlace): AccountFile | null {
  if (place.kind === 'moves') return place.move.file;
  return place.kind === 'stays' ? place.unmoved.file : null;
}
