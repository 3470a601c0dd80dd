// Pull requests: opened once per branch, edited, read with their files and commits, closed, merged.
import { Hono } from 'hono';
import { type CallerEnv, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { forbidden, notFound, unprocessable } from './errors.ts';
import { editIssue, setState } from './issue-routes.ts';
import { mergePull } from './merge-pull.ts';
import { createPullError, findOpenPull, listPulls, openPull } from './open-pull.ts';
import { sendPage } from './pagination.ts';
import { formatNow, type GitHubIdentity, type GitHubState, type Pull, type PullRequest } from './state.ts';
import { buildUserBody } from './users.ts';

/** Routes under `/repos/{owner}/{repo}/pulls`. */
export function createPullRoutes(state: GitHubState, identities: readonly GitHubIdentity[]): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    requirePermission(context, 'read', 'pull_requests');
    const query = context.req.query();
    const wanted = query.state ?? 'open';
    const byUpdate = query.sort === 'updated';
    const found = listPulls(state)
      .filter((pull) => wanted === 'all' || pull.state === wanted)
      .filter(({ pull }) => !query.head || query.head === formatLabel(pull))
      .filter(({ pull }) => !query.base || query.base === pull.baseRef)
      .toSorted((a, b) => (byUpdate ? a.updated_at.localeCompare(b.updated_at) : a.number - b.number));
    if (query.direction !== 'asc') found.reverse();
    return sendPage(
      context,
      found.map((pull) => buildPullBody(state, pull)),
    );
  });

  routes.post('/', async (context) => {
    const { login } = requirePermission(context, 'write', 'pull_requests');
    if (login === 'github-actions[bot]' && !state.settings.actionsMayOpenPulls) {
      throw forbidden('GitHub Actions is not permitted to create or approve pull requests.');
    }
    const pull = await openPull(state, login, await readJsonBody(context));
    return context.json(buildPullBody(state, pull), 201);
  });

  routes.get('/:number', async (context) => {
    requirePermission(context, 'read', 'pull_requests');
    const pull = requirePull(state, context.req.param('number'));
    const base = await state.repository.findHead(pull.pull.baseRef);
    const clean = base !== null && (await state.repository.mergeTree(base, pull.pull.headSha)) !== null;
    return context.json({
      ...buildPullBody(state, pull),
      merged_by: pull.pull.mergedBy === null ? null : buildUserBody(pull.pull.mergedBy),
      mergeable: clean,
      mergeable_state: clean ? 'clean' : 'dirty',
    });
  });

  routes.patch('/:number', async (context) => {
    requirePermission(context, 'write', 'pull_requests');
    const pull = requirePull(state, context.req.param('number'));
    const change = await readJsonBody(context);
    const { state: wanted } = change;
    editIssue('PullRequest', pull, change);
    if (wanted === 'closed') setState(state, pull, 'closed');
    if (wanted === 'open') reopenPull(state, pull);
    pull.updated_at = formatNow(state);
    return context.json(buildPullBody(state, pull));
  });

  routes.get('/:number/files', async (context) => {
    requirePermission(context, 'read', 'pull_requests');
    const { pull } = requirePull(state, context.req.param('number'));
    return sendPage(
      context,
      await state.repository.listChangedFiles(await findComparedBase(state, pull), pull.headSha),
    );
  });

  routes.get('/:number/commits', async (context) => {
    requirePermission(context, 'read', 'pull_requests');
    const { pull } = requirePull(state, context.req.param('number'));
    const commits = await state.repository.listCommits(await findComparedBase(state, pull), pull.headSha);
    // GitHub lists only the first 250, on whatever page.
    return sendPage(
      context,
      commits.slice(0, 250).map(({ sha, parents, author, message }) => ({
        sha,
        parents: parents.map((oid) => ({ sha: oid })),
        // By the mail address of whoever wrote it; null: no account has it.
        author: findUser(author.email, identities),
        commit: { message, author, verification: { verified: state.signed.has(sha) } },
      })),
    );
  });

  routes.post('/:number/requested_reviewers', async (context) => {
    requirePermission(context, 'write', 'pull_requests');
    const pull = requirePull(state, context.req.param('number'));
    const body = await readJsonBody(context);
    const people = listStrings(body.reviewers);
    const teams = listStrings(body.team_reviewers);
    const { collaborators, teams: known } = state.settings;
    if (!people.every((login) => collaborators.includes(login)) || !teams.every((slug) => known.includes(slug))) {
      throw unprocessable(
        `Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the ${state.owner}/${state.name} repository.`,
      );
    }
    pull.pull.reviewers = [...new Set([...pull.pull.reviewers, ...people])];
    pull.pull.teams = [...new Set([...pull.pull.teams, ...teams])];
    return context.json(buildPullBody(state, pull), 201);
  });

  routes.put('/:number/merge', async (context) => {
    const caller = requirePermission(context, 'write', 'contents');
    const { merge_method: method = 'merge' } = await readJsonBody(context);
    const sha = await mergePull(state, requirePull(state, context.req.param('number')), {
      author: caller,
      method: String(method),
    });
    return context.json({ sha, merged: true, message: 'Pull Request successfully merged' });
  });

  return routes;
}

