// The plan as files. People's edits stay as they wrote them, and unchanged proposals keep their bytes. Pure.
import { editAccountFile, getAccountsFolder, getArchiveFolder, serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile } from '../schemas/account.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import type { DraftMove } from './draft-move.ts';
import type { PlanInput } from './input.ts';
import type { Move } from './move.ts';
import { canOutlastReview } from './renewal.ts';
import { isInProposal, type ReviewerEdit } from './reviewer-edits.ts';

interface ReconciledFiles {
  moves: Move[];
  files: Map<string, string | null>;
}

/** Files on the branch that are not in the result go back to main's version. */
export function reconcile(
  reviewerEdits: readonly ReviewerEdit[],
  within: readonly DraftMove[],
  input: PlanInput,
): ReconciledFiles {
  const result: ReconciledFiles = { moves: [], files: new Map() };
  for (const draft of within) addDraft(result, draft, input);
  for (const version of reviewerEdits) addReviewerEdit(result, version);
  return result;
}

function addDraft({ moves, files }: ReconciledFiles, draft: DraftMove, input: PlanInput): void {
  const { path, to, inForce } = draft;
  const file = selectFile(draft, input);
  moves.push(toMove(draft, file));
  if (to === null || to === 'archive') files.set(path, null);
  else files.set(path, inForce ? editAccountFile(inForce, file) : serialiseAccountFile(file));
  if (inForce?.archivedAs !== undefined) files.set(inForce.archivedAs, null);
  if (to === 'archive') {
    const archived = path.replace(getAccountsFolder(input.rules.stack), getArchiveFolder(input.rules.stack));
    files.set(archived, inForce?.text ?? serialiseAccountFile(file));
  }
}

/** The branch's version, while it says the same and its evidence will outlast a review: no weekly rewrite. */
function selectFile({ path, file }: DraftMove, { proposed, rules, run }: PlanInput): AccountFile {
  const proposedFile = proposed.find((version) => version.path === path)?.file;
  if (!proposedFile || !isSameProposal(proposedFile, file)) return file;
  return canOutlastReview(proposedFile.evidence.auditedOn, run.auditedOn, rules.policy) ? proposedFile : file;
}

/** Ignores the evidence, the sentence made from it and the OneDrive's content, which change from week to week. */
function isSameProposal(proposed: AccountFile, file: AccountFile): boolean {
  const { reason, evidence, oneDrive } = file;
  return isSameValue({ ...proposed, reason, evidence, oneDrive }, { ...file, reason, evidence, oneDrive });
}

/** Main's text is a change, too, where it replaces theirs on the branch. */
function addReviewerEdit({ moves, files }: ReconciledFiles, version: ReviewerEdit): void {
  const { path, text, draft, stands } = version;
  if (isInProposal(version) || !stands) files.set(path, text);
  const archivedAs = draft?.inForce?.archivedAs;
  if (archivedAs !== undefined && text !== null) files.set(archivedAs, null);
  if (draft) moves.push(toMove(draft, draft.file));
}

function toMove({ path, inForce, to, reason, because, judged }: DraftMove, file: AccountFile): Move {
  return { path, from: inForce?.file.stage ?? null, to, reason, because, file, judged };
}
