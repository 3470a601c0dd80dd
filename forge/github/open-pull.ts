// Opens a pull request: as a draft if it has to be one, with its labels and the reviewers asked.
import { DormantError } from '../../policy/errors.ts';
import { resolveFileLinks } from '../markdown/file-link.ts';
import { computeTitleDigest } from '../markdown/owned-block.ts';
import type { GitHub } from './github.ts';
import { findOpenPull, type PullRequest, toPullRequest } from './pull-request.ts';
import { buildBody, type PullRequestResult, type PullRequestWish, updatePull } from './update-pull.ts';

/** Labels and review requests are made only on opening: what people remove stays removed. */
export async function openPull(github: GitHub, wish: PullRequestWish): Promise<PullRequestResult> {
  const notes: string[] = [];
  const body = buildBody(null, wish, { title: computeTitleDigest(wish.title), isDraft: wish.isDraft });
  const request = { title: wish.title, body, head: wish.branch, base: wish.main };
  const create = (draft: boolean) =>
    github.attempt('POST /repos/{owner}/{repo}/pulls', { ...request, draft }, [403, 422]);
  let answer = await create(wish.isDraft);
  if ('refused' in answer && wish.isDraft && /draft/i.test(answer.message)) {
    notes.push('This repository has no drafts, so the pull request is open although its data quality is poor.');
    answer = await create(false);
  }
  if ('refused' in answer) {
    // Another run has opened it meanwhile.
    const present = await findOpenPull(github, wish);
    if (present) return updatePull(github, present, wish);
    throw createNotOpenedError(wish.branch, answer.message);
  }
  const pull = toPullRequest(answer.data, await github.readViewer());
  await addFileLinks(github, pull, wish);
  await addLabels(github, pull, wish);
  notes.push(...(await requestReviews(github, pull, wish)));
  return { pull, outcome: 'opened', notes };
}

/** GitHub's default forbids workflows to open pull requests, and answers 403. */
function createNotOpenedError(branch: string, message: string): DormantError {
  const remedy = /not permitted to create/i.test(message)
    ? 'In Settings, Actions, General, allow GitHub Actions to create pull requests; or set up a GitHub App.'
    : 'Give the token the permission to write pull requests.';
  const sentence = `GitHub did not open a pull request from ${branch}: ${message}`;
  return new DormantError('github-refused', sentence, { remedy });
}

/** Only the pull request itself says its address. */
async function addFileLinks(github: GitHub, pull: PullRequest, wish: PullRequestWish): Promise<void> {
  if (resolveFileLinks(wish.body, pull.url) !== wish.body) await updatePull(github, pull, wish);
}

async function addLabels(github: GitHub, { number }: PullRequest, { labels }: PullRequestWish): Promise<void> {
  if (labels.length === 0) return;
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
  await github.request(route, { issue_number: number, labels: [...labels] });
}

/** No reviews for a draft: GitHub requests them from the code owners when it is made ready. */
async function requestReviews(
  github: GitHub,
  { number }: PullRequest,
  { reviewers: { users, teams }, isDraft }: PullRequestWish,
): Promise<string[]> {
  if (isDraft || users.length + teams.length === 0) return [];
  const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers';
  const parameters = { pull_number: number, reviewers: [...users], team_reviewers: [...teams] };
  const answer = await github.attempt(route, parameters, [403, 404, 422]);
  return 'refused' in answer ? [`GitHub did not ask the code owners for a review: ${answer.message}`] : [];
}
