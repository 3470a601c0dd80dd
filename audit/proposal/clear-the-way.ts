// Deletes a branch of the other grouping that is over: git keeps branches as files, so `dormant/<stack>` and one below it cannot
// both exist, and after a change of proposal.groupBy nothing could be proposed until somebody deletes the old one.
import { readBranch } from '../../forge/git/branch.ts';
import type { Git } from '../../forge/git/git.ts';
import { itself, toTrackingRef } from '../../forge/git/remote.ts';
import { readTree } from './branch-state.ts';

interface Way {
  /** The branch that is to be made. */
  branch: string;
  /** The stack's branches on the remote, as they were seen. */
  present: readonly string[];
  remote: string;
  main: string;
  /** Whether no pull request from the branch is open. */
  isClosed(branch: string): Promise<boolean>;
}

/** Leaves a branch whose pull request is open, and one with a person's words that main does not have. */
export async function clearTheWay(git: Git, { branch, present, remote, main, isClosed }: Way): Promise<void> {
  for (const other of present) {
    const isInTheWay = other.startsWith(`${branch}/`) || branch.startsWith(`${other}/`);
    if (!isInTheWay || !(await isClosed(other))) continue;
    const head = await findSpentHead(git, { branch: other, remote, main });
    if (head === null) continue;
    // Only as it was read. Where a rule forbids it, the forge refuses the new branch as well, and the error says what to do.
    const lease = `--force-with-lease=refs/heads/${other}:${head}`;
    await git.runOrNull(['push', '--quiet', lease, remote, `:refs/heads/${other}`]);
  }
}

/** null: people have committed something to the branch that main does not have, or it is gone. */
async function findSpentHead(git: Git, { branch, remote, main }: Pick<Way, 'branch' | 'remote' | 'main'>) {
  const refs = [main, branch].map((name) => `+refs/heads/${name}:${toTrackingRef(remote, name)}`);
  const fetch = ['fetch', '--quiet', '--no-tags', '--prune', remote, ...refs];
  // It may be gone since: by hand, or for the group before.
  if (remote !== itself && (await git.runOrNull(fetch)) === null) return null;
  const found = await readBranch(git, { main: toTrackingRef(remote, main), remote, branch });
  if (found === null) return null;
  const [theirs, ours] = await Promise.all([found.head, toTrackingRef(remote, main)].map((at) => readTree(git, at)));
  return [...found.touchedByPeople].every((path) => theirs?.get(path) === ours?.get(path)) ? found.head : null;
}
