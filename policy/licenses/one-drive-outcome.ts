// What becomes of an account's OneDrive once its licences go: the one answer for pull request, mail, report and comment. Pure.

import type { AssignedLicense } from '../evidence.ts';
import { computeMergeEffect } from '../merge-effect.ts';
import { toOriginalState } from '../removals.ts';
import type { AccountFile } from '../schemas/account.ts';
import { isReleased } from '../stage.ts';
import { releasableReasons } from './held-back.ts';

/**
 * `held-back`: its licence stays until a person releases the files. `stays`: a licence that stays carries it, or no clock runs for it.
 * `released` and `named`: Microsoft's clock begins, with a person's word or because the policy only has it named.
 */
export type OneDriveOutcome = 'held-back' | 'released' | 'named' | 'stays';

/** As the file says it; null: there is no OneDrive to speak of. `licenses`: what the account holds now, where somebody has looked. */
export function findOneDriveOutcome(
  file: AccountFile,
  licenses: readonly AssignedLicense[] = [],
): OneDriveOutcome | null {
  const { oneDrive, savings, dynamicGroups = [] } = file;
  if (oneDrive === undefined) return null;
  // By its licence, or by the block that would take it.
  const heldBackReasons = savings.heldBack.map(({ reason }) => reason);
  const blockReasons = dynamicGroups.flatMap(({ keepsSignInFor = [] }) => keepsSignInFor);
  const isHeldBack = [...heldBackReasons, ...blockReasons].some((reason) =>
    releasableReasons.includes(reason),
  );
  if (isHeldBack && !isReleased(file)) return 'held-back';
  const removed = computeMergeEffect(file, 'delicense', toOriginalState(file.restore)).licenses;
  const leaving = [...removed, ...dynamicGroups.flatMap(({ skuPartNumbers }) => skuPartNumbers)];
  if (oneDrive.byDefault === undefined || leaving.length === 0 || isCarried(licenses, leaving))
    return 'stays';
  return isReleased(file) ? 'released' : 'named';
}

/** By a licence that a reviewer keeps. The small OneDrive of other products counts for nothing: nobody knows whether it keeps one. */
function isCarried(licenses: readonly AssignedLicense[], leaving: readonly string[]): boolean {
  return licenses.some(
    ({ carries, doubt, skuPartNumber }) =>
      carries.oneDrive === 'full' && doubt === undefined && !leaving.includes(skuPartNumber),
  );
}

/** Whether its last licence goes, so that Microsoft's clock begins. */
export function isClockStarting(outcome: OneDriveOutcome | null): boolean {
  return outcome === 'released' || outcome === 'named';
}
