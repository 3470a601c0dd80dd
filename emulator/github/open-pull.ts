// Opening a pull request, with all the reasons for which GitHub does not.
import { openIssue } from './issues.ts';
import { followPushes } from './merge-pull.ts';
import { checkBody, invalid, unprocessable } from './refusals.ts';
import type { GitHubState, Pull, PullRequest } from './state.ts';

export async function openPull(
  state: GitHubState,
  login: string,
  asked: Record<string, unknown>,
): Promise<Pull> {
  const { title, head: headLabel, base: baseRef, body, draft } = asked;
  const headRef = typeof headLabel === 'string' ? headLabel.replace(`${state.owner}:`, '') : '';
  const base = typeof baseRef === 'string' ? await state.repository.head(baseRef) : null;
  const head = await state.repository.head(headRef);
  if (typeof title !== 'string' || title === '') {
    throw invalid({ resource: 'PullRequest', code: 'missing_field', field: 'title' });
  }
  if (head === null) throw invalid({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (base === null) throw invalid({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  checkBody('PullRequest', body);
  if (draft === true && state.settings.private && !state.settings.draftsSupported) {
    throw unprocessable('Draft pull requests are not supported in this repository.');
  }
  if (openPullOf(state, headRef)) {
    throw refused(`A pull request already exists for ${state.owner}:${headRef}.`);
  }
  if ((await state.repository.commits(base, head)).length === 0) {
    throw refused(`No commits between ${String(baseRef)} and ${headRef}`);
  }
  const issue = openIssue(state, login, title, typeof body === 'string' ? body : null);
  const pull: PullRequest = {
    headRef,
    baseRef: String(baseRef),
    headSha: head,
    mergedWith: null,
    draft: draft === true,
    merged_at: null,
    reviewers: [],
    teams: [],
  };
  await state.repository.update(`refs/pull/${issue.number}/head`, head, null);
  const opened = Object.assign(issue, { pull });
  await followPushes(state, [opened]);
  return opened;
}

export const refused = (message: string) => invalid({ resource: 'PullRequest', code: 'custom', message });

export function openPullOf(state: GitHubState, headRef: string): Pull | undefined {
  return pulls(state).find((issue) => issue.state === 'open' && issue.pull.headRef === headRef);
}

export function pulls(state: GitHubState): Pull[] {
  return state.issues.filter((issue): issue is Pull => issue.pull !== null);
}
