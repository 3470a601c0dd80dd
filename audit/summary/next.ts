// What happens to one account next, in words with dates: once the proposal is merged, and by itself after that.

import { computeMergeEffect, describeDisabling, describeForeseenStep } from '../../policy/effect.ts';
import type { Day } from '../../policy/evidence.ts';
import type { Move, UnmovedAccount } from '../../policy/plan/move.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { formatDates, listUpcomingSteps, type UpcomingStep } from '../../policy/sentence.ts';
import {
  isReleased,
  listReasonsAgainstBlock,
  selectStillHeldBack,
  selectUnreleased,
} from '../../policy/stage.ts';
import { describeHeldBackReason, formatDay, formatList, formatMoney } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { contactOf } from './contact.ts';
import { isEntered, removedLicenses, savedBy, savedLicenses, standingIn } from './totals.ts';

/** For a file that moves, if it is merged on the day of the audit; a later merge moves every date along. */
export function moveNext(move: Move, result: AuditResult): string {
  const { to, from } = move;
  const today = result.auditedOn;
  if (to === null)
    return from === null ? 'stays as it is' : 'stays as it is; Dormant no longer looks after it';
  if (to === 'archive') return 'stays as it is; the file leaves the program';
  const saved = savedLicenses(move);
  if (saved.length > 0)
    return `${formatList(saved)} assigned again, and the mailbox becomes shared again; the licence stays`;
  const merging = isEntered(move) ? onMerge(to, move, result) : ['nothing changes by this merge'];
  return [...merging, ...laterSteps({ ...move, stage: to, since: today }, result)].join('; ');
}

/** For a file that stays in its stage. */
export function heldNext(held: UnmovedAccount, result: AuditResult): string {
  const { stage, movesOn, judged, because } = held;
  // Of whoever waits for more than days, nobody can say when they move on.
  if (judged === null || movesOn === null) return formatDates(because, result.auditedOn);
  if (stage === 'keep') return `kept until ${formatDay(movesOn, result.auditedOn)}`;
  return laterSteps(held, result).join('; ');
}

function onMerge(to: Stage, move: Move, result: AuditResult): string[] {
  const { file } = move;
  switch (to) {
    case 'notify':
      return [`${contactOf(file, result.policy).words} is told`];
    case 'review':
      return ['nothing changes; time to object'];
    case 'disable':
      return describeDisabling(computeMergeEffect(file, to, standingIn(move)));
    case 'delicense':
      return delicensing(move, result);
    case 'restore':
      return [`gets back ${formatList(givenBack(file))}`];
    case 'keep':
      return [`nothing happens for ${result.policy.stages.keepDays} days; what was taken is given back`];
  }
}

function delicensing(move: Move, result: AuditResult): string[] {
  const { savings } = move.file;
  const gone = removedLicenses(move);
  const removed =
    gone.length === 0
      ? 'no licence is removed'
      : `${formatList(gone)} removed: ${formatMoney(savedBy(move, result), savings.currency)} a month`;
  return [removed, ...staying(move.file)];
}

function staying(file: AccountFile): string[] {
  return selectStillHeldBack(file.savings, isReleased(file)).map(
    ({ skuPartNumber, reason, error }) => `${skuPartNumber} stays: ${describeHeldBackReason(reason, error)}`,
  );
}

function givenBack({ restore }: AccountFile): string[] {
  return [
    ...(restore.licenses.length > 0 ? [partNumbers(restore).join(', ')] : []),
    ...(restore.mailbox === 'user' ? ['the mailbox as a user mailbox'] : []),
    ...(restore.accountEnabled ? ['sign-in'] : []),
  ];
}

function partNumbers({ licenses }: AccountFile['restore']): string[] {
  return [...new Set(licenses.map(({ skuPartNumber }) => skuPartNumber))];
}

type Walking = Pick<UnmovedAccount, 'file' | 'judged' | 'stage' | 'since'>;

function laterSteps(walking: Walking, { policy, auditedOn }: AuditResult): string[] {
  const { stage, since } = walking;
  return listUpcomingSteps(stage, since, policy.stages).flatMap((step) => {
    const words = stepInWords(step.stage, walking);
    return words === null ? [] : [`${words} from ${formatDay(later(step.on, auditedOn), auditedOn)}`];
  });
}

/** null: the step does nothing to this account. */
function stepInWords(step: UpcomingStep['stage'], walking: Walking): string | null {
  switch (step) {
    case 'review':
      return 'objections';
    case 'disable':
    case 'delicense':
      if (listReasonsAgainstBlock(walking.file).length > 0)
        return step === 'disable' ? 'set aside instead of blocked' : null;
      return describeForeseenStep(step, computeMergeEffect(walking.file, step, standingIn(walking)));
    case 'deletable':
      return walking.stage === 'delicense' && !waitsForRelease(walking.file) ? 'deletable by hand' : null;
    default:
      return null;
  }
}

/** The stages that lie ahead of an account unless somebody decides: not those that it is kept from. */
export function stepsAheadOf(
  { file, stage, since }: Pick<UnmovedAccount, 'file' | 'stage' | 'since'>,
  { policy }: AuditResult,
): UpcomingStep[] {
  const isSetAside = listReasonsAgainstBlock(file).length > 0;
  return listUpcomingSteps(stage, since, policy.stages).filter(
    (step) =>
      step.stage === 'review' || !(isSetAside || (step.stage === 'deletable' && waitsForRelease(file))),
  );
}

/** Such an account is listed as one that waits, however long, and never as deletable. */
function waitsForRelease(file: AccountFile): boolean {
  return selectUnreleased(file).length > 0;
}

/** A step whose day is over is still ahead, because nobody has merged it: it may happen from today on. */
function later(day: Day, today: Day): Day {
  return day < today ? today : day;
}
