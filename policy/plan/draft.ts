// One account's change before the caps have had their say. Pure.
import type { JudgedAccount } from '../judgement.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { stageOrder } from '../stage.ts';
import { isCapped } from '../taken.ts';
import type { InForceFile } from './input.ts';
import type { MoveReason } from './move.ts';

export interface Draft {
  path: string;
  /** null for an account that enters the plan. */
  inForce: InForceFile | null;
  to: Stage | 'archive' | null;
  reason: MoveReason;
  because: string;
  judged: JudgedAccount | null;
  file: AccountFile;
}

/** Whether merging it takes sign-in, a mailbox or licences away; such moves are what the caps count. */
export function takes({ to, inForce, file }: Pick<Draft, 'to' | 'inForce' | 'file'>): boolean {
  return to !== null && to !== 'archive' && isCapped(inForce?.file ?? null, { ...file, stage: to });
}

/** Whether an account walks into the plan with it; a reviewer's `keep` of a new one does not. */
export function enters({ to, inForce }: Pick<Draft, 'to' | 'inForce'>): boolean {
  return inForce === null && to !== null && to !== 'archive' && stageOrder(to) >= 0;
}

const givingReasons: readonly MoveReason[] = ['renamed', 'mailbox-flipped-back'];

/** Whether it only gives something back or lets an account go; such moves are never capped. */
export function gives({ inForce, to, reason }: Draft): boolean {
  return (
    inForce !== null && (to === null || to === 'restore' || to === 'keep' || givingReasons.includes(reason))
  );
}
