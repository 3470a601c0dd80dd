// Changes a branch, always fast-forward: by GitHub's API, which signs commits, or by a plain push for any other forge.

import type { MergedFile } from '../../forge/git/merged-tree.ts';
import type { SignedMessage } from '../../forge/git/signature.ts';
import { DormantError } from '../../policy/errors.ts';
import type { FileChange } from './branch-changes.ts';

/** A branch and the commit that it is expected to be at. */
export interface BranchTip {
  branch: string;
  head: string;
}

/** A merge whose tree is decided: made in the clone, and told as what it changes in main's. */
interface MergeOrder {
  main: string;
  tree: string;
  files: readonly MergedFile[];
  message: string;
}

export interface BranchWriter {
  /** Throws `BranchMoved` if the branch exists already. */
  create(branch: string, at: string): Promise<void>;
  /** Moves the branch to a commit that contains it; throws `BranchMoved` if it does not. */
  forward(branch: string, to: string): Promise<void>;
  /** Appends one commit and returns the new head; throws `BranchMoved` if the branch is no longer at `head`. */
  append(tip: BranchTip, changes: readonly FileChange[], message: SignedMessage): Promise<string>;
  /** Merges `main` into the branch and returns the new head; null: they conflict, and nothing was changed. */
  merge(tip: BranchTip, main: string, message: string): Promise<string | null>;
  /** Appends a merge with exactly this tree and returns the new head. */
  mergeTree(tip: BranchTip, order: MergeOrder): Promise<string>;
  /** Appends a merge with exactly main's files: a new start that keeps the branch's history. */
  restart(tip: BranchTip, main: string, message: string): Promise<string>;
}

/** The branch was changed in between: read it again and decide anew. */
export class BranchMoved extends Error {
  constructor(branch: string, cause?: unknown) {
    super(`${branch} has moved`, { cause });
    this.name = 'BranchMoved';
  }
}

/** `reason`: the forge's own words. */
export function createPushRefusedError(branch: string, reason: string): DormantError {
  return new DormantError('push-refused', `${branch} was not written: ${reason}`, {
    remedy: /currently checked out/.test(reason)
      ? 'It is the branch that is checked out here: switch to another one (`git switch -`), and run it again.'
      : 'Let the rule except the pipeline’s identity or the branches dormant/** and dormant-exemption/**, or do what it asks for, and run it again.',
    cause: reason,
  });
}

/** git keeps branches as files, so `a` and `a/b` cannot both exist. */
export function createBranchInTheWayError(branch: string, reason: string): DormantError {
  const parent = branch.slice(0, branch.lastIndexOf('/'));
  return new DormantError('branch-in-the-way', `The forge did not create the branch ${branch}: ${reason}`, {
    remedy: `If proposal.groupBy was changed, merge or close the pull requests of the other grouping and delete their branches (${parent}, or those below ${branch}/). If there is none, a rule of the forge forbids to make this branch: let it except the pipeline’s identity.`,
  });
}
