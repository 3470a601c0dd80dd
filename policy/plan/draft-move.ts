// One account's change before the caps are applied. Pure.

import { getStageOrder } from '../files/stage.ts';
import { isSubjectToCaps } from '../guard/removals.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { InForceFile } from './input.ts';
import type { MoveReason } from './move.ts';

export interface DraftMove {
  path: string;
  /** null for an account that enters the plan. */
  inForce: InForceFile | null;
  to: Stage | 'archive' | null;
  reason: MoveReason;
  because: string;
  judged: JudgedAccount | null;
  file: AccountFile;
}

/** Whether merging it takes sign-in, a mailbox or licences away: the caps count these. */
export function isTakingMove({ to, inForce, file }: Pick<DraftMove, 'to' | 'inForce' | 'file'>): boolean {
  return to !== null && to !== 'archive' && isSubjectToCaps(inForce?.file ?? null, { ...file, stage: to });
}

/** Whether an account enters the plan with it; a reviewer's `keep` of a new one does not count. */
export function isEnteringMove({ to, inForce }: Pick<DraftMove, 'to' | 'inForce'>): boolean {
  return inForce === null && to !== null && to !== 'archive' && getStageOrder(to) >= 0;
}

const givingReasons: readonly MoveReason[] = ['renamed', 'mailbox-flipped-back'];

/** Whether it only gives something back or lets an account go: never capped. */
export function isGivingMove({ inForce, to, reason }: DraftMove): boolean {
  return inForce !== null && (to === null || to === 'restore' || to === 'keep' || givingReasons.includes(reason));
}
