// What an account waits for: a block must take nothing that has to stay, and then the tenant has to show it. Pure.
import type { Evidence } from '../evidence.ts';
import { isReleased } from '../files/stage.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { buildBelongings } from '../judge/savings.ts';
import { toGigabytes } from '../licenses/belongings.ts';
import { findLostWithBlock } from '../licenses/block-losses.ts';
import type { AccountFile } from '../schemas/account.ts';
import { describeLossesWithBlock } from '../words/describe-block-losses.ts';
import { formatList } from '../words/labels.ts';
import type { InForceFile } from './input.ts';
import type { StepContext } from './next-stage.ts';
import { listNotYetDisabled } from './not-yet-disabled.ts';

/** What an account in review or disable still waits for when its time has come; null: it goes on. */
export function findReasonToWait(
  tracked: InForceFile,
  judged: JudgedAccount,
  context: Pick<StepContext, 'rules' | 'run'>,
): string | null {
  const { file } = tracked;
  const because = findReasonNotToBlock(file, judged.evidence, context.rules);
  if (because !== null || file.stage === 'review') return because;
  const missing = listNotYetDisabled(tracked, judged, context);
  return missing.length === 0 ? null : `waits until the tenant shows ${formatList(missing)}`;
}

/** What a block would take although it has to stay; null: it may be blocked, or is. */
function findReasonNotToBlock(file: AccountFile, evidence: Evidence, { policy }: StackRules): string | null {
  const isKept = file.stage === 'disable' && file.desired.accountEnabled;
  if (!evidence.accountEnabled || isKept) return null;
  const { licenses, oneDrive } = evidence;
  const lost = findLostWithBlock(licenses, buildBelongings(evidence, policy, isReleased(file)), policy);
  if (lost.size === 0) return null;
  const gigabytes = oneDrive.kind === 'seen' ? toGigabytes(oneDrive.storageUsedBytes) : null;
  const losses = [...lost].map(([license, reason]) => ({
    group: license.groupName ?? license.assignedByGroup ?? '',
    membershipRule: license.dynamicGroup?.membershipRule ?? null,
    skuPartNumber: license.skuPartNumber,
    reason,
    gigabytes,
  }));
  return `sign-in is not blocked yet: ${describeLossesWithBlock(losses)}`;
}
