// Where one account file goes from here: moved, held, withdrawn or released, with the reason. One rule per situation. Pure.
import { addDays, type Day, daysBetween, isOutsider, type RunFacts } from '../evidence.ts';
import type { Rules } from '../judge.ts';
import type { JudgedAccount } from '../judgement.ts';
import { findKnownFiles } from '../licenses/known-files.ts';
import { findMailboxState, isWatched } from '../mailbox-loss.ts';
import { savingsOutlook } from '../savings.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { reasonsInWords } from '../sentence.ts';
import { findUnreleased, isReleased, takesAway } from '../stage.ts';
import { listInWords } from '../words.ts';
import { judgeAbsence } from './absence.ts';
import { reasonToWait } from './block.ts';
import { type FlipBackContext, findFlipBack, savingStep } from './flipped-mailbox.ts';
import type { Absence, InForceFile } from './input.ts';
import type { MoveReason } from './move.ts';
import { notYetTaken, renewalReason } from './renewal.ts';

export type Step =
  | { kind: 'move'; to: Stage | 'archive' | null; reason: MoveReason; because: string }
  | { kind: 'hold'; because: string; movesOn: Day | null };

export interface StepContext extends FlipBackContext {
  rules: Rules;
  run: RunFacts;
  today: Day;
  absent: ReadonlyMap<string, Absence>;
}

/** `judged` null: the listing did not show the account. */
export function nextStep(tracked: InForceFile, judged: JudgedAccount | null, context: StepContext): Step {
  if (judged === null) return whileAbsent(tracked, context);
  switch (tracked.file.stage) {
    case 'keep':
      return afterKeep(tracked, context);
    case 'restore':
      return afterRestore(tracked, judged);
    case 'notify':
    case 'review':
    case 'disable':
      return withdrawal(tracked, judged) ?? doubt(judged) ?? renewed(tracked, judged, context);
    case 'delicense':
      // There is nothing left to take, so that doubt holds nothing up: a closed account's rows leave the report.
      return leaveDelicense(tracked, judged, context) ?? renewed(tracked, judged, context);
  }
}

function whileAbsent(tracked: InForceFile, context: StepContext): Step {
  const { mayComeBack, because } = judgeAbsence(tracked, context);
  return mayComeBack ? hold(because, null) : move(null, 'account-gone', because);
}

/** Why the account has to be left alone as of now, whatever its stage; null when nothing says so. */
export function leftAlone({
  evidence,
  judgement,
}: JudgedAccount): Pick<Step & { kind: 'move' }, 'reason' | 'because'> | null {
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
    const why = listInWords(reasonsInWords({ evidence, judgement }));
    return { reason: 'active-again', because: `last activity on ${lastActivityOn}: ${why}` };
  }
  return null;
}

export function doubtInWords(judged: JudgedAccount): string {
  return `the evidence does not suffice to go on: ${listInWords(reasonsInWords(judged))}`;
}

function afterKeep({ since }: InForceFile, { rules, today }: StepContext): Step {
  const lapses = addDays(since, rules.policy.stages.keepDays);
  return today >= lapses
    ? move(null, 'keep-lapsed', `kept since ${since}; a keep holds ${rules.policy.stages.keepDays} days`)
    : hold(`kept by a reviewer since ${since}`, lapses);
}

function afterRestore({ file }: InForceFile, judged: JudgedAccount): Step {
  const missing = notYetRestored(file, judged);
  return missing.length === 0
    ? move(null, 'restored', 'the tenant shows it given back')
    : hold(`waits until the tenant shows ${listInWords(missing)}`, null);
}

/** Inherited licences are the group's to give: this pipeline has taken none and waits for none. */
function notYetRestored({ restore }: AccountFile, { evidence }: JudgedAccount): string[] {
  const held = new Set(evidence.licenses.map(({ skuId }) => skuId.toLowerCase()));
  const lost = restore.licenses.filter(
    ({ skuId, assignedByGroup }) => assignedByGroup === null && !held.has(skuId.toLowerCase()),
  );
  const type = evidence.mailbox.recipientType;
  const mayBeShared = restore.mailbox === 'user' && (type === 'shared' || type === 'unknown');
  return [
    ...(restore.accountEnabled && !evidence.accountEnabled ? ['sign-in allowed'] : []),
    ...(lost.length > 0 ? [`${lost.map(({ skuPartNumber }) => skuPartNumber).join(', ')} assigned`] : []),
    ...(mayBeShared ? ['the mailbox as a user mailbox'] : []),
  ];
}

