// Reads every requested exemption again whose pull request is open: each puts an entry at the end of one file, so that the
// merge of one would leave all others in conflict until somebody edits their issues.
import type { Git } from '../../forge/git/git.ts';
import type { GitHub, GitHubItem } from '../../forge/github/github.ts';
import { findOpenPull, isInMergeQueue, type PullRequest } from '../../forge/github/pull-request.ts';
import { exemptionTitle } from './exemption-issue.ts';
import { type ExemptionOutcome, type ExemptionRun, proposeExemption, toExemptionBranch } from './propose-exemption.ts';

export interface RefreshedExemption extends Omit<ExemptionOutcome, 'kind'> {
  issue: number;
  /** `queued`: it waits in the merge queue, where GitHub refuses a push to its branch. */
  kind: ExemptionOutcome['kind'] | 'queued' | 'failed';
}

/** The oldest first; one that fails does not stop the others. A request whose pull request is closed stays as it is. */
export async function refreshExemptions(git: Git, github: GitHub, run: ExemptionRun): Promise<RefreshedExemption[]> {
  const parameters = { state: 'open', sort: 'created', direction: 'asc' } as const;
  const issues = await github.listAll('GET /repos/{owner}/{repo}/issues', parameters);
  const outcomes: RefreshedExemption[] = [];
  for (const { number: issue } of issues.filter(isRequest)) {
    const pull = await findOpenPull(github, { branch: toExemptionBranch(issue), main: run.main });
    if (pull === null) continue;
    const refreshed = await refreshExemption(git, github, { ...run, issue, pull }).catch((error: unknown) => {
      const problems = [error instanceof Error ? error.message : String(error)];
      return { kind: 'failed' as const, problems };
    });
    const { number, url } = pull;
    outcomes.push({ issue, ...refreshed, pull: { number, url } });
  }
  return outcomes;
}

async function refreshExemption(
  git: Git,
  github: GitHub,
  { pull, ...request }: ExemptionRun & { issue: number; pull: PullRequest },
): Promise<Pick<RefreshedExemption, 'kind' | 'problems'>> {
  if (await isInMergeQueue(github, pull)) return { kind: 'queued', problems: [] };
  return proposeExemption(git, github, request);
}

/** Pull requests are listed among the issues. */
function isRequest({ title, pull_request: pull }: GitHubItem<'GET /repos/{owner}/{repo}/issues'>): boolean {
  return pull === undefined && title.startsWith(exemptionTitle);
}
