// A line among a pull request's checks, for results that come from a run which is not the pull request's own.
import type { GitHub } from './github.ts';
import { field } from './wire.ts';

export interface CommitStatus {
  /** The pull request whose head it is about. */
  pull: number;
  /** The check's name, such as `preview contoso`. */
  context: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  /** Cut at GitHub's 140 characters. */
  description: string;
  targetUrl?: string;
}

export async function setStatus(github: GitHub, status: CommitStatus): Promise<void> {
  const { pull, context, state, description, targetUrl } = status;
  const { data } = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    pull_number: pull,
  });
  await github.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
    sha: field(data, 'head', 'sha'),
    context,
    state,
    description: description.slice(0, 140),
    ...(targetUrl === undefined ? {} : { target_url: targetUrl }),
  });
}
