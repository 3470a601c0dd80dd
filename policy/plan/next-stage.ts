// What happens next to one account file: moved, held, withdrawn or released, and why. One rule per situation. Pure.

import { countCountedDays } from '../calendar/day-span.ts';
import { addDays, countDaysBetween, type Day, type RunFacts } from '../evidence.ts';
import { listNotYetRestored } from '../files/not-yet-restored.ts';
import { isReleased, isTakingStage, selectUnreleased } from '../files/stage.ts';
import { addStageDays } from '../files/stage-steps.ts';
import type { IdKey } from '../identifiers.ts';
import { isOutsider } from '../judge/guests.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { applyRelease } from '../judge/savings.ts';
import { isWatched, judgeMailboxState } from '../licenses/mailbox-loss.ts';
import { resolvePopulation } from '../populations/resolve-population.ts';
import { scopeWords } from '../populations/scope.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { describeReasons } from '../words/describe-account.ts';
import { formatCount, formatList } from '../words/labels.ts';
import { judgeAbsence } from './absence.ts';
import { decideRescueStep, type FlipBackContext, findFlipBack } from './flipped-mailbox.ts';
import type { Absence, InForceFile } from './input.ts';
import { listKnownFileLicenses } from './known-files.ts';
import type { MoveReason } from './move.ts';
import { findReasonToWait } from './reasons-to-wait.ts';
import { findRenewalReason, listNotYetTaken } from './renewal.ts';

export type NextStep =
  | { kind: 'move'; to: Stage | 'archive' | null; reason: MoveReason; because: string }
  | { kind: 'hold'; because: string; movesOn: Day | null };

export interface StepContext extends FlipBackContext {
  rules: StackRules;
  run: RunFacts;
  absent: ReadonlyMap<IdKey, Absence>;
}

/** `judged` null: the listing did not show the account. */
export function decideNextStep(tracked: InForceFile, judged: JudgedAccount | null, context: StepContext): NextStep {
  if (judged === null) return decideWhileAbsent(tracked, context);
  switch (tracked.file.stage) {
    case 'keep':
      return decideAfterKeep(tracked, context);
    case 'restore':
      return decideAfterRestore(tracked, judged);
    case 'notify':
    case 'review':
    case 'disable':
      return (
        findWithdrawal(tracked, judged) ??
        findStepOutOfScope(tracked, judged) ??
        findDoubt(judged) ??
        decideWithRenewal(tracked, judged, context)
      );
    case 'delicense':
      // Nothing is left to take, so doubt holds nothing up: a closed account's rows leave the report.
      return (
        findWayOutOfDelicense(tracked, judged, context) ??
        decideOutOfScope(tracked, judged, context) ??
        decideWithRenewal(tracked, judged, context)
      );
  }
}

function decideWhileAbsent(tracked: InForceFile, context: StepContext): NextStep {
  const { mayComeBack, because } = judgeAbsence(tracked, context);
  if (mayComeBack) return buildHold(because, null);
  // What was taken stays on record: a file that takes is never deleted, so that nobody who is blocked gets lost.
  return buildMove(isTakingStage(tracked.file.stage) ? 'archive' : null, 'account-gone', because);
}

/** Why the account has to be left alone now, whatever its stage; null: no reason. */
export function findReasonToLeaveAlone({
  evidence,
  judgement,
}: JudgedAccount): Pick<NextStep & { kind: 'move' }, 'reason' | 'because'> | null {
  const { exemption, risks, verdict, lastActivityOn } = judgement;
  if (exemption) {
    const { until, reason, owner } = exemption;
    return { reason: 'exempted', because: `exempt until ${until}: ${reason} (${owner})` };
  }
  if (risks.length > 0) {
    return { reason: 'protected', because: risks.map(({ because }) => because).join('; ') };
  }
  if (evidence.userType === 'guest') {
    return { reason: 'protected', because: 'is a guest now; guests are audited separately' };
  }
  if (isOutsider(evidence)) {
    return {
      reason: 'protected',
      because: 'is a member of another company now; those are audited with the guests',
    };
  }
  if (verdict === 'active') {
    const why = formatList(describeReasons({ evidence, judgement }));
    return { reason: 'active-again', because: `last activity on ${lastActivityOn}: ${why}` };
  }
  return null;
}

export function describeInsufficientEvidence(judged: JudgedAccount): string {
  return `the evidence does not suffice to go on: ${formatList(describeReasons(judged))}`;
}

function decideAfterKeep({ since }: InForceFile, { rules, run: { auditedOn: today } }: StepContext): NextStep {
  const lapses = addDays(since, rules.policy.stages.keepDays);
  return today >= lapses
    ? buildMove(null, 'keep-lapsed', `kept since ${since}; a keep holds ${rules.policy.stages.keepDays} days`)
    : buildHold(`kept by a reviewer since ${since}`, lapses);
}

function decideAfterRestore({ file }: InForceFile, judged: JudgedAccount): NextStep {
  const missing = listNotYetRestored(file, judged.evidence);
  return missing.length === 0
    ? buildMove(null, 'restored', 'the tenant shows it given back')
    : buildHold(`waits until the tenant shows ${formatList(missing)}`, null);
}

/** Activity, an exemption or a risk takes an account out: before `disable` the file goes, after it `restore` is proposed. */
function findWithdrawal({ file }: InForceFile, judged: JudgedAccount): NextStep | null {
  const why = findReasonToLeaveAlone(judged);
  return why && buildMove(isTakingStage(file.stage) ? 'restore' : null, why.reason, why.because);
}

