// A line among a pull request's checks, for a run that is not the pull request's own.
import type { Git } from '../git/git.ts';
import type { GitHub } from './github.ts';

interface CommitStatus {
  /** The commit that was checked. */
  sha: string;
  /** The check's name, such as `preview contoso`. */
  context: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  /** Cut at GitHub's 140 characters. */
  description: string;
  targetUrl?: string;
}

export async function setCommitStatus(github: GitHub, status: CommitStatus): Promise<void> {
  const { sha, context, state, description, targetUrl } = status;
  await github.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
    sha,
    context,
    state,
    description: description.slice(0, 140),
    ...(targetUrl === undefined ? {} : { target_url: targetUrl }),
  });
}

/**
 * What people pushed, of the merge that is checked out: GitHub makes `refs/pull/12/merge` of the base and of it. null: what is
 * checked out is no merge.
 */
export function findPushedCommit(git: Git): Promise<string | null> {
  return git.runOrNull(['rev-parse', '--verify', '--quiet', 'HEAD^2']);
}

/** The pull request's head now, which may have moved since it was checked out. */
export async function readHeadCommit(github: GitHub, pull: number): Promise<string> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}';
  const { data } = await github.request(route, { pull_number: pull });
  return data.head.sha;
}
