// Files that a person took out on the proposal's branch: those that main has are put back. Pure.
import type { DraftMove } from './draft-move.ts';
import type { InForceFile, ProposedFile } from './input.ts';

/** A file of the archive is new in accounts/. */
export function isOnMain(tracked: InForceFile | null): boolean {
  return tracked !== null && tracked.archivedAs === undefined;
}

/** What becomes of the removal of a file that main has. */
export const putBackWords =
  'a reviewer took out a file that main has, and it is put back: `stage: keep` or `stage: restore` with a reason ends the process';

/** Says so where the plan’s own move replaces the removal. */
export function explainPutBack(draft: DraftMove, proposed: readonly ProposedFile[]): DraftMove {
  const isTakenOut = isOnMain(draft.inForce) && draft.to !== null && draft.to !== 'archive';
  const theirs = isTakenOut ? proposed.find(({ path }) => path === draft.path) : undefined;
  const isPersons = theirs?.text === null && theirs.touchedByPerson;
  return isPersons ? { ...draft, because: `${draft.because}; ${putBackWords}` } : draft;
}
