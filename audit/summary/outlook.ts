// What delicensing an account would give back, with what a person has said of it in its file.
import type { JudgedAccount } from '../../policy/judgement.ts';
import { computeSavings, type SavingsOutlook } from '../../policy/savings.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { isReleased } from '../../policy/stage.ts';
import type { AuditResult } from '../audit-result.ts';
import type { Place } from './place.ts';

export function outlookAt(
  { evidence }: JudgedAccount,
  place: Place,
  { policy, prices }: Pick<AuditResult, 'policy' | 'prices'>,
): SavingsOutlook {
  const file = fileAt(place);
  return computeSavings(evidence, policy, prices, file !== null && isReleased(file));
}

/** The file as the proposal leaves it; null for an account without one. */
export function fileAt(place: Place): AccountFile | null {
  if (place.kind === 'moves') return place.move.file;
  return place.kind === 'stays' ? place.held.file : null;
}
