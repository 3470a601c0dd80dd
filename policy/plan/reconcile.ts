// The plan as files. People's edits stay as they wrote them, and unchanged proposals keep their bytes. Pure.
import { readOrNull } from '../errors.ts';
import {
  editAccountFile,
  getAccountsFolder,
  getArchiveFolder,
  parseAccountFile,
  serialiseAccountFile,
} from '../files/account-file.ts';
import { getStageOrder } from '../files/stage.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import type { DraftMove } from './draft-move.ts';
import { mapArchivePaths, type PlanInput } from './input.ts';
import type { Move } from './move.ts';
import { isKnownSignature, isSignedFor, toFurthest } from './plan-signing.ts';
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
  const archivePaths = mapArchivePaths(input);
  for (const draft of within) addDraft(result, draft, { input, archivePaths });
  for (const version of reviewerEdits) addReviewerEdit(result, version, { input, archivePaths });
  for (const { file } of input.inForce)
    for (const path of archivePaths.get(foldId(file.account.id)) ?? [])
      if (!result.files.has(path)) result.files.set(path, null);
  removeGiveBacks(result, input);
  return result;
}

/** What gives nothing back, and what the account’s own file says by now, as the proposal has it. */
function removeGiveBacks({ files }: ReconciledFiles, { inForce, idleGiveBacks = [] }: PlanInput): void {
  for (const path of idleGiveBacks) files.set(path, null);
  for (const { path, giveBack } of inForce) {
    const text = files.get(path) ?? null;
    const file = text === null ? null : readOrNull(() => parseAccountFile(path, text));
    if (giveBack !== undefined && file !== null && getStageOrder(file.stage) < 0) files.set(giveBack, null);
  }
}

interface Context {
  input: PlanInput;
  /** By account. */
  archivePaths: ReadonlyMap<IdKey, readonly string[]>;
}

function addDraft({ moves, files }: ReconciledFiles, draft: DraftMove, context: Context): void {
  const { path, to, inForce } = draft;
  const file = selectFile(draft, context.input);
  const archivePaths = listArchivePaths(draft, context);
  moves.push(toMove(draft, file, archivePaths));
  if (to === null || to === 'archive') files.set(path, null);
  else files.set(path, inForce ? editAccountFile(inForce, file) : serialiseAccountFile(file));
  for (const other of archivePaths) files.set(other, null);
  if (to === 'archive') files.set(toArchivePath(path, context.input), inForce?.text ?? serialiseAccountFile(file));
}

/** One account, one file: what the archive has of it goes with a file in accounts/, and gives way to a newer one. */
function listArchivePaths({ path, to, file }: DraftMove, { input, archivePaths }: Context): string[] {
  if (to === null) return [];
  const own = archivePaths.get(foldId(file.account.id)) ?? [];
  return [...new Set([...own, ...(to === 'archive' ? [toArchivePath(path, input)] : [])])];
}

function toArchivePath(path: string, { rules }: PlanInput): string {
  return path.replace(getAccountsFolder(rules.stack), getArchiveFolder(rules.stack));
}

/** The branch's version, while it says the same, is signed so, and its evidence will outlast a review: no weekly rewrite. */
function selectFile({ path, file, to, inForce }: DraftMove, input: PlanInput): AccountFile {
  const { proposed, rules, run, signing } = input;
  const theirs = proposed.find((version) => version.path === path)?.file;
  if (!theirs || !isSameProposal(theirs, file)) return file;
  const { auditedOn } = theirs.evidence;
  const isNewest = inForce === null || auditedOn >= inForce.file.evidence.auditedOn;
  const isKept = isNewest && canOutlastReview(auditedOn, run.auditedOn, rules.policy);
  return isKept && isSignedFor(theirs, toFurthest(to), signing) && !isKnownSignature(theirs, signing) ? theirs : file;
}

/** Ignores the evidence and its signature, the sentence made from it and the OneDrive's content, which change from week to week. */
function isSameProposal(proposed: AccountFile, file: AccountFile): boolean {
  const { reason, evidence, oneDrive, signed } = file;
  const ignored = { reason, evidence, oneDrive, signed };
  return isSameValue({ ...proposed, ...ignored }, { ...file, ...ignored });
}

/** Main's text is a change, too, where it replaces theirs on the branch. */
function addReviewerEdit({ moves, files }: ReconciledFiles, version: ReviewerEdit, context: Context): void {
  const { path, text, draft, stands } = version;
  if (isInProposal(version) || !stands) files.set(path, text);
  if (draft === null) return;
  const archivePaths = text === null ? [] : listArchivePaths(draft, context);
  for (const other of archivePaths) files.set(other, null);
  moves.push(toMove(draft, draft.file, archivePaths));
}

function toMove(
  { path, inForce, to, reason, because, judged }: DraftMove,
  file: AccountFile,
  archivePaths: readonly string[],
): Move {
  const move = { path, from: findStageOnMain(inForce), to, reason, because, file, judged, archivePaths };
  return inForce?.giveBack === undefined ? move : { ...move, giveBackPath: inForce.giveBack };
}

/** A file of give-back/ says restore over it. */
function findStageOnMain(inForce: DraftMove['inForce']): Move['from'] {
  if (inForce === null) return null;
  if (inForce.giveBack === undefined) return inForce.file.stage;
  return readOrNull(() => parseAccountFile(inForce.path, inForce.text))?.stage ?? inForce.file.stage;
}
