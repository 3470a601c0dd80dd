// The plan meets the open proposal: a person's version wins, and what is already proposed keeps its bytes. Pure.
import { accountsFolder, archiveFolder, editAccountFile, serialiseAccountFile } from '../account-file.ts';
import { daysBetween } from '../evidence.ts';
import type { AccountFile } from '../schemas/account.ts';
import { stageOrder } from '../stage.ts';
import type { Draft } from './draft.ts';
import type { InForceFile, Move, ProposedFile } from './move.ts';
import type { PlanInput } from './plan.ts';

export interface Reconciled {
  moves: Move[];
  files: Map<string, string | null>;
}

export function reconcile(drafts: readonly Draft[], input: PlanInput): Reconciled {
  const proposed = new Map(input.proposed.map((file) => [file.path, file]));
  const result: Reconciled = { moves: [], files: new Map() };
  for (const draft of drafts) {
    const onBranch = proposed.get(draft.path);
    proposed.delete(draft.path);
    if (onBranch?.touchedByPerson && !mustNotStand(draft))
      addPersons(result, onBranch, draft.inForce, draft, input);
    else addDraft(result, draft, onBranch, input);
  }
  // What is left on the branch has no draft any more. A person's edit stands; the machine's own is taken back to main.
  for (const onBranch of proposed.values()) {
    const inForce = input.inForce.find(({ path }) => path === onBranch.path) ?? null;
    if (onBranch.touchedByPerson) addPersons(result, onBranch, inForce, null, input);
  }
  return result;
}

/**
 * The one case in which a person's version does not win: the account has to be left alone since they wrote it (active again,
 * exempt, protected). Taking it out gives back and takes nothing, which no reviewer's edit of a proposal can have meant to stop.
 */
function mustNotStand({ reason }: Draft): boolean {
  return (
    reason === 'active-again' || reason === 'exempted' || reason === 'protected' || reason === 'account-gone'
  );
}

function addDraft(
  { moves, files }: Reconciled,
  draft: Draft,
  onBranch: ProposedFile | undefined,
  input: PlanInput,
): void {
  const { path, to, reason, because, file, judged, inForce } = draft;
  moves.push({ path, from: inForce?.file.stage ?? null, to, reason, because, file, judged });
  if (to === null) {
    files.set(path, null);
  } else if (to === 'archive') {
    files.set(path, null);
    files.set(archivedPath(path, input.rules.stack), inForce?.text ?? serialiseAccountFile(file));
  } else {
    files.set(path, textOf(draft, onBranch, input));
  }
}

/** The branch's own bytes while they say the same and their evidence is fresh enough to outlast a review. */
function textOf(
  { to, file, inForce, reason }: Draft,
  onBranch: ProposedFile | undefined,
  input: PlanInput,
): string {
  const standing = onBranch?.file;
  if (onBranch?.text && standing && standing.stage === to && reason !== 'renamed' && isFresh(standing, input))
    return onBranch.text;
  return inForce ? editAccountFile(inForce, file) : serialiseAccountFile(file);
}

/** Half of the age at which the apply would refuse it: the other half is the reviewers'. */
function isFresh({ evidence }: AccountFile, { rules, today }: PlanInput): boolean {
  return daysBetween(evidence.auditedOn, today) * 2 < rules.policy.evidenceMaxAgeDays;
}

function addPersons(
  { moves, files }: Reconciled,
  onBranch: ProposedFile,
  inForce: InForceFile | null,
  draft: Draft | null,
  input: PlanInput,
): void {
  if (!onBranch.path.startsWith(`${accountsFolder(input.rules.stack)}/`)) return;
  const file = onBranch.file ?? inForce?.file ?? draft?.file;
  if (file === undefined) return;
  const isNewAndRemoved = onBranch.text === null && inForce === null;
  if (!isNewAndRemoved) files.set(onBranch.path, onBranch.text);
  moves.push({
    path: onBranch.path,
    from: inForce?.file.stage ?? null,
    to: onBranch.file?.stage ?? null,
    reason: 'changed-by-reviewer',
    because: personsWords(onBranch, draft),
    file,
    judged: draft?.judged ?? null,
  });
}

function personsWords({ text, file }: ProposedFile, draft: Draft | null): string {
  if (text === null || file === null) return 'a reviewer took the file out of this proposal';
  if (file.reason) return file.reason;
  const proposedStage = draft?.to ?? null;
  const isHeldBack =
    proposedStage !== null &&
    proposedStage !== 'archive' &&
    stageOrder(file.stage) < stageOrder(proposedStage);
  return isHeldBack ? `a reviewer left it in ${file.stage}` : 'a reviewer edited the file in this proposal';
}

function archivedPath(path: string, stack: string): string {
  return path.replace(accountsFolder(stack), archiveFolder(stack));
}
