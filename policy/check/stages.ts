// An account moves one stage at a time, not too early, and never loses more than its stage asks for. Pure.
import type { Problem } from '../errors.ts';
import { addDays, countDaysBetween } from '../evidence.ts';
import { describeDesiredBeyondStage, getStageOrder, isTakingStage, listReasonsAgainstBlock } from '../files/stage.ts';
import type { Stage } from '../schemas/account.ts';
import { formatList, heldBackWords } from '../words/labels.ts';
import { buildProblem, type FilesInput, type JudgedInput } from './input.ts';

/**
 * Forward by one step only; back, to keep and to restore at any time. A new file starts with notify, or with a keep; with
 * restore only where main's history says that this pipeline took something.
 */
export function checkStageJump({ base, head, judged }: JudgedInput): Problem[] {
  return head.flatMap((parsed) => {
    const from = base.get(parsed.path)?.file.stage ?? null;
    const to = parsed.value.stage;
    const isReturning = from === null && judged.get(parsed.path)?.past.lastTaken != null;
    const allowed: Stage[] = [...listAllowedStages(from), ...(isReturning ? ['restore' as const] : [])];
    if (from === to || allowed.includes(to)) return [];
    const message = `stage: found ${to} after ${from ?? 'no file'}, allowed: ${allowed.join(', ')}`;
    return [buildProblem(parsed, ['stage'], 'stage-jump', message)];
  });
}

/** A stage's days count from the day it reached the base branch. */
export function checkStageDays({ base, head, policy, today }: JudgedInput): Problem[] {
  const days: Partial<Record<Stage, number>> = {
    notify: policy.stages.notifyDays,
    review: policy.stages.reviewDays,
    disable: policy.stages.disableDays,
  };
  return head.flatMap((parsed) => {
    const before = base.get(parsed.path);
    const needed = before && days[before.file.stage];
    if (!before || needed === undefined || getStageOrder(parsed.value.stage) <= getStageOrder(before.file.stage))
      return [];
    if (countDaysBetween(before.since, today) >= needed) return [];
    const message =
      `stage: ${parsed.value.stage} comes ${needed} days after ${before.file.stage} reached main on ${before.since}, ` +
      `so not before ${addDays(before.since, needed)}`;
    return [buildProblem(parsed, ['stage'], 'stage-too-early', message)];
  });
}

/** Nor may a person block an account whose block would take something that has to stay, as the audit saw it. */
export function checkBlockLoss({ base, head }: JudgedInput): Problem[] {
  return head.flatMap((parsed) => {
    const { stage, desired } = parsed.value;
    const before = base.get(parsed.path)?.file.stage ?? null;
    const isNew = isTakingStage(stage) && (before === null || !isTakingStage(before));
    const reasons = isNew && !desired.accountEnabled ? listReasonsAgainstBlock(parsed.value) : [];
    if (reasons.length === 0) return [];
    const what = formatList(reasons.map((reason) => heldBackWords[reason]));
    const message = `stage: with ${stage} a dynamic group takes back a licence that has to stay (${what}), allowed: ${before ?? 'notify'}, or keep`;
    return [buildProblem(parsed, ['stage'], 'licence-goes-with-block', message)];
  });
}

export function checkReason({ head }: FilesInput): Problem[] {
  return head
    .filter(({ value }) => (value.stage === 'keep' || value.stage === 'restore') && value.reason === undefined)
    .map((parsed) => {
      const message = `stage: ${parsed.value.stage} needs a reason; add a line such as "reason: on leave until March"`;
      return buildProblem(parsed, ['stage'], 'missing-reason', message);
    });
}

/** `keep` and `restore` give back whatever `desired` still says, so that a veto is an edit of one line. */
export function checkDesired({ head }: FilesInput): Problem[] {
  const walking = head.filter(({ value }) => getStageOrder(value.stage) >= 0);
  return walking.flatMap((parsed) =>
    describeDesiredBeyondStage(parsed.value).map((message) =>
      buildProblem(parsed, ['desired'], 'desired-beyond-stage', `desired: ${message}`),
    ),
  );
}

function listAllowedStages(from: Stage | null): Stage[] {
  switch (from) {
    case null:
      return ['notify', 'keep'];
    case 'notify':
      return ['review', 'keep'];
    case 'review':
      return ['disable', 'notify', 'keep'];
    case 'disable':
      return ['delicense', 'review', 'notify', 'keep', 'restore'];
    case 'delicense':
      return ['disable', 'review', 'notify', 'keep', 'restore'];
    case 'keep':
      return ['notify', 'review', 'restore'];
    case 'restore':
      return ['keep', 'notify', 'review'];
  }
}
