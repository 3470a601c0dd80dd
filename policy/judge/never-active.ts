// Licensed and never active: mostly a licence that was assigned before its person began, or an offboarding that stopped
// halfway. Somebody looks into it before anything is taken, so it never enters a plan by itself. Pure.
import type { Evidence } from '../evidence.ts';
import type { Judgement } from './judgement.ts';

export function isLicensedButNeverActive(
  { licenses }: Pick<Evidence, 'licenses'>,
  reasons: Judgement['reasons'],
): boolean {
  return licenses.length > 0 && reasons.includes('never-active');
}
