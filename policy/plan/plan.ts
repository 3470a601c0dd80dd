// Judged accounts and what is in force in; the plan out. The one place where all of planning can be read in order. Pure.
import type { Day, RunFacts } from '../evidence.ts';
import type { Rules } from '../judge.ts';
import type { JudgedAccount } from '../judgement.ts';
import { candidates } from './candidates.ts';
import { withoutExpired } from './expired-exemptions.ts';
import { inForceDrafts } from './in-force.ts';
import { applyLimits } from './limits.ts';
import type { Declined, InForceFile, Move, Plan, ProposedFile } from './move.ts';
import { personsVersions, takesRoom } from './persons.ts';
import { reconcile } from './reconcile.ts';

export interface PlanInput {
  rules: Rules;
  run: RunFacts;
  today: Day;
  /** Every inactive account, and every account that has a file on main or on the proposal's branch, whatever its verdict. */
  judged: readonly JudgedAccount[];
  /** Account files on main. */
  inForce: readonly InForceFile[];
  /** What the open proposal's branch changes against main, and every file that a person touched there. */
  proposed: readonly ProposedFile[];
  declined: readonly Declined[];
  enabledMembers: number;
  /** exemptions.yaml on main; null when the repository has none. */
  exemptionsFile: { path: string; text: string } | null;
}

/** Deterministic: the same input gives the same plan, and a plan that is already proposed gives no new bytes. */
export function planMoves(input: PlanInput): Plan {
  const { held, drafts, deletable } = inForceDrafts(input);
  const fresh = candidates(input);
  const all = [...drafts, ...fresh.drafts];
  const persons = personsVersions(all, input);
  const decided = new Set(persons.map(({ path }) => path));
  const { within, waiting } = applyLimits(
    persons.filter(takesRoom).flatMap(({ draft }) => draft ?? []),
    all.filter(({ path }) => !decided.has(path)),
    input.rules.policy,
    input.enabledMembers,
  );
  const { moves, files } = reconcile(persons, within, input);
  const exemptions = withoutExpired(input);
  for (const [path, text] of exemptions.files) files.set(path, text);
  return {
    stack: input.rules.stack,
    auditedOn: input.run.auditedOn,
    moves: moves.sort(byStageThenName),
    held,
    waiting,
    declined: fresh.declined,
    deletable,
    expiredExemptions: exemptions.expired,
    files,
  };
}

const order: readonly Move['to'][] = [
  'delicense',
  'disable',
  'review',
  'notify',
  'restore',
  'keep',
  null,
  'archive',
];

function byStageThenName(a: Move, b: Move): number {
  return order.indexOf(a.to) - order.indexOf(b.to) || (a.path < b.path ? -1 : 1);
}
