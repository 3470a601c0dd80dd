// What today's evidence does to the account files that are in force. Pure.
import { addDays } from '../evidence.ts';
import type { JudgedAccount } from '../judgement.ts';
import type { AccountFile } from '../schemas/account.ts';
import { identityIn } from './account-of.ts';
import { withoutDelegates } from './delegates.ts';
import { type Draft, gives } from './draft.ts';
import { fileAfter } from './file-after.ts';
import type { InForceFile, PlanInput } from './input.ts';
import { byId, byPath } from './input.ts';
import type { Deletable, Held } from './move.ts';
import { nextStep, type Step } from './next.ts';

export interface InForceDrafts {
  drafts: Draft[];
  held: Held[];
  deletable: Deletable[];
}

/**
 * Moves that give back come first, then those that the open proposal names already, then those that have waited longest: so the
 * caps delay the newest and never swap people from run to run.
 */
export function inForceDrafts(input: PlanInput): InForceDrafts {
  const judgedById = byId(input.judged);
  const result: InForceDrafts = { drafts: [], held: [], deletable: [] };
  for (const tracked of [...input.inForce].sort(byPath)) {
    const found = judgedById.get(tracked.file.account.id.toLowerCase()) ?? null;
    const judged = found && withoutDelegates(found, tracked, input);
    const step = nextStep(tracked, judged, input);
    if (judged !== null && isDeletable(tracked, step, input)) {
      result.deletable.push({ path: tracked.path, file: tracked.file, delicensedOn: tracked.since });
    }
    const draft = draftOf(tracked, step, judged, input);
    if (draft) result.drafts.push(draft);
    if (step.kind === 'hold') result.held.push(heldOf(tracked, step, judged));
  }
  const proposed = new Set(input.proposed.map(({ path }) => path));
  const rank = (draft: Draft) => (gives(draft) ? 0 : proposed.has(draft.path) ? 1 : 2);
  result.drafts.sort((a, b) => rank(a) - rank(b) || sinceOf(a).localeCompare(sinceOf(b)) || byPath(a, b));
  return result;
}

/** Judged accounts by their id in lower case. */
function draftOf(
  tracked: InForceFile,
  step: Step,
  judged: JudgedAccount | null,
  input: PlanInput,
): Draft | null {
  const { path, file } = tracked;
  const base = { path, inForce: tracked, judged };
  if (step.kind === 'move') {
    const { to, reason, because } = step;
    return { ...base, to, reason, because, file: fileAfter(tracked, step, judged, input) };
  }
  const renamed = judged && renamedFile(file, judged);
  if (!renamed) return null;
  const because = `was ${file.account.displayName} (${file.account.userPrincipalName})`;
  return { ...base, to: file.stage, reason: 'renamed', because, file: renamed };
}

/** Identity is the id; a new name is written down at once, because the apply refuses an account that looks like someone else. */
function renamedFile(file: AccountFile, judged: JudgedAccount): AccountFile | null {
  const account = identityIn(file, judged);
  const { userPrincipalName, displayName } = account;
  const unchanged =
    file.account.userPrincipalName === userPrincipalName && file.account.displayName === displayName;
  return unchanged ? null : { ...file, account };
}

function heldOf(
  { path, file, since }: InForceFile,
  step: Step & { kind: 'hold' },
  judged: JudgedAccount | null,
): Held {
  return { path, file, stage: file.stage, since, because: step.because, movesOn: step.movesOn, judged };
}

function isDeletable({ file, since }: InForceFile, step: Step, { rules, today }: PlanInput): boolean {
  const isDone = step.kind === 'move' ? step.to === 'archive' : step.movesOn !== null;
  return (
    file.stage === 'delicense' &&
    isDone &&
    today >= addDays(since, rules.policy.stages.deleteEligibleAfterDays)
  );
}

function sinceOf({ inForce }: Draft): string {
  return inForce?.since ?? '';
}
