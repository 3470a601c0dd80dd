// A merge queue that tests one pull request at a time: its group's commit, and main set to it once the checks have passed.
import { webFlow } from './bare-repository.ts';
import { conflict } from './errors.ts';
import { markMerged } from './merge-pull.ts';
import { listUnmetChecks, requireNoneUnmet } from './required-checks.ts';
import type { GitHubState, Pull } from './state.ts';

/** As the event `merge_group` has it. */
interface MergeGroup {
  /** The queue's own branch: `refs/heads/gh-readonly-queue/main/pr-12-<the base's commit>`. */
  headRef: string;
  headSha: string;
  baseSha: string;
}

/**
 * Puts a pull request into the queue, which takes only those whose own checks have passed, and makes the commit to test.
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
export async function createMergeGroup(state: GitHubState, { number, pull }: Pull): Promise<MergeGroup> {
  requireNoneUnmet(listUnmetChecks(state, pull.headSha));
  const baseSha = (await state.repository.findHead(pull.baseRef)) ?? '';
  const tree = await state.repository.mergeTree(baseSha, pull.headSha);
  if (tree === null) throw conflict('Pull Request has merge conflicts');
  const message = `Merge pull request #${number} from ${state.owner}/${pull.headRef}`;
  const order = { tree, message, parents: [baseSha, pull.headSha], author: webFlow, committer: webFlow };
  const headSha = await state.repository.commitTree(order);
  const headRef = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${number}-${baseSha}`;
  await state.repository.updateRef(headRef, headSha, null);
  return { headRef, headSha, baseSha };
}

/** Ends the group: the base becomes its commit, or the pull request leaves the queue with the checks that it lacks. */
export async function mergeGroup(state: GitHubState, issue: Pull, group: MergeGroup): Promise<void> {
  await state.repository.runGit(['update-ref', '-d', group.headRef]);
  requireNoneUnmet(listUnmetChecks(state, group.headSha));
  await state.repository.updateRef(`refs/heads/${issue.pull.baseRef}`, group.headSha, group.baseSha);
  markMerged(state, issue, { sha: group.headSha, by: null });
}
