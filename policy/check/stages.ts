// An account moves one stage at a time, not too early, and never loses more than its stage asks for. Pure.
import type { Problem } from '../errors.ts';
import type { Day } from '../evidence.ts';
import { describeDesiredBeyondStage, getStageOrder, isTakingStage, listReasonsAgainstBlock } from '../files/stage.ts';
import { describeEarly, describeJump, findStageWait, listAllowedStages } from '../files/stage-steps.ts';
import { foldId } from '../identifiers.ts';
import { selectStages } from '../populations/population-policy.ts';
import type { AccountFile } from '../schemas/account.ts';
import { readAccountPast } from '../signing/account-past.ts';
import { groupVersions } from '../signing/main-line.ts';
import { formatList, heldBackWords } from '../words/labels.ts';
import { buildProblem, type FilesInput, type JudgedInput } from './input.ts';

/** A new file with restore stands only where main's history says that this pipeline took something. */
export function checkStageJump({ base, head, judged }: JudgedInput): Problem[] {
  return head.flatMap((parsed) => {
    const from = base.get(parsed.path)?.file.stage ?? null;
    const to = parsed.value.stage;
    const allowed = listAllowedStages(from, { hasTaken: judged.get(parsed.path)?.past.lastTaken != null });
    if (from === to || allowed.includes(to)) return [];
    return [buildProblem(parsed, ['stage'], 'stage-jump', describeJump(from, to, allowed))];
  });
}

/** A stage's days count from the day it reached the base branch. */
export function checkStageDays(input: JudgedInput): Problem[] {
  const { base, head, policy, today } = input;
  const uncounted = input.main.lineRules?.findUncounted(Number.POSITIVE_INFINITY) ?? [];
  return head.flatMap((parsed) => {
    const before = base.get(parsed.path);
    if (before === undefined) return [];
    const stages = selectStages(policy, parsed.value.evidence.population);
    const findWait = (since: Day) => {
      const found = findStageWait({ stage: before.file.stage, since }, parsed.value.stage, stages, uncounted);
      return found === null || found.until <= today ? null : found;
    };
    const wait = findWait(before.since);
    if (wait === null || findWait(findCountedStart(before.file, input) ?? before.since) === null) return [];
    const begun = { stage: before.file.stage, since: before.since };
    const message = describeEarly(begun, parsed.value.stage, wait);
    return [buildProblem(parsed, ['stage'], 'stage-too-early', message)];
  });
}

/**
 * As the audit and the apply count: what was pushed further without an audit and is set back has never left its stage, so that
 * its days go on. null: main's line does not say.
 */
function findCountedStart({ account, stage }: AccountFile, { main, signing }: JudgedInput): Day | null {
  const { lineRules, versions } = main;
  if (lineRules === null) return null;
  const id = foldId(account.id);
  const own = groupVersions(versions, new Set([id])).get(id) ?? [];
  const { standing, since } = readAccountPast(id, own, { ...signing, lineRules });
  return standing?.stage === stage ? since : null;
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
