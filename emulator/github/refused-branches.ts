// Branches that GitHub does not let anybody change: by a ruleset, or because their pull request waits in a merge queue.
import { listPulls } from './open-pull.ts';
import type { GitHubState, Pull } from './state.ts';

/** Queued is whose pull request has a branch of the queue, as GitHub makes one to test it. */
export async function isQueued({ repository }: GitHubState, { number, pull }: Pull): Promise<boolean> {
  const pattern = `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${number}-*`;
  return (await repository.runGit(['for-each-ref', pattern])).stdout !== '';
}

/** What GitHub says instead of writing to the branch; null: it may be written. */
export async function findRule(state: GitHubState, branch: string): Promise<string | null> {
  const { refusedBranches, ruleMessage } = state.settings;
  if (refusedBranches?.test(branch)) return ruleMessage;
  const pull = listPulls(state).find((issue) => issue.state === 'open' && issue.pull.headRef === branch);
  if (pull === undefined || !(await isQueued(state, pull))) return null;
  // github.com/SharezoneApp/sharezone-app/pull/605
  return `Protected branch update failed for refs/heads/${branch}.\n\nA pull request for this branch has been added to a merge queue. Branches that are queued for merging cannot be updated. To modify this branch, dequeue the associated pull request.`;
}