/** Activity, an exemption or a risk takes an account out: before `disable` the file goes, after it `restore` is proposed. */
function withdrawal({ file }: InForceFile, judged: JudgedAccount): Step | null {
  const why = leftAlone(judged);
  return why && move(takesAway(file.stage) ? 'restore' : null, why.reason, why.because);
}

/** Who gets back what was taken gets the licence that the mailbox needs, too; the day until which that helps is said. */
function leaveDelicense(tracked: InForceFile, judged: JudgedAccount, context: StepContext): Step | null {
  const out = withdrawal(tracked, judged);
  const flipped = findFlipBack(tracked, judged, context);
  if (out === null || out.kind === 'hold' || flipped === null)
    return out ?? savingStep(tracked, judged, context);
  return { ...out, because: `${out.because}; ${flipped.because}` };
}

function doubt(judged: JudgedAccount): Step | null {
  if (judged.judgement.verdict !== 'insufficient-evidence') return null;
  return hold(doubtInWords(judged), null);
}

/** Whoever does not move on, and could not be blocked or delicensed on evidence as old as this, gets new evidence. */
function renewed(tracked: InForceFile, judged: JudgedAccount, context: StepContext): Step {
  const step = onward(tracked, judged, context);
  if (step.kind === 'move') return step;
  const because = renewalReason(tracked, judged, context);
  return because === null ? step : move(tracked.file.stage, 'evidence-renewed', because);
}

function onward(tracked: InForceFile, judged: JudgedAccount, { rules, today }: StepContext): Step {
  const { stages } = rules.policy;
  const { file, since } = tracked;
  switch (file.stage) {
    case 'notify':
      return after(since, stages.notifyDays, today, 'review');
    case 'review':
    case 'disable': {
      const step =
        file.stage === 'review'
          ? after(since, stages.reviewDays, today, 'disable')
          : after(since, stages.disableDays, today, 'delicense');
      const because = reasonToWait(tracked, judged, { rules, today });
      return step.kind === 'move' && because !== null ? hold(because, null) : step;
    }
    case 'delicense': {
      const missing = notYetTaken(file, judged.evidence, rules);
      if (missing.length > 0) return hold(`waits until the tenant shows ${listInWords(missing)}`, null);
      if (findKnownFiles(file, judged.evidence, rules).length > 0)
        return hold(`delicensed since ${since}; what its OneDrive holds is known by now`, null);
      if (waitsForRelease(file, judged, rules))
        return hold(`delicensed since ${since}; ${waitingWords}`, null);
      const archiveOn = addDays(since, stages.archiveAfterDays);
      return today >= archiveOn
        ? move('archive', 'archived', `delicensed since ${since}`)
        : hold(`delicensed since ${since}${keptMailboxInWords(file, judged)}`, archiveOn);
    }
    case 'keep':
    case 'restore':
      return hold(`in ${file.stage} since ${since}`, null);
  }
}

/**
 * In the archive nobody could release it any more, and its licence would be paid for without anybody being reminded. Also where the
 * report has shown less since: the row of an account that is blocked may be wrong or gone, and people were told of files.
 */
function waitsForRelease(file: AccountFile, { evidence }: JudgedAccount, { policy, prices }: Rules): boolean {
  const { waiting } = savingsOutlook(evidence, policy, prices, isReleased(file));
  const named = new Set(file.restore.licenses.map(({ skuPartNumber }) => skuPartNumber));
  const held = new Set(evidence.licenses.map(({ skuPartNumber }) => skuPartNumber));
  return (
    waiting.some(({ skuPartNumber }) => named.has(skuPartNumber)) ||
    findUnreleased(file).some(({ skuPartNumber }) => held.has(skuPartNumber))
  );
}

const waitingWords = 'a licence waits for somebody to release the files of its OneDrive';

function keptMailboxInWords(file: AccountFile, { evidence }: JudgedAccount): string {
  const isKept =
    isWatched(file) && findMailboxState(evidence, file, file.evidence.auditedOn).kind === 'licensed';
  return isKept ? '; its mailbox is a user mailbox again, and a licence keeps its mail' : '';
}

function after(since: Day, days: number, today: Day, to: Stage): Step {
  const elapsed = daysBetween(since, today);
  return elapsed >= days
    ? move(to, 'stage-elapsed', `still inactive ${elapsed} days after ${since}`)
    : hold(`${elapsed} of ${days} days have passed since ${since}`, addDays(since, days));
}

function move(to: Stage | 'archive' | null, reason: MoveReason, because: string): Step & { kind: 'move' } {
  return { kind: 'move', to, reason, because };
}

function hold(because: string, movesOn: Day | null): Step {
  return { kind: 'hold', because, movesOn };
}
