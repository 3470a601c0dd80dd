// Merges a pull request, and notices one that a push has merged or left without its branch.
import { webFlow } from './bare-repository.ts';
import { conflict, GitHubApiError } from './errors.ts';
import { hasMergeQueue, isStrict, listUnmetChecks, requireNoneUnmet } from './required-checks.ts';
import type { Pull } from './state.ts';
import { formatNow, type GitHubIdentity, type GitHubState } from './state.ts';

/** Merges by a merge commit or a squash; returns the new commit of the base. */
export async function mergePull(
  state: GitHubState,
  issue: Pull,
  { author, method }: { author: GitHubIdentity; method: string },
): Promise<string> {
  const { pull, number } = issue;
  if (issue.state !== 'open' || pull.draft) {
    throw new GitHubApiError(405, {
      message: pull.draft ? 'Pull Request is still a draft' : 'Pull Request is not mergeable',
    });
  }
  const base = (await state.repository.findHead(pull.baseRef)) ?? '';
  const tree = await state.repository.mergeTree(base, pull.headSha);
  if (tree === null) throw conflict('Pull Request has merge conflicts');
  if (pull.baseRef === state.defaultBranch) await requireRules(state, pull.headSha, base);
  const squash = method === 'squash';
  const message = squash
    ? `${issue.title} (#${number})`
    : `Merge pull request #${number} from ${state.owner}/${pull.headRef}\n\n${issue.title}`;
  const parents = squash ? [base] : [base, pull.headSha];
  const sha = await state.repository.commitTree({ tree, parents, message, author, committer: webFlow });
  await state.repository.updateRef(`refs/heads/${pull.baseRef}`, sha, base);
  markMerged(state, issue, { sha, by: author.login });
  if (state.settings.deleteBranchOnMerge) {
    await state.repository.runGit(['update-ref', '-d', `refs/heads/${pull.headRef}`]);
  }
  return sha;
}

async function requireRules(state: GitHubState, head: string, base: string): Promise<void> {
  const isBehind = isStrict(state) && !(await state.repository.isAncestor(base, head));
  requireNoneUnmet([
    ...(hasMergeQueue(state) ? ['Changes must be made through the merge queue'] : []),
    ...(isBehind ? ['Head branch is out of date. Review and try the merge again.'] : []),
    ...listUnmetChecks(state, head),
  ]);
}

/** Updates open pull requests from the repository, as GitHub does after every push. */
export async function followPushes(state: GitHubState, open: readonly Pull[]): Promise<void> {
  for (const issue of open) {
    const { pull, number } = issue;
    const head = await state.repository.findHead(pull.headRef);
    const base = await state.repository.findHead(pull.baseRef);
    if (head === null) {
      closePull(state, issue);
      continue;
    }
    const isPushed = head !== pull.headSha;
    if (isPushed) {
      await state.repository.updateRef(`refs/pull/${number}/head`, head, pull.headSha);
      pull.headSha = head;
      pull.mergedWith = null;
      issue.updated_at = formatNow(state);
    }
    if (base === null) continue;
    // Whoever pushes until no commit is left closes it; GitHub does not call that merged (dimikot/git-grok#30).
    if (await state.repository.isAncestor(head, base)) {
      if (isPushed) closePull(state, issue);
      else markMerged(state, issue, { sha: head, by: null });
    } else if (pull.mergedWith !== base) await makeMergeRef(state, issue, base);
  }
}

/** Workflows on `pull_request` check out this merge. While the pull request conflicts, GitHub leaves it as it was. */
async function makeMergeRef(state: GitHubState, { number, pull }: Pull, base: string): Promise<void> {
  const { repository } = state;
  const tree = await repository.mergeTree(base, pull.headSha);
  if (tree === null) return;
  const commit = await repository.commitTree({
    tree,
    parents: [base, pull.headSha],
    message: `Merge ${pull.headSha} into ${base}`,
    author: webFlow,
    committer: webFlow,
  });
  await repository.runGit(['update-ref', `refs/pull/${number}/merge`, commit]);
  pull.mergedWith = base;
}

/** `sha`: the commit on the base that has it. `by`: a login; null: a push. */
export function markMerged(state: GitHubState, issue: Pull, { sha, by }: { sha: string; by: string | null }): void {
  issue.pull.mergeCommitSha = sha;
  issue.pull.mergedBy = by;
  issue.pull.merged_at = formatNow(state);
  closePull(state, issue);
}

function closePull(state: GitHubState, issue: Pull): void {
  issue.state = 'closed';
  issue.closed_at = formatNow(state);
  issue.updated_at = formatNow(state);
}
