// Files in archive/: nothing is done to their accounts, unless a mailbox would lose its mail. Pure.
import { chooseAccountPath, findPathBeforeArchive } from '../files/account-file.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { DraftMove } from './draft-move.ts';
import { buildFileAfterStep } from './file-after-step.ts';
import { decideRescueStep } from './flipped-mailbox.ts';
import { judgeAsReviewed } from './former-belonging.ts';
import {
  compareByPath,
  type InForceFile,
  listDeclinedIds,
  mapById,
  type PlanInput,
  type TrackedFile,
} from './input.ts';
import type { UnmovedAccount } from './move.ts';
import { findReasonToLeaveAlone, type NextStep } from './next-stage.ts';

interface ArchivedDrafts {
  drafts: DraftMove[];
  held: UnmovedAccount[];
}

/** Skips a file that no audit has signed, one whose account has a newer one, and one whose pull request was closed not long ago. */
export function planArchivedMoves(input: PlanInput): ArchivedDrafts {
  const judgedById = mapById(input.judged);
  const declined = listDeclinedIds(input);
  const result: ArchivedDrafts = { drafts: [], held: [] };
  for (const archived of selectLatestOfEach(input)) {
    const found = judgedById.get(getId(archived));
    if (found === undefined) continue;
    const tracked = toReturningFile(archived, input);
    const judged = judgeAsReviewed(found, tracked, input);
    const step = decideStepBack(tracked, judged, input);
    if (step === null) continue;
    if (step.kind === 'hold') result.held.push(buildUnmoved(tracked, step, judged));
    else if (!declined.has(getId(archived))) {
      const { to, reason, because } = step;
      const file = buildFileAfterStep(tracked, step, judged, input);
      result.drafts.push({ path: tracked.path, inForce: tracked, judged, to, reason, because, file });
    }
  }
  return result;
}

/** An account that is back, exempt or protected gets back what was taken together with the mailbox. */
function decideStepBack(tracked: InForceFile, judged: JudgedAccount, input: PlanInput): NextStep | null {
  const step = decideRescueStep(tracked, judged, input);
  const why = findReasonToLeaveAlone(judged);
  if (step?.kind !== 'move' || step.to === 'restore' || why === null) return step;
  return { ...step, to: 'restore', because: `${why.because}; ${step.because}` };
}

function selectLatestOfEach({ archived, inForce }: PlanInput): TrackedFile[] {
  const latest = new Map<IdKey, TrackedFile>();
  for (const tracked of archived.filter(({ isUnsigned }) => !isUnsigned).sort(compareByPath)) {
    const known = latest.get(getId(tracked));
    if (known === undefined || known.file.evidence.auditedOn < tracked.file.evidence.auditedOn)
      latest.set(getId(tracked), tracked);
  }
  for (const tracked of inForce) latest.delete(getId(tracked));
  return [...latest.values()];
}

/** Under its old path, unless another account has taken that. */
function toReturningFile(archived: TrackedFile, { rules, inForce }: PlanInput): InForceFile {
  const { stack, policy } = rules;
  const takenPaths = new Set(inForce.map(({ path }) => path.toLowerCase()));
  const before = findPathBeforeArchive(stack, archived.path) ?? archived.path;
  const isTaken = (path: string) => takenPaths.has(path.toLowerCase());
  const path = isTaken(before)
    ? chooseAccountPath(stack, archived.file.account, isTaken, policy.privacy?.names)
    : before;
  return { ...archived, path, archivedAs: archived.path, since: archived.file.evidence.auditedOn };
}

function buildUnmoved(
  { archivedAs = '', file, since }: InForceFile,
  { because, movesOn }: NextStep & { kind: 'hold' },
  judged: JudgedAccount,
): UnmovedAccount {
  return { path: archivedAs, file, stage: file.stage, since, because, movesOn, judged };
}

function getId({ file }: TrackedFile): IdKey {
  return foldId(file.account.id);
}
