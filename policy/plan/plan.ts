import { archivedDrafts } from './archived.ts';
import { candidates } from './candidates.ts';
import { planEscalations } from './escalations.ts';
import { withoutExpired } from './expired-exemptions.ts';
import { inForceDrafts } from './in-force.ts';
import type { PlanInput } from './input.ts';
import { applyLimits } from './limits.ts';
import type { Move, Plan } from './move.ts';
import { personsVersions, takesRoom } from './persons.ts';
import { reconcile } from './reconcile.ts';

/** Deterministic: the same input gives the same plan, and a plan that is already proposed gives no new bytes. */
export function planMoves(input: PlanInput): Plan {
  const { held, drafts, deletable } = inForceDrafts(input);
  const archived = archivedDrafts(input);
  const fresh = candidates(input, archived.drafts);
  const all = [...archived.drafts, ...drafts, ...fresh.drafts];
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
  const escalations = planEscalations(input);
  for (const [path, text] of [...exemptions.files, ...escalations.files]) files.set(path, text);
  return {
    stack: input.rules.stack,
    auditedOn: input.run.auditedOn,
    moves: moves.sort(byStageThenName),
    held: [...held, ...archived.held],
    waiting,
    declined: fresh.declined,
    deletable,
    expiredExemptions: exemptions.expired,
    escalations: escalations.plan,
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
