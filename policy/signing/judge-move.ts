// Whether main's own line allows a move: one step at a time, and after as many days as the policy asked for that main had
// right before. What a pull request's check asks, a push may not have passed. Pure.
import type { Day } from '../evidence.ts';
import {
  type BegunStage,
  describeEarly,
  describeJump,
  findStageWait,
  isForward,
  listAllowedStages,
} from '../files/stage-steps.ts';
import type { Stage } from '../schemas/account.ts';
import type { SigningProblem } from './judge-version.ts';
import type { LineRules } from './line-rules.ts';

interface AskedMove {
  from: { stage: Stage | null; since: Day };
  to: Stage;
  /** By whose days, as the file that moves says it; null: the policy's own. */
  population: string | null;
  /** Of the audit that signed it: main cannot have had it earlier, whatever day its commit says. */
  auditedOn: Day;
  /** The place that brings it; Infinity: main does not have it yet. */
  at: number;
  /** The day of the next version of the account, or today: where the days are over by then, the move counts from there. */
  before: Day;
}

export interface JudgedMove {
  /** null: it may stand. */
  problem: (SigningProblem & { code: 'stage-jump' | 'stage-too-early' }) | null;
  /** The first day on which it counts. */
  since: Day;
}

/** Back, to keep and to restore an account may go at any time, whatever the step: that takes nothing. */
export function judgeMove({ from, to, population, at, before, auditedOn }: AskedMove, rules: LineRules): JudgedMove {
  const day = rules.days.get(at) ?? rules.today;
  const since = auditedOn > day ? auditedOn : day;
  const allowed = listAllowedStages(from.stage, { hasTaken: true });
  if (from.stage === to || !isForward(from.stage, to)) return { problem: null, since };
  if (!allowed.includes(to))
    return { problem: buildProblem('stage-jump', describeJump(from.stage, to, allowed)), since };
  const begun = from.stage === null ? null : { stage: from.stage, since: from.since };
  const wait = begun && findWait(begun, to, { at, population, rules });
  if (begun === null || wait === null || wait.until <= since) return { problem: null, since };
  if (wait.until <= before) return { problem: null, since: wait.until };
  return { problem: buildProblem('stage-too-early', describeEarly(begun, to, wait)), since };
}

/** A stay of which nobody knows since when has no days to count. */
function findWait(
  begun: BegunStage,
  to: Stage,
  { at, population, rules }: Pick<AskedMove, 'at' | 'population'> & { rules: LineRules },
) {
  const stages = begun.since === '' ? null : rules.findStages(at, population);
  return stages && findStageWait(begun, to, stages, rules.findUncounted(at));
}

function buildProblem<Code extends SigningProblem['code']>(code: Code, message: string) {
  return { code, keys: ['stage'], message };
}
