// The plan as files: what people decided as they wrote it, and what is already proposed with the bytes it has. Pure.
import { accountsFolder, archiveFolder, editAccountFile, serialiseAccountFile } from '../account-file.ts';
import type { AccountFile } from '../schemas/account.ts';
import { sameValue } from '../yaml/edit.ts';
import type { Draft } from './draft.ts';
import type { PlanInput } from './input.ts';
import type { Move } from './move.ts';
import { type PersonsVersion, takesRoom } from './persons.ts';
import { outlastsReview } from './renewal.ts';

export interface Reconciled {
  moves: Move[];
  files: Map<string, string | null>;
}

/** Files of the branch that nothing here names go back to what main says. */
export function reconcile(
  persons: readonly PersonsVersion[],
  within: readonly Draft[],
  input: PlanInput,
): Reconciled {
  const result: Reconciled = { moves: [], files: new Map() };
  for (const draft of within) addDraft(result, draft, input);
  for (const version of persons) addPersons(result, version);
  return result;
}

function addDraft({ moves, files }: Reconciled, draft: Draft, input: PlanInput): void {
  const { path, to, inForce } = draft;
  const file = fileOf(draft, input);
  moves.push(moveOf(draft, file));
  if (to === null || to === 'archive') files.set(path, null);
  else files.set(path, inForce ? editAccountFile(inForce, file) : serialiseAccountFile(file));
  if (inForce?.archivedAs !== undefined) files.set(inForce.archivedAs, null);
  if (to === 'archive') {
    const archived = path.replace(accountsFolder(input.rules.stack), archiveFolder(input.rules.stack));
    files.set(archived, inForce?.text ?? serialiseAccountFile(file));
  }
}

/** The branch's own version while it says the same and its evidence is fresh enough to outlast a review: no weekly rewrite. */
function fileOf({ path, file }: Draft, { proposed, rules, today }: PlanInput): AccountFile {
  const standing = proposed.find((version) => version.path === path)?.file;
  if (!standing || !saysTheSame(standing, file)) return file;
  return outlastsReview(standing.evidence.auditedOn, today, rules.policy) ? standing : file;
}

/** All but the evidence, the sentence made from it and what a OneDrive holds today, which changes from week to week. */
function saysTheSame(standing: AccountFile, file: AccountFile): boolean {
  const { reason, evidence, oneDrive } = file;
  return sameValue({ ...standing, reason, evidence, oneDrive }, { ...file, reason, evidence, oneDrive });
}

/** Main's own text is a change, too, where it has to replace theirs on the branch. */
function addPersons({ moves, files }: Reconciled, version: PersonsVersion): void {
  const { path, text, draft, stands } = version;
  if (takesRoom(version) || !stands) files.set(path, text);
  const archivedAs = draft?.inForce?.archivedAs;
  if (archivedAs !== undefined && text !== null) files.set(archivedAs, null);
  if (draft) moves.push(moveOf(draft, draft.file));
}

function moveOf({ path, inForce, to, reason, because, judged }: Draft, file: AccountFile): Move {
  return { path, from: inForce?.file.stage ?? null, to, reason, because, file, judged };
}