/** Who gets back what was taken gets the licence that the mailbox needs, too; the day until which that helps is said. */
function findWayOutOfDelicense(tracked: InForceFile, judged: JudgedAccount, context: StepContext): NextStep | null {
  const wayOut = findWithdrawal(tracked, judged);
  const flipBack = findFlipBack(tracked, judged, context);
  if (wayOut === null || wayOut.kind === 'hold' || flipBack === null)
    return wayOut ?? decideRescueStep(tracked, judged, context);
  return { ...wayOut, because: `${wayOut.because}; ${flipBack.because}` };
}

/** Nobody outside is begun with or taken from: before `disable` the file goes, after it nothing more is taken. */
function findStepOutOfScope({ file }: InForceFile, { judgement: { scope } }: JudgedAccount): NextStep | null {
  if (scope === 'inside') return null;
  if (scope === 'unknown' || isTakingStage(file.stage)) return buildHold(scopeWords[scope], null);
  return buildMove(null, 'out-of-scope', scopeWords[scope]);
}

/** Its days go on, and what is left to take stays. */
function decideOutOfScope(tracked: InForceFile, judged: JudgedAccount, context: StepContext): NextStep | null {
  const { scope } = judged.judgement;
  if (scope === 'inside') return null;
  const isTaken = listNotYetTaken(tracked.file, judged.evidence, context.rules).length === 0;
  return isTaken ? decideOnward(tracked, judged, context) : buildHold(scopeWords[scope], null);
}

function findDoubt(judged: JudgedAccount): NextStep | null {
  if (judged.judgement.verdict !== 'insufficient-evidence') return null;
  return buildHold(describeInsufficientEvidence(judged), null);
}

/** An account that does not move, and whose evidence is too old for the apply, gets new evidence. */
function decideWithRenewal(tracked: InForceFile, judged: JudgedAccount, context: StepContext): NextStep {
  const step = decideOnward(tracked, judged, context);
  if (step.kind === 'move') return step;
  const because = findRenewalReason(tracked, judged, context);
  return because === null ? step : buildMove(tracked.file.stage, 'evidence-renewed', because);
}

function decideOnward(tracked: InForceFile, judged: JudgedAccount, context: StepContext): NextStep {
  const { rules } = context;
  const { stages } = resolvePopulation(judged.evidence, rules.policy).policy;
  const today = context.run.auditedOn;
  const { file, since } = tracked;
  switch (file.stage) {
    case 'notify':
      return decideAfterDays(tracked, stages.notifyDays, context.run, 'review');
    case 'review':
    case 'disable': {
      const step =
        file.stage === 'review'
          ? decideAfterDays(tracked, stages.reviewDays, context.run, 'disable')
          : decideAfterDays(tracked, stages.disableDays, context.run, 'delicense');
      const because = findReasonToWait(tracked, judged, context);
      return step.kind === 'move' && because !== null ? buildHold(because, null) : step;
    }
    case 'delicense': {
      const missing = listNotYetTaken(file, judged.evidence, rules);
      if (missing.length > 0) return buildHold(`waits until the tenant shows ${formatList(missing)}`, null);
      if (listKnownFileLicenses(file, judged).length > 0)
        return buildHold(`delicensed since ${since}; what its OneDrive holds is known by now`, null);
      if (isWaitingForRelease(file, judged)) return buildHold(`delicensed since ${since}; ${waitingWords}`, null);
      const archiveOn = addDays(since, stages.archiveAfterDays);
      return today >= archiveOn
        ? buildMove('archive', 'archived', `delicensed since ${since}`)
        : buildHold(`delicensed since ${since}${describeKeptMailbox(file, judged)}`, archiveOn);
    }
    case 'keep':
    case 'restore':
      return buildHold(`in ${file.stage} since ${since}`, null);
  }
}

/**
 * An archived OneDrive could not be released, and its licence would be paid for unnoticed. Counts also where the report has
 * shown less since: a blocked account's row may be wrong or gone, and people were told of files.
 */
function isWaitingForRelease(file: AccountFile, { evidence, judgement }: JudgedAccount): boolean {
  const { waiting } = applyRelease(judgement.savings, isReleased(file));
  const namedSkus = new Set(file.restore.licenses.map(({ skuPartNumber }) => skuPartNumber));
  const assignedSkus = new Set(evidence.licenses.map(({ skuPartNumber }) => skuPartNumber));
  return (
    waiting.some(({ license }) => namedSkus.has(license.skuPartNumber)) ||
    selectUnreleased(file).some(({ skuPartNumber }) => assignedSkus.has(skuPartNumber))
  );
}

const waitingWords = 'a licence waits for somebody to release the files of its OneDrive';

function describeKeptMailbox(file: AccountFile, { evidence }: JudgedAccount): string {
  const isKept = isWatched(file) && judgeMailboxState(evidence, file, file.evidence.auditedOn).kind === 'licensed';
  return isKept ? '; its mailbox is a user mailbox again, and a licence keeps its mail' : '';
}

function decideAfterDays(
  { file: { stage }, since }: InForceFile,
  days: number,
  { auditedOn: today, uncounted }: RunFacts,
  to: Stage,
): NextStep {
  const until = addStageDays({ stage, since }, days, uncounted);
  if (today >= until)
    return buildMove(to, 'stage-elapsed', `still inactive ${countDaysBetween(since, today)} days after ${since}`);
  const closed = countDaysBetween(since, until) - days;
  const more = closed > 0 ? `; ${formatCount(closed, 'closed or paused day')} until then do not count` : '';
  const elapsed = days - countCountedDays(today, until, closed > 0 ? uncounted : []);
  return buildHold(`${elapsed} of ${days} days have passed since ${since}${more}`, until);
}

function buildMove(to: Stage | 'archive' | null, reason: MoveReason, because: string): NextStep & { kind: 'move' } {
  return { kind: 'move', to, reason, because };
}

function buildHold(because: string, movesOn: Day | null): NextStep {
  return { kind: 'hold', because, movesOn };
}
