// Reviews of a pull request: submitted, listed in the order of time, and dismissed. Nobody approves what they have opened.
import { Hono } from 'hono';
import { type CallerEnv, readJsonBody, requirePermission } from './authentication.ts';
import { createValidationError, forbidden, GitHubApiError, notFound } from './errors.ts';
import { listPulls } from './open-pull.ts';
import { sendPage } from './pagination.ts';
import { formatNow, type GitHubState, type Pull, type Review } from './state.ts';
import { buildUserBody } from './users.ts';

const stateOfEvent: Readonly<Record<string, Review['state']>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** Routes under `/repos/{owner}/{repo}/pulls`: docs.github.com/rest/pulls/reviews. Reviews that are pending are not modelled. */
export function createReviewRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  // "The list of reviews returns in chronological order."
  routes.get('/:number/reviews', (context) => {
    requirePermission(context, 'read', 'pull_requests');
    return sendPage(context, requirePull(state, context.req.param('number')).pull.reviews.map(buildReviewBody));
  });

  routes.post('/:number/reviews', async (context) => {
    const { login } = requirePermission(context, 'write', 'pull_requests');
    const issue = requirePull(state, context.req.param('number'));
    const { event, body = '' } = await readJsonBody(context);
    const wanted = stateOfEvent[String(event)];
    if (wanted === undefined)
      throw createValidationError({ resource: 'PullRequestReview', code: 'invalid', field: 'event' });
    requireOther(login, issue, wanted);
    if (login === 'github-actions[bot]' && wanted === 'APPROVED' && !state.settings.actionsMayOpenPulls)
      throw forbidden('GitHub Actions is not permitted to create or approve pull requests.');
    const review: Review = {
      id: 80_000 + issue.pull.reviews.length + issue.number * 100,
      ...{ login, state: wanted, body: String(body), commitId: issue.pull.headSha },
      submitted_at: formatNow(state),
    };
    issue.pull.reviews.push(review);
    return context.json(buildReviewBody(review));
  });

  routes.put('/:number/reviews/:id/dismissals', async (context) => {
    requirePermission(context, 'write', 'pull_requests');
    const { reviews } = requirePull(state, context.req.param('number')).pull;
    const review = reviews.find(({ id }) => id === Number(context.req.param('id')));
    if (review === undefined) throw notFound();
    const { message } = await readJsonBody(context);
    if (typeof message !== 'string' || message === '')
      throw createValidationError({ resource: 'PullRequestReview', code: 'missing_field', field: 'message' });
    review.state = 'DISMISSED';
    return context.json(buildReviewBody(review));
  });

  return routes;
}

/** In GitHub's words, as its clients quote them: 422, “Unprocessable Entity”, with the sentence among the errors. */
function requireOther(login: string, issue: Pull, wanted: Review['state']): void {
  if (login !== issue.login || wanted === 'COMMENTED') return;
  const verb = wanted === 'APPROVED' ? 'approve' : 'request changes on';
  throw new GitHubApiError(422, {
    message: 'Unprocessable Entity',
    errors: [`Can not ${verb} your own pull request`],
  });
}

function requirePull(state: GitHubState, number: string): Pull {
  const pull = listPulls(state).find((candidate) => candidate.number === Number(number));
  if (!pull) throw notFound();
  return pull;
}

function buildReviewBody({ id, login, state, body, commitId, submitted_at }: Review): Record<string, unknown> {
  return { id, user: buildUserBody(login), state, body, commit_id: commitId, submitted_at };
}
