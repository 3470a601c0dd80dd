// What follows from today's evidence for the account files on main. Pure.
import { addDays } from '../evidence.ts';
import { foldId } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { furthestStages } from '../schemas/signing.ts';
import { buildRenewedFile, resolveIdentity } from './build-account-file.ts';
import { judgeWithoutDelegates } from './delegates.ts';
import type { DraftMove } from './draft-move.ts';
import { buildFileAfterStep } from './file-after-step.ts';
import { judgeAsReviewed } from './former-belonging.ts';
import type { InForceFile, PlanInput } from './input.ts';
import { compareByPath, mapById } from './input.ts';
import { type DeletableAccount, isGivingMove, type UnmovedAccount } from './move.ts';
import { decideNextStep, type NextStep } from './next-stage.ts';
import { signFacts } from './plan-signing.ts';
import { computeSetBackEnd, describeSetBack, mapSetBack, type SetBack } from './set-back.ts';
import { decideUnsignedStep } from './unsigned-files.ts';

interface InForceDrafts {
  drafts: DraftMove[];
  held: UnmovedAccount[];
  deletable: DeletableAccount[];
}

/**
 * Order: moves that give back, those already proposed, those that waited longest. So the caps delay the newest and never
 * swap people from run to run.
 */
export function planInForceMoves(input: PlanInput): InForceDrafts {
  const judgedById = mapById(input.judged);
  const setBack = mapSetBack(input);
  const result: InForceDrafts = { drafts: [], held: [], deletable: [] };
  for (const tracked of [...input.inForce].sort(compareByPath)) {
    const found = judgedById.get(foldId(tracked.file.account.id)) ?? null;
    const judged = found && judgeAsReviewed(judgeWithoutDelegates(found, tracked, input), tracked, input);
    const decided =
      decideGivenBack(tracked) ?? decideUnsignedStep(tracked, judged, input) ?? decideNextStep(tracked, judged, input);
    const step = holdSetBack(decided, setBack.get(foldId(tracked.file.account.id)), input);
    if (judged !== null && isDeletable(tracked, step, input)) {
      result.deletable.push({ path: tracked.path, file: tracked.file, delicensedOn: tracked.since });
    }
    const draft = buildDraft(tracked, step, judged, input);
    if (draft) result.drafts.push(draft);
    if (step.kind === 'hold') {
      const onward = step === decided ? {} : signOnward(tracked, judged, input);
      result.held.push({ ...buildUnmoved(tracked, step, judged), ...onward });
    }
  }
  const proposed = new Set(input.proposed.map(({ path }) => path));
  const getRank = (draft: DraftMove) => (isGivingMove(draft) ? 0 : proposed.has(draft.path) ? 1 : 2);
  result.drafts.sort(
    (a, b) => getRank(a) - getRank(b) || getSince(a).localeCompare(getSince(b)) || compareByPath(a, b),
  );
  return result;
}

/** The word of give-back/ is written into the account’s own file first; what follows from restore is the next audit’s. */
function decideGivenBack({ file, giveBack }: InForceFile): NextStep | null {
  if (giveBack === undefined) return null;
  return { kind: 'move', to: 'restore', reason: 'given-back', because: file.reason ?? `as ${giveBack} says` };
}

/** What people took back on main goes no further by itself for a while; whatever gives back goes on. */
function holdSetBack(step: NextStep, setBack: SetBack | undefined, { rules }: PlanInput): NextStep {
  const isOnTime = step.kind === 'move' ? step.reason === 'stage-elapsed' : step.movesOn !== null;
  if (setBack === undefined || !isOnTime) return step;
  return { kind: 'hold', because: describeSetBack(setBack), movesOn: computeSetBackEnd(setBack, rules) };
}

/** At its stage, with facts that are signed for the next one: merged, they end the decision. */
function signOnward(
  { file }: InForceFile,
  judged: JudgedAccount | null,
  { rules, run, signing }: PlanInput,
): Pick<UnmovedAccount, 'withoutSetBack'> {
  const furthest = furthestStages[furthestStages.indexOf(file.stage === 'restore' ? 'keep' : file.stage) + 1];
  if (judged === null || furthest === undefined) return {};
  const renewed = buildRenewedFile(file, { judged, rules, run });
  return { withoutSetBack: signFacts(renewed, furthest, signing) };
}

function buildDraft(
  tracked: InForceFile,
  step: NextStep,
  judged: JudgedAccount | null,
  input: PlanInput,
): DraftMove | null {
  const { path, file } = tracked;
  const base = { path, inForce: tracked, judged };
  if (step.kind === 'move') {
    const { to, reason, because } = step;
    const isAsItStands = reason === 'given-back';
    const after = isAsItStands ? file : buildFileAfterStep(tracked, step, judged, input);
    return { ...base, to, reason, because, file: after };
  }
  // Of somebody who is set aside nothing is signed, not even a new name.
  const renamed = judged && tracked.unsigned?.basis !== 'unknown' ? buildRenamedFile(file, judged) : null;
  if (!renamed) return null;
  const because = `was ${file.account.displayName} (${file.account.userPrincipalName})`;
  return { ...base, to: file.stage, reason: 'renamed', because, file: renamed };
}

/** A new name is written at once, because the apply refuses an account that looks like someone else. */
function buildRenamedFile(file: AccountFile, judged: JudgedAccount): AccountFile | null {
  const account = resolveIdentity(file, judged);
  const { userPrincipalName, displayName } = account;
  const unchanged = file.account.userPrincipalName === userPrincipalName && file.account.displayName === displayName;
  return unchanged ? null : { ...file, account };
}

function buildUnmoved(
  { path, file, since }: InForceFile,
  step: NextStep & { kind: 'hold' },
  judged: JudgedAccount | null,
): UnmovedAccount {
  return { path, file, stage: file.stage, since, because: step.because, movesOn: step.movesOn, judged };
}

function isDeletable({ file, since }: InForceFile, step: NextStep, { rules, run }: PlanInput): boolean {
  const isDone = step.kind === 'move' ? step.to === 'archive' : step.movesOn !== null;
  return (
    file.stage === 'delicense' && isDone && run.auditedOn >= addDays(since, rules.policy.stages.deleteEligibleAfterDays)
  );
}

function getSince({ inForce }: DraftMove): string {
  return inForce?.since ?? '';
}
