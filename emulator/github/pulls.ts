// Pull requests: opened once per branch, edited, read with their files and commits, closed, merged.
import { Hono } from 'hono';
import { type CallerEnv, jsonBody, need, strings } from './caller.ts';
import { setState } from './issues.ts';
import { mergePull } from './merge-pull.ts';
import { openPull, openPullOf, pulls, refused } from './open-pull.ts';
import { page } from './pages.ts';
import { checkBody, forbidden, notFound, unprocessable } from './refusals.ts';
import { type GitHubState, type Pull, type PullRequest, timestamp } from './state.ts';

/** Routes under `/repos/{owner}/{repo}/pulls`. */
export function pullRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    need(context, 'read', 'pull_requests');
    const query = context.req.query();
    const wanted = query.state ?? 'open';
    const byUpdate = query.sort === 'updated';
    const found = pulls(state)
      .filter((pull) => wanted === 'all' || pull.state === wanted)
      .filter(({ pull }) => !query.head || query.head === `${state.owner}:${pull.headRef}`)
      .filter(({ pull }) => !query.base || query.base === pull.baseRef)
      .toSorted((a, b) => (byUpdate ? a.updated_at.localeCompare(b.updated_at) : a.number - b.number));
    if (query.direction !== 'asc') found.reverse();
    return page(
      context,
      found.map((pull) => pullBody(state, pull)),
    );
  });

  routes.post('/', async (context) => {
    const { login } = need(context, 'write', 'pull_requests');
    if (login === 'github-actions[bot]' && !state.settings.actionsMayOpenPulls) {
      throw forbidden('GitHub Actions is not permitted to create or approve pull requests.');
    }
    const pull = await openPull(state, login, await jsonBody(context));
    return context.json(pullBody(state, pull), 201);
  });

  routes.get('/:number', async (context) => {
    need(context, 'read', 'pull_requests');
    const pull = pullAt(state, context.req.param('number'));
    const base = await state.repository.head(pull.pull.baseRef);
    const clean = base !== null && (await state.repository.mergeTree(base, pull.pull.headSha)) !== null;
    return context.json({
      ...pullBody(state, pull),
      mergeable: clean,
      mergeable_state: clean ? 'clean' : 'dirty',
    });
  });

  routes.patch('/:number', async (context) => {
    need(context, 'write', 'pull_requests');
    const pull = pullAt(state, context.req.param('number'));
    const { title, body, state: wanted } = await jsonBody(context);
    checkBody('PullRequest', body);
    if (typeof title === 'string') pull.title = title;
    if (typeof body === 'string') pull.body = body;
    if (wanted === 'closed') setState(state, pull, 'closed');
    if (wanted === 'open') reopen(state, pull);
    pull.updated_at = timestamp(state);
    return context.json(pullBody(state, pull));
  });

  routes.get('/:number/files', async (context) => {
    need(context, 'read', 'pull_requests');
    const { pull } = pullAt(state, context.req.param('number'));
    return page(context, await state.repository.files(await base(state, pull), pull.headSha));
  });

  routes.get('/:number/commits', async (context) => {
    need(context, 'read', 'pull_requests');
    const { pull } = pullAt(state, context.req.param('number'));
    const commits = await state.repository.commits(await base(state, pull), pull.headSha);
    // GitHub lists the first 250 only, whatever the page.
    return page(
      context,
      commits.slice(0, 250).map(({ sha, parents, author, message }) => ({
        sha,
        parents: parents.map((oid) => ({ sha: oid })),
        commit: { message, author, verification: { verified: state.signed.has(sha) } },
      })),
    );
  });

  routes.post('/:number/requested_reviewers', async (context) => {
    need(context, 'write', 'pull_requests');
    const pull = pullAt(state, context.req.param('number'));
    const body = await jsonBody(context);
    const people = strings(body.reviewers);
    const teams = strings(body.team_reviewers);
    const { collaborators, teams: known } = state.settings;
    if (
      !people.every((login) => collaborators.includes(login)) ||
      !teams.every((slug) => known.includes(slug))
    ) {
      throw unprocessable(
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${state.owner}/${state.name} repository.`,
      );
    }
    pull.pull.reviewers = [...new Set([...pull.pull.reviewers, ...people])];
    pull.pull.teams = [...new Set([...pull.pull.teams, ...teams])];
    return context.json(pullBody(state, pull), 201);
  });

  routes.put('/:number/merge', async (context) => {
    const caller = need(context, 'write', 'contents');
    const { merge_method: method = 'merge' } = await jsonBody(context);
    const sha = await mergePull(state, pullAt(state, context.req.param('number')), caller, String(method));
    return context.json({ sha, merged: true, message: 'Pull Request successfully merged' });
  });

  return routes;
}

function reopen(state: GitHubState, pull: Pull): void {
  if (pull.pull.merged_at !== null) throw refused('Cannot reopen a merged pull request');
  if (pull.state === 'closed' && openPullOf(state, pull.pull.headRef)) {
    throw refused(`A pull request already exists for ${state.owner}:${pull.pull.headRef}.`);
  }
  setState(state, pull, 'open');
}

function pullAt(state: GitHubState, number: string): Pull {
  const pull = pulls(state).find((candidate) => candidate.number === Number(number));
  if (!pull) throw notFound();
  return pull;
}

/** What the pull request is compared with: where its head left the base. */
async function base(state: GitHubState, pull: PullRequest): Promise<string> {
  const tip = await state.repository.head(pull.baseRef);
  return (tip && (await state.repository.mergeBase(tip, pull.headSha))) ?? pull.headSha;
}

function pullBody(state: GitHubState, issue: Pull): Record<string, unknown> {
  const { number, title, body, login, labels, created_at, updated_at, closed_at, pull } = issue;
  const repo = { full_name: `${state.owner}/${state.name}` };
  return {
    id: 700_000 + number,
    node_id: nodeId(number),
    number,
    title,
    body,
    state: issue.state,
    draft: pull.draft,
    html_url: `https://github.com/${repo.full_name}/pull/${number}`,
    user: { login },
    labels: labels.map((name) => ({ name })),
    head: { ref: pull.headRef, sha: pull.headSha, label: `${state.owner}:${pull.headRef}`, repo },
    base: { ref: pull.baseRef, repo },
    requested_reviewers: pull.reviewers.map((reviewer) => ({ login: reviewer })),
    requested_teams: pull.teams.map((slug) => ({ slug })),
    created_at,
    updated_at,
    closed_at,
    merged_at: pull.merged_at,
  };
}

export function nodeId(number: number): string {
  return `PR_${Buffer.from(String(number)).toString('base64url')}`;
}
