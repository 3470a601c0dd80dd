// Changes a branch, and only ever forward. Two ways: GitHub's API, which signs, and a plain push for every other forge.
import type { SignedMessage } from '../git/signature.ts';
import type { FileChange } from './branch-changes.ts';

/** A branch and the commit that it is expected to be at. */
export interface BranchTip {
  branch: string;
  head: string;
}

export interface BranchWriter {
  /** Throws `BranchMoved` where the branch exists already. */
  create(branch: string, at: string): Promise<void>;
  /** Moves the branch to a commit that contains it. Throws `BranchMoved` where it does not. */
  forward(branch: string, to: string): Promise<void>;
  /** Appends one commit; throws `BranchMoved` where the branch is no longer at `head`. Returns the new head. */
  append(tip: BranchTip, changes: readonly FileChange[], message: SignedMessage): Promise<string>;
  /** Merges `main` into the branch. null: they conflict, and nothing was changed. */
  merge(tip: BranchTip, main: string, message: string): Promise<string | null>;
  /** Appends a merge that takes over main's files as they are: a new start that forgets nothing. */
  restart(tip: BranchTip, main: string, message: string): Promise<string>;
}

/** Somebody else changed the branch in between. Read it again and decide anew. */
export class BranchMoved extends Error {
  constructor(branch: string, cause?: unknown) {
    super(`${branch} has moved`, { cause });
    this.name = 'BranchMoved';
  }
}
