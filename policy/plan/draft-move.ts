// One account's change before the caps are applied. Pure.
import { isCapped, toCappedChange } from '../files/removals.ts';
import { getStageOrder } from '../files/stage.ts';
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
  /** Signed where this audit has a key. */
  file: AccountFile;
}

export function isTakingMove({ to, inForce, file }: Pick<DraftMove, 'to' | 'inForce' | 'file'>): boolean {
  return to !== null && to !== 'archive' && isCapped(toCappedChange(inForce?.file ?? null, { ...file, stage: to }));
}

/** Whether an account enters the plan with it; a reviewer's `keep` of a new one does not count. */
export function isEnteringMove({ to, inForce }: Pick<DraftMove, 'to' | 'inForce'>): boolean {
  return inForce === null && to !== null && to !== 'archive' && getStageOrder(to) >= 0;
}
