import { addDays } from '../evidence.ts';
import { isTakingStage } from '../files/stage.ts';
import { applyRamp, findRampPosition, type RampPosition } from '../guard/ramp.ts';
import { foldId } from '../identifiers.ts';
import { planArchivedMoves } from './archived-moves.ts';
import { planCandidates } from './candidates.ts';
import type { DraftMove } from './draft-move.ts';
import { nothingErased, planErasures } from './erasures.ts';
import { planEscalations } from './escalations.ts';
import { removeExpiredExemptions } from './expired-exemptions.ts';
import { planInForceMoves } from './in-force-moves.ts';
import type { InForceFile, PlanInput } from './input.ts';
import { nameLicensesAsFiled } from './license-names.ts';
import { applyLimits } from './limits.ts';
import type { Move, Plan, UnmovedAccount } from './move.ts';
import { isRefusedAsKnown, signDraft } from './plan-signing.ts';
import { reconcile } from './reconcile.ts';
import { isInProposal, resolveReviewerEdits } from './reviewer-edits.ts';
import { explainPutBack } from './taken-out-files.ts';
import { replaceUnsignedFacts } from './unsigned-files.ts';

/** Deterministic: the same input gives the same plan, and a plan that is already proposed gives no new bytes. */
export function planMoves(given: PlanInput): Plan {
  const input = nameLicensesAsFiled(replaceUnsignedFacts(given));
  const { held, drafts, deletable } = planInForceMoves(input);
  const archived = planArchivedMoves(input);
  const entering = planCandidates(input, archived.drafts);
  const { all, refused } = signDrafts([...archived.drafts, ...drafts, ...entering.drafts], input);
  const reviewerEdits = resolveReviewerEdits(all, input);
  const editedPaths = new Set(reviewerEdits.map(({ path }) => path));
  const edited = reviewerEdits.filter(isInProposal).flatMap(({ draft }) => draft ?? []);
  const ramp = findRamp([...edited, ...all], input);
  const { within, waiting } = applyLimits(
    edited,
    all.filter(({ path }) => !editedPaths.has(path)),
    { policy: applyRamp(input.rules.policy, ramp), enabledMembers: input.enabledMembers },
  );
  const { moves, files } = reconcile(reviewerEdits, within, input);
  const exemptions = removeExpiredExemptions(input);
  const escalations = planEscalations(input);
  const isUnsigned = input.signing.signer === null;
  const erasures = isUnsigned ? nothingErased : planErasures(input, files);
  for (const { paths } of erasures.erased) for (const path of paths) files.set(path, null);
  for (const [path, text] of [...exemptions.files, ...escalations.files]) files.set(path, text);
  return {
    stack: input.rules.stack,
    auditedOn: input.run.auditedOn,
    moves: moves.sort(compareByStageThenName),
    held: [...held, ...archived.held, ...refused],
    waiting,
    declined: entering.declined,
    setBack: entering.setBack,
    deletable,
    erasures,
    expiredExemptions: exemptions.expired,
    escalations: escalations.plan,
    ramp,
    // What no audit has signed, nobody may merge.
    files: isUnsigned ? new Map() : files,
  };
}

/** Whom this proposal gives something back counts against their wave at once. */
function findRamp(drafts: readonly DraftMove[], { rules, run, waves = [] }: PlanInput): RampPosition | null {
  const isGiven = ({ inForce, to }: DraftMove) =>
    inForce !== null && isTakingStage(inForce.file.stage) && to !== null && to !== 'archive' && !isTakingStage(to);
  const givenBackNow = new Set(drafts.filter(isGiven).map(({ file }) => foldId(file.account.id)));
  return findRampPosition(rules.policy, { waves, today: run.auditedOn, uncounted: run.uncounted, givenBackNow });
}

/** `refused`: what was merged and held back today already waits for the next audit. */
function signDrafts(
  drafts: readonly DraftMove[],
  { signing, run, proposed }: PlanInput,
): { all: DraftMove[]; refused: UnmovedAccount[] } {
  const signed = drafts.map((draft) => signDraft(explainPutBack(draft, proposed), signing));
  const refused = signed.filter((draft) => isRefusedAsKnown(draft, signing));
  return {
    all: signed.filter((draft) => !refused.includes(draft)),
    refused: refused.flatMap(({ inForce, judged }) =>
      inForce === null
        ? []
        : [buildUnmoved(inForce, { judged, because: heldBackToday, movesOn: addDays(run.auditedOn, 1) })],
    ),
  };
}

const heldBackToday = 'held back or taken out since the audit of this day, so that only a later one takes it further';

function buildUnmoved(
  { path, file, since }: InForceFile,
  rest: Pick<UnmovedAccount, 'judged' | 'because' | 'movesOn'>,
): UnmovedAccount {
  return { path, file, stage: file.stage, since, ...rest };
}

const order: readonly Move['to'][] = ['delicense', 'disable', 'review', 'notify', 'restore', 'keep', null, 'archive'];

function compareByStageThenName(a: Move, b: Move): number {
  return order.indexOf(a.to) - order.indexOf(b.to) || (a.path < b.path ? -1 : 1);
}
