// Opens a pull request, or refuses it for the reasons that GitHub has.
import { createValidationError, requireBodyLimit, unprocessable } from './errors.ts';
import { openIssue } from './issue-routes.ts';
import { followPushes } from './merge-pull.ts';
import type { GitHubState, Pull, PullRequest } from './state.ts';

export async function openPull(state: GitHubState, login: string, asked: Record<string, unknown>): Promise<Pull> {
  const { title, head: headLabel, base: baseRef, body, draft } = asked;
  const [, headOwner = state.owner, headRef = ''] = /^(?:([^:]+):)?(.+)$/.exec(String(headLabel ?? '')) ?? [];
  const headRepository = `${headOwner}/${state.name}`;
  const base = typeof baseRef === 'string' ? await state.repository.findHead(baseRef) : null;
  const head = await state.repository.findHead(headRef);
  if (typeof title !== 'string' || title === '') {
    throw createValidationError({ resource: 'PullRequest', code: 'missing_field', field: 'title' });
  }
  if (head === null) throw createValidationError({ resource: 'PullRequest', field: 'head', code: 'invalid' });
  if (base === null) throw createValidationError({ resource: 'PullRequest', field: 'base', code: 'invalid' });
  requireBodyLimit('PullRequest', body);
  if (draft === true && state.settings.private && !state.settings.draftsSupported) {
    throw unprocessable('Draft pull requests are not supported in this repository.');
  }
  if (findOpenPull(state, { headRef, baseRef: String(baseRef), headRepository })) {
    throw createPullError(`A pull request already exists for ${state.owner}:${headRef}.`);
  }
  if ((await state.repository.listCommits(base, head)).length === 0) {
    throw createPullError(`No commits between ${String(baseRef)} and ${headRef}`);
  }
  const issue = openIssue(state, { login, title, body: typeof body === 'string' ? body : null });
  const pull: PullRequest = {
    headRepository,
    headRef,
    baseRef: String(baseRef),
    headSha: head,
    mergedWith: null,
    draft: draft === true,
    merged_at: null,
    mergeCommitSha: null,
    mergedBy: null,
    reviewers: [],
    teams: [],
    reviews: [],
  };
  await state.repository.updateRef(`refs/pull/${issue.number}/head`, head, null);
  const opened = Object.assign(issue, { pull });
  await followPushes(state, [opened]);
  return opened;
}

export const createPullError = (message: string) =>
  createValidationError({ resource: 'PullRequest', code: 'custom', message });

/** From one branch into one other there is one at most; into a third one another may be open: github.com/cli/cli/issues/718. */
export function findOpenPull(
  state: GitHubState,
  { headRepository, headRef, baseRef }: Pick<PullRequest, 'headRepository' | 'headRef' | 'baseRef'>,
): Pull | undefined {
  const isSame = ({ pull }: Pull) =>
    pull.headRepository === headRepository && pull.headRef === headRef && pull.baseRef === baseRef;
  return listPulls(state).find((pull) => pull.state === 'open' && isSame(pull));
}

export function listPulls(state: GitHubState): Pull[] {
  return state.issues.filter((issue): issue is Pull => issue.pull !== null);
}
