import { planArchivedMoves } from './archived-moves.ts';
import { planCandidates } from './candidates.ts';
import { planEscalations } from './escalations.ts';
import { removeExpiredExemptions } from './expired-exemptions.ts';
import { planInForceMoves } from './in-force-moves.ts';
import type { PlanInput } from './input.ts';
import { applyLimits } from './limits.ts';
import type { Move, Plan } from './move.ts';
import { reconcile } from './reconcile.ts';
import { isInProposal, resolveReviewerEdits } from './reviewer-edits.ts';

/** Deterministic: the same input gives the same plan, and a plan that is already proposed gives no new bytes. */
export function planMoves(input: PlanInput): Plan {
  const { held, drafts, deletable } = planInForceMoves(input);
  const archived = planArchivedMoves(input);
  const entering = planCandidates(input, archived.drafts);
  const all = [...archived.drafts, ...drafts, ...entering.drafts];
  const reviewerEdits = resolveReviewerEdits(all, input);
  const editedPaths = new Set(reviewerEdits.map(({ path }) => path));
  const { within, waiting } = applyLimits(
    reviewerEdits.filter(isInProposal).flatMap(({ draft }) => draft ?? []),
    all.filter(({ path }) => !editedPaths.has(path)),
    { policy: input.rules.policy, enabledMembers: input.enabledMembers },
  );
  const { moves, files } = reconcile(reviewerEdits, within, input);
  const exemptions = removeExpiredExemptions(input);
  const escalations = planEscalations(input);
  for (const [path, text] of [...exemptions.files, ...escalations.files]) files.set(path, text);
  return {
    stack: input.rules.stack,
    auditedOn: input.run.auditedOn,
    moves: moves.sort(compareByStageThenName),
    held: [...held, ...archived.held],
    waiting,
    declined: entering.declined,
    deletable,
    expiredExemptions: exemptions.expired,
    escalations: escalations.plan,
    files,
  };
}

const order: readonly Move['to'][] = ['delicense', 'disable', 'review', 'notify', 'restore', 'keep', null, 'archive'];

function compareByStageThenName(a: Move, b: Move): number {
  return order.indexOf(a.to) - order.indexOf(b.to) || (a.path < b.path ? -1 : 1);
}
