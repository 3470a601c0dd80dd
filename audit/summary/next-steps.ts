// What happens to one account next, in words with dates: once the proposal is merged, and by itself after that.
import type { Day } from '../../policy/evidence.ts';
import { computeMergeEffect, describeDisabling, describeForeseenStep } from '../../policy/files/merge-effect.ts';
import {
  isReleased,
  listReasonsAgainstBlock,
  selectStillHeldBack,
  selectUnreleased,
} from '../../policy/files/stage.ts';
import type { Move, UnmovedAccount } from '../../policy/plan/move.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import { formatDates, listUpcomingSteps, type UpcomingStep } from '../../policy/words/describe-account.ts';
import { describeHeldBackReason, formatDay, formatList, formatMoney } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';
import { findContact } from './contact.ts';
import { computeMonthlySaving, findStanding, isEntered, listRemovedLicenses, listSavedLicenses } from './totals.ts';

/** For a file that moves, if it is merged on the day of the audit; a later merge moves every date along. */
export function describeMoveNext(move: Move, result: AuditView): string {
  const { to, from } = move;
  const today = result.auditedOn;
  if (to === null) return from === null ? 'stays as it is' : 'stays as it is; Dormant no longer looks after it';
  if (to === 'archive') return 'stays as it is; the file leaves the program';
  const saved = listSavedLicenses(move);
  if (saved.length > 0)
    return `${formatList(saved)} assigned again, and the mailbox becomes shared again; the licence stays`;
  const onMerge = isEntered(move) ? describeOnMerge(to, move, result) : ['nothing changes by this merge'];
  return [...onMerge, ...describeLaterSteps({ ...move, stage: to, since: today }, result)].join('; ');
}

/** For a file that stays in its stage. */
export function describeUnmovedNext(unmoved: UnmovedAccount, result: AuditView): string {
  const { stage, movesOn, judged, because } = unmoved;
  // An account that waits for more than days has no date.
  if (judged === null || movesOn === null) return formatDates(because, result.auditedOn);
  if (stage === 'keep') return `kept until ${formatDay(movesOn, result.auditedOn)}`;
  return describeLaterSteps(unmoved, result).join('; ');
}

function describeOnMerge(to: Stage, move: Move, result: AuditView): string[] {
  const { file } = move;
  switch (to) {
    case 'notify':
      return [`${findContact(file, result.policy).words} is told`];
    case 'review':
      return ['nothing changes; time to object'];
    case 'disable':
      return describeDisabling(computeMergeEffect(file, to, findStanding(move)));
    case 'delicense':
      return describeDelicensing(move);
    case 'restore':
      return [`gets back ${formatList(listGivenBack(file))}`];
    case 'keep':
      return [`nothing happens for ${result.policy.stages.keepDays} days; what was taken is given back`];
  }
}

function describeDelicensing(move: Move): string[] {
  const { savings } = move.file;
  const gone = listRemovedLicenses(move);
  const removed =
    gone.length === 0
      ? 'no licence is removed'
      : `${formatList(gone)} removed: ${formatMoney(computeMonthlySaving(move), savings.currency)} a month`;
  return [removed, ...describeStaying(move.file)];
}

function describeStaying(file: AccountFile): string[] {
  return selectStillHeldBack(file.savings, isReleased(file)).map(
    ({ skuPartNumber, reason, error }) => `${skuPartNumber} stays: ${describeHeldBackReason(reason, error)}`,
  );
}

function listGivenBack({ restore }: AccountFile): string[] {
  return [
    ...(restore.licenses.length > 0 ? [listPartNumbers(restore).join(', ')] : []),
    ...(restore.mailbox === 'user' ? ['the mailbox as a user mailbox'] : []),
    ...(restore.accountEnabled ? ['sign-in'] : []),
  ];
}

function listPartNumbers({ licenses }: AccountFile['restore']): string[] {
  return [...new Set(licenses.map(({ skuPartNumber }) => skuPartNumber))];
}

type StagedAccount = Pick<UnmovedAccount, 'file' | 'judged' | 'stage' | 'since'>;

function describeLaterSteps(account: StagedAccount, { policy, auditedOn }: AuditView): string[] {
  const { stage, since } = account;
  return listUpcomingSteps(stage, since, policy.stages).flatMap((step) => {
    const words = describeStep(step.stage, account);
    return words === null ? [] : [`${words} from ${formatDay(pickLater(step.on, auditedOn), auditedOn)}`];
  });
}

/** null: the step does nothing to this account. */
function describeStep(step: UpcomingStep['stage'], account: StagedAccount): string | null {
  switch (step) {
    case 'review':
      return 'objections';
    case 'disable':
    case 'delicense':
      if (listReasonsAgainstBlock(account.file).length > 0)
        return step === 'disable' ? 'set aside instead of blocked' : null;
      return describeForeseenStep(step, computeMergeEffect(account.file, step, findStanding(account)));
    case 'deletable':
      return account.stage === 'delicense' && !needsRelease(account.file) ? 'deletable by hand' : null;
    default:
      return null;
  }
}

/** The stages ahead of an account unless somebody decides, without those that it is kept from. */
export function listStepsAhead(
  { file, stage, since }: Pick<UnmovedAccount, 'file' | 'stage' | 'since'>,
  { policy }: AuditView,
): UpcomingStep[] {
  const isSetAside = listReasonsAgainstBlock(file).length > 0;
  return listUpcomingSteps(stage, since, policy.stages).filter(
    (step) => step.stage === 'review' || !(isSetAside || (step.stage === 'deletable' && needsRelease(file))),
  );
}

/** Such an account is listed as waiting, however long, and never as deletable. */
function needsRelease(file: AccountFile): boolean {
  return selectUnreleased(file).length > 0;
}

/** A step whose day has passed was not merged, so it may happen from today on. */
function pickLater(day: Day, today: Day): Day {
  return day < today ? today : day;
}