function findUser(email: string, identities: readonly GitHubIdentity[]): Record<string, unknown> | null {
  const login = identities.find((one) => one.email === email)?.login;
  return login === undefined ? null : buildUserBody(login);
}

/**
 * Routes under `/repos/{owner}/{repo}/commits`: the pull request that brought a commit to the default branch
 * (docs.github.com/rest/commits/commits, “List pull requests associated with a commit”).
 */
export function createCommitPullRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  routes.get('/:sha/pulls', async (context) => {
    requirePermission(context, 'read', 'pull_requests');
    const sha = context.req.param('sha');
    if (!(await state.repository.hasObject(sha))) throw unprocessable(`No commit found for SHA: ${sha}`);
    const brought = listPulls(state).filter(({ pull }) => pull.mergeCommitSha === sha || pull.headSha === sha);
    return sendPage(
      context,
      brought.map((pull) => buildPullBody(state, pull)),
    );
  });
  return routes;
}

function reopenPull(state: GitHubState, pull: Pull): void {
  if (pull.pull.merged_at !== null) throw createPullError('Cannot reopen a merged pull request');
  if (pull.state === 'closed' && findOpenPull(state, pull.pull)) {
    throw createPullError(`A pull request already exists for ${state.owner}:${pull.pull.headRef}.`);
  }
  setState(state, pull, 'open');
}

function requirePull(state: GitHubState, number: string): Pull {
  const pull = listPulls(state).find((candidate) => candidate.number === Number(number));
  if (!pull) throw notFound();
  return pull;
}

/** The commit that the pull request is compared with: where its head branched off the base. */
export async function findComparedBase(state: GitHubState, pull: PullRequest): Promise<string> {
  const tip = await state.repository.findHead(pull.baseRef);
  return (tip && (await state.repository.findMergeBase(tip, pull.headSha))) ?? pull.headSha;
}

function buildPullBody(state: GitHubState, issue: Pull): Record<string, unknown> {
  const { number, title, body, login, labels, created_at, updated_at, closed_at, pull } = issue;
  const repo = { full_name: `${state.owner}/${state.name}` };
  const headRepo = { full_name: pull.headRepository };
  return {
    id: 700_000 + number,
    node_id: formatNodeId(number),
    number,
    title,
    body,
    state: issue.state,
    draft: pull.draft,
    html_url: `${state.serverUrl}/${repo.full_name}/pull/${number}`,
    user: buildUserBody(login),
    labels: labels.map((name) => ({ name })),
    head: {
      ...{ ref: pull.headRef, sha: pull.headSha, label: formatLabel(pull) },
      repo: headRepo,
    },
    base: { ref: pull.baseRef, repo: { ...repo, default_branch: state.defaultBranch } },
    requested_reviewers: pull.reviewers.map((reviewer) => ({ login: reviewer })),
    requested_teams: pull.teams.map((slug) => ({ slug })),
    created_at,
    updated_at,
    closed_at,
    merged_at: pull.merged_at,
    merge_commit_sha: pull.mergeCommitSha,
  };
}

function formatLabel({ headRepository, headRef }: PullRequest): string {
  return `${headRepository.split('/')[0]}:${headRef}`;
}

export function formatNodeId(number: number): string {
  return `PR_${Buffer.from(String(number)).toString('base64url')}`;
}
