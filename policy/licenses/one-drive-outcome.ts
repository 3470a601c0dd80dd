// What becomes of a OneDrive once its licences go; pull request, mail, report and comment all ask here. Pure.
import type { AssignedLicense } from '../evidence.ts';
import { computeMergeEffect } from '../files/merge-effect.ts';
import { toOriginalState } from '../files/removals.ts';
import { isReleased } from '../files/stage.ts';
import { type AccountFile, releasableReasons } from '../schemas/account.ts';

/**
 * `held-back`: its licence stays until a person releases the files. `stays`: a remaining licence carries it, or no clock
 * runs. `released`, `named`: Microsoft's clock begins, because a person released it, or the policy only names it.
 */
export type OneDriveOutcome = 'held-back' | 'released' | 'named' | 'stays';

/** As the file says; null: there is no OneDrive. `licenses`: what the account has now, where known. */
export function findOneDriveOutcome(
  file: AccountFile,
  licenses: readonly AssignedLicense[] = [],
): OneDriveOutcome | null {
  const { oneDrive, savings, dynamicGroups = [] } = file;
  if (oneDrive === undefined) return null;
  // Held back by its licence, or by the block that would take it.
  const heldBackReasons = savings.heldBack.map(({ reason }) => reason);
  const blockReasons = dynamicGroups.flatMap(({ keepsSignInFor = [] }) => keepsSignInFor);
  const isHeldBack = [...heldBackReasons, ...blockReasons].some((reason) => releasableReasons.includes(reason));
  if (isHeldBack && !isReleased(file)) return 'held-back';
  const removed = computeMergeEffect(file, 'delicense', toOriginalState(file.restore)).licenses;
  const leaving = [...removed, ...dynamicGroups.flatMap(({ skuPartNumbers }) => skuPartNumbers)];
  if (oneDrive.byDefault === undefined || leaving.length === 0 || isCarried(licenses, leaving)) return 'stays';
  return isReleased(file) ? 'released' : 'named';
}

/** By a licence that a reviewer keeps. The small OneDrive of other products does not count: it may not keep one. */
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
