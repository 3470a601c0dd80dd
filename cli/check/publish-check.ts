// The result of a check where the ruleset looks for it: a commit status, and a comment with the lines to change.
import { createGit } from '../../forge/git/git.ts';
import { upsertComment } from '../../forge/github/comment.ts';
import { findPushedCommit, setCommitStatus } from '../../forge/github/commit-status.ts';
import type { GitHub } from '../../forge/github/github.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { DormantError, type Problem } from '../../policy/errors.ts';
import { findArtifactUrl, findPullUrl, requireGitHubFor } from '../github-remote.ts';
import { readHidingStyle } from '../read-hiding-style.ts';
import { type GiveBackApproval, judgeGiveBackApproval } from './give-back-approval.ts';
import { formatProblemCount, renderProblems } from './render-problems.ts';

/** The context of the status that the ruleset of main requires (docs/guides/github.md, part 2). */
export const checkContext = 'dormant/check';

/** What is checked out: the merge of a pull request, as `refs/pull/12/merge` has it, or a merge queue's group. */
export type CheckedMerge = { pull: number } | 'merge group';

interface CheckRequest {
  repo: string;
  merge: CheckedMerge;
  /** Main as it was fetched. */
  base: string;
}

/**
 * Runs the check and reports to GitHub how it ended, also where it could not. Throws what it throws, `no-github` without a
 * token, `no-merge` and `branch-behind` if what is checked out is no merge into main as it is.
 *
 * A status is a commit's, in whatever pull request that commit is. So it is only given for what a merge into main would make by
 * now: beside an older main, or another branch, a step that people have taken back since would look allowed.
 */
export async function publishCheck<Result extends { problems: readonly Problem[] }>(
  { repo, merge, base }: CheckRequest,
  runCheck: () => Promise<Result>,
): Promise<Result> {
  const github = requireGitHubFor(merge === 'merge group' ? '--merge-group' : '--pull');
  const sha = await findCheckedCommit(repo, merge);
  const artifact = findArtifactUrl(process.env);
  const target = artifact.artifactUrl === undefined ? {} : { targetUrl: artifact.artifactUrl };
  const report = (state: 'pending' | 'success' | 'failure' | 'error', description: string) =>
    setCommitStatus(github, { sha, context: checkContext, state, description, ...target });
  await report('pending', 'Main’s own code is looking at the files.');
  try {
    await requirePrivateRepository(github);
    await requireUpToDate(repo, base);
    const found = await runCheck();
    const approval = merge === 'merge group' ? asked : await judgeGiveBackApproval(github, { repo, base, ...merge });
    const problems = [...found.problems, ...approval.problems];
    if (merge !== 'merge group') await publishProblems(github, { repo, base, ...merge, ...artifact }, problems);
    if (problems.length > 0)
      await report('failure', `${formatProblemCount(problems)}. Merging is blocked until there is none.`);
    else if (approval.wait !== null) await report('pending', approval.wait);
    else await report('success', 'No problems.');
    return { ...found, problems };
  } catch (error) {
    const isBehind = error instanceof DormantError && error.code === 'branch-behind';
    await report('error', isBehind ? 'Main has moved on since this merge was made. Update the branch.' : broken);
    throw error;
  }
}

/** A queue takes only what was checked as a pull request. */
const asked: GiveBackApproval = { problems: [], wait: null };

const broken = 'The check could not end; its run says why.';

/** Of a queue's group the commit itself is what is merged. */
async function findCheckedCommit(repo: string, merge: CheckedMerge): Promise<string> {
  const git = createGit(repo);
  const sha = merge === 'merge group' ? await git.run(['rev-parse', 'HEAD']) : await findPushedCommit(git);
  if (sha !== null) return sha;
  throw new DormantError('no-merge', 'What is checked out is not the merge of a pull request.', {
    exitCode: 2,
    where: repo,
    remedy: 'Check out `refs/pull/<number>/merge`, as .github/workflows/review.yml does.',
  });
}

async function requireUpToDate(repo: string, base: string): Promise<void> {
  if ((await createGit(repo).runOrNull(['merge-base', '--is-ancestor', base, 'HEAD'])) !== null) return;
  throw new DormantError('branch-behind', `What is checked out does not contain ${base}: main has moved on since.`, {
    exitCode: 2,
    where: repo,
    remedy: 'Update the branch (the button on the page of the pull request), and the check starts by itself.',
  });
}

/** A comment only while there is something to change; the next check says in it that nothing is left. */
async function publishProblems(
  github: GitHub,
  { repo, base, pull, ...artifact }: { repo: string; base: string; pull: number; artifactUrl?: string },
  problems: readonly Problem[],
): Promise<void> {
  // By the base: a pull request cannot have itself shown otherwise.
  const shown = { style: await readHidingStyle(repo, base), ...findPullUrl(process.env, pull) };
  await upsertComment(github, {
    ...{ number: pull, key: 'check', ...artifact },
    onlyIfPresent: problems.length === 0,
    render: () => renderProblems(problems, shown),
  });
}
