// Files in archive/: nothing is done to their accounts any more, but for a mailbox that would lose its mail. Pure.
import { accountPath, beforeArchive } from '../account-file.ts';
import type { JudgedAccount } from '../judgement.ts';
import type { Draft } from './draft.ts';
import { fileAfter } from './file-after.ts';
import { savingStep } from './flipped-mailbox.ts';
import { byId, byPath, type InForceFile, type PlanInput, type TrackedFile } from './input.ts';
import type { Held } from './move.ts';
import { leftAlone, type Step } from './next.ts';

export interface ArchivedDrafts {
  drafts: Draft[];
  held: Held[];
}

/** A file whose account has a newer one is history; whose pull request was closed not long ago stays where it is. */
export function archivedDrafts(input: PlanInput): ArchivedDrafts {
  const judgedById = byId(input.judged);
  const declined = new Set(
    input.declined.filter(({ until }) => input.today < until).map(({ accountId }) => accountId.toLowerCase()),
  );
  const result: ArchivedDrafts = { drafts: [], held: [] };
  for (const archived of latestOfEach(input)) {
    const judged = judgedById.get(idOf(archived));
    if (judged === undefined) continue;
    const tracked = comingBack(archived, input);
    const step = stepBack(tracked, judged, input);
    if (step === null) continue;
    if (step.kind === 'hold') result.held.push(heldOf(tracked, step, judged));
    else if (!declined.has(idOf(archived))) result.drafts.push(draftOf(tracked, step, judged, input));
  }
  return result;
}

/** Whoever is back, exempt or protected gets what was taken with the mailbox. */
function stepBack(tracked: InForceFile, judged: JudgedAccount, input: PlanInput): Step | null {
  const step = savingStep(tracked, judged, input);
  const why = leftAlone(judged);
  if (step?.kind !== 'move' || step.to === 'restore' || why === null) return step;
  return { ...step, to: 'restore', because: `${why.because}; ${step.because}` };
}

function latestOfEach({ archived, inForce }: PlanInput): TrackedFile[] {
  const latest = new Map<string, TrackedFile>();
  for (const tracked of [...archived].sort(byPath)) {
    const known = latest.get(idOf(tracked));
    if (known === undefined || known.file.evidence.auditedOn < tracked.file.evidence.auditedOn)
      latest.set(idOf(tracked), tracked);
  }
  for (const tracked of inForce) latest.delete(idOf(tracked));
  return [...latest.values()];
}

/** Under its old name, unless another account has taken that since. */
function comingBack(archived: TrackedFile, { rules, inForce }: PlanInput): InForceFile {
  const { stack } = rules;
  const taken = new Set(inForce.map(({ path }) => path.toLowerCase()));
  const before = beforeArchive(stack, archived.path) ?? archived.path;
  const isTaken = (path: string) => taken.has(path.toLowerCase());
  const path = isTaken(before) ? accountPath(stack, archived.file.account, isTaken) : before;
  return { ...archived, path, archivedAs: archived.path, since: archived.file.evidence.auditedOn };
}

function draftOf(
  tracked: InForceFile,
  step: Step & { kind: 'move' },
  judged: JudgedAccount,
  input: PlanInput,
): Draft {
  const { path } = tracked;
  const { to, reason, because } = step;
  return {
    path,
    inForce: tracked,
    judged,
    to,
    reason,
    because,
    file: fileAfter(tracked, step, judged, input),
  };
}

function heldOf(
  { archivedAs = '', file, since }: InForceFile,
  { because, movesOn }: Step & { kind: 'hold' },
  judged: JudgedAccount,
): Held {
  return { path: archivedAs, file, stage: file.stage, since, because, movesOn, judged };
}

function idOf({ file }: TrackedFile): string {
  return file.account.id.toLowerCase();
}
