// A blocked account's mailbox is read by delegates; that must not bring the account back. Pure.
import { isTakingStage } from '../files/stage.ts';
import { judge } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { InForceFile } from './input.ts';
import type { StepContext } from './next-stage.ts';

/**
 * The account judged by its own person's activity: Exchange activity since the block is replaced by the last that the
 * review saw. Activity up to the day of the merge, and in every other service, still counts.
 */
export function judgeWithoutDelegates(
  judged: JudgedAccount,
  { file, since }: InForceFile,
  { rules, run }: StepContext,
): JudgedAccount {
  const { evidence } = judged;
  const isBlocked = !evidence.accountEnabled && evidence.incomplete.length === 0;
  const { usage } = evidence;
  if (!isTakingStage(file.stage) || !isBlocked || (usage.kind !== 'row' && usage.kind !== 'unreadable')) return judged;
  const { exchange } = usage.lastActivity;
  // Delicensing comes at least one stage after the block, so none of it can be the person's.
  const isByDelegates = exchange !== null && (file.stage === 'delicense' || exchange > since);
  if (!isByDelegates) return judged;
  const lastActivity = { ...usage.lastActivity, exchange: file.evidence.lastActivity.exchange };
  return judge({ ...evidence, usage: { ...usage, lastActivity } }, rules, run);
}
