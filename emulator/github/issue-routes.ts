// Issues and their comments; a pull request is an issue, too.
import { Hono } from 'hono';
import { type CallerEnv, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { createValidationError, notFound, requireBodyLimit } from './errors.ts';
import { addLabels, hasLabel } from './labels.ts';
import { sendPage } from './pagination.ts';
import { type Comment, formatNow, type GitHubState, getNextNumber, type Issue } from './state.ts';
import { buildAppBody, buildUserBody } from './users.ts';

/** Routes under `/repos/{owner}/{repo}/issues`. */
export function createIssueRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    const caller = requirePermission(context, 'read', 'issues');
    // Without the right to read pull requests they are left out, and nothing says so: github.com/lemonade-sdk/lemonade/pull/2210.
    const seesPulls = caller.permissions.pull_requests !== undefined;
    const wanted = context.req.query('state') ?? 'open';
    const labels = (context.req.query('labels') ?? '').split(',').filter(Boolean);
    const byUpdate = context.req.query('sort') === 'updated';
    const creator = context.req.query('creator');
    const found = state.issues
      .filter(({ pull }) => pull === null || seesPulls)
      .filter((issue) => wanted === 'all' || issue.state === wanted)
      .filter((issue) => labels.every((label) => hasLabel(issue, label)))
      .filter(({ login }) => creator === undefined || creator === login)
      .toSorted((a, b) => (byUpdate ? a.updated_at.localeCompare(b.updated_at) : 0));
    if (context.req.query('direction') !== 'asc') found.reverse();
    return sendPage(
      context,
      found.map((issue) => buildIssueBody(state, issue)),
    );
  });

  routes.post('/', async (context) => {
    const { login } = requirePermission(context, 'write', 'issues');
    const { title, body, labels } = await readJsonBody(context);
    if (typeof title !== 'string' || title === '') {
      throw createValidationError({ resource: 'Issue', code: 'missing_field', field: 'title' });
    }
    requireBodyLimit('Issue', body);
    const issue = openIssue(state, { login, title, body: typeof body === 'string' ? body : null });
    addLabels(state, issue, { login, labels: listStrings(labels) });
    return context.json(buildIssueBody(state, issue), 201);
  });

  routes.get('/:number', (context) => {
    requirePermission(context, 'read', 'issues', 'pull_requests');
    return context.json(buildIssueBody(state, requireIssue(state, context.req.param('number'))));
  });

  routes.patch('/:number', async (context) => {
    requirePermission(context, 'write', 'issues');
    const issue = requireIssue(state, context.req.param('number'));
    const change = await readJsonBody(context);
    const { state: wanted } = change;
    editIssue('Issue', issue, change);
    if (wanted === 'open' || wanted === 'closed') setState(state, issue, wanted);
    issue.updated_at = formatNow(state);
    return context.json(buildIssueBody(state, issue));
  });

  routes.get('/:number/comments', (context) => {
    requirePermission(context, 'read', 'issues', 'pull_requests');
    const issue = requireIssue(state, context.req.param('number'));
    return sendPage(
      context,
      issue.comments.map((comment) => buildCommentBody(state, issue, comment)),
    );
  });

  routes.post('/:number/comments', async (context) => {
    const { login } = requirePermission(context, 'write', 'issues', 'pull_requests');
    const issue = requireIssue(state, context.req.param('number'));
    const { body } = await readJsonBody(context);
    if (typeof body !== 'string' || body === '') {
      throw createValidationError({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
    }
    requireBodyLimit('IssueComment', body);
    return context.json(buildCommentBody(state, issue, addComment(state, issue, { login, body })), 201);
  });

  routes.patch('/comments/:id', async (context) => {
    requirePermission(context, 'write', 'issues', 'pull_requests');
    const id = Number(context.req.param('id'));
    const issue = state.issues.find(({ comments }) => comments.some((comment) => comment.id === id));
    const comment = issue?.comments.find((candidate) => candidate.id === id);
    if (!issue || !comment) throw notFound();
    const { body } = await readJsonBody(context);
    requireBodyLimit('IssueComment', body);
    if (typeof body === 'string') comment.body = body;
    comment.updated_at = formatNow(state);
    return context.json(buildCommentBody(state, issue, comment));
  });

  return routes;
}

/** Opens an issue with the next number. */
export function openIssue(state: GitHubState, { login, title, body }: Pick<Issue, 'login' | 'title' | 'body'>): Issue {
  const now = formatNow(state);
  const issue: Issue = {
    number: getNextNumber(state),
    title,
    body,
    login,
    state: 'open',
    labels: [],
    labelEvents: [],
    comments: [],
    created_at: now,
    updated_at: now,
    closed_at: null,
    pull: null,
  };
  state.issues.push(issue);
  return issue;
}

export function addComment(
  state: GitHubState,
  issue: Issue,
  { login, body }: Pick<Comment, 'login' | 'body'>,
): Comment {
  const now = formatNow(state);
  const id = 1_000_000 + state.issues.reduce((count, { comments }) => count + comments.length, 0);
  const comment: Comment = { id, body, login, created_at: now, updated_at: now };
  issue.comments.push(comment);
  return comment;
}

/** What people see of an issue or a pull request. */
export function editIssue(resource: string, issue: Issue, { title, body }: Record<string, unknown>): void {
  requireBodyLimit(resource, body);
  if (typeof title === 'string') issue.title = title;
  if (typeof body === 'string') issue.body = body;
}

export function setState(state: GitHubState, issue: Issue, wanted: 'open' | 'closed'): void {
  if (issue.state === wanted) return;
  issue.state = wanted;
  issue.closed_at = wanted === 'closed' ? formatNow(state) : null;
  issue.updated_at = formatNow(state);
}

export function requireIssue(state: GitHubState, number: string): Issue {
  const issue = state.issues.find((candidate) => candidate.number === Number(number));
  if (!issue) throw notFound();
  return issue;
}

function buildIssueBody(state: GitHubState, issue: Issue): Record<string, unknown> {
  const { number, title, body, login, labels, created_at, updated_at, closed_at } = issue;
  const kind = issue.pull === null ? 'issues' : 'pull';
  const html_url = `${state.serverUrl}/${state.owner}/${state.name}/${kind}/${number}`;
  return {
    id: 500_000 + number,
    number,
    title,
    body,
    state: issue.state,
    html_url,
    user: buildUserBody(login),
    performed_via_github_app: buildAppBody(login),
    labels: labels.map((name) => ({ name })),
    comments: issue.comments.length,
    created_at,
    updated_at,
    closed_at,
    ...(issue.pull === null ? {} : { pull_request: { html_url, merged_at: issue.pull.merged_at } }),
  };
}

function buildCommentBody(state: GitHubState, issue: Issue, comment: Comment): Record<string, unknown> {
  const { id, body, login, created_at, updated_at } = comment;
  const html_url = `${state.serverUrl}/${state.owner}/${state.name}/issues/${issue.number}#issuecomment-${id}`;
  const performed_via_github_app = buildAppBody(login);
  return { id, body, html_url, user: buildUserBody(login), performed_via_github_app, created_at, updated_at };
}
