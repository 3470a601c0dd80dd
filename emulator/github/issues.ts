// Issues and their comments, which pull requests share.
import { Hono } from 'hono';
import { type CallerEnv, jsonBody, need, strings } from './caller.ts';
import { page } from './pages.ts';
import { checkBody, invalid, notFound } from './refusals.ts';
import { type Comment, type GitHubState, type Issue, nextNumber, timestamp } from './state.ts';

/** Routes under `/repos/{owner}/{repo}/issues`. */
export function issueRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    need(context, 'read', 'issues');
    const wanted = context.req.query('state') ?? 'open';
    const labels = (context.req.query('labels') ?? '').split(',').filter(Boolean);
    const found = state.issues
      .filter((issue) => wanted === 'all' || issue.state === wanted)
      .filter((issue) => labels.every((label) => issue.labels.includes(label)))
      .toReversed();
    return page(
      context,
      found.map((issue) => issueBody(state, issue)),
    );
  });

  routes.post('/', async (context) => {
    const { login } = need(context, 'write', 'issues');
    const { title, body, labels } = await jsonBody(context);
    if (typeof title !== 'string' || title === '') {
      throw invalid({ resource: 'Issue', code: 'missing_field', field: 'title' });
    }
    checkBody('Issue', body);
    const issue = openIssue(state, login, title, typeof body === 'string' ? body : null);
    issue.labels.push(...strings(labels));
    return context.json(issueBody(state, issue), 201);
  });

  routes.get('/:number', (context) => {
    need(context, 'read', 'issues', 'pull_requests');
    return context.json(issueBody(state, issueAt(state, context.req.param('number'))));
  });

  routes.patch('/:number', async (context) => {
    need(context, 'write', 'issues');
    const issue = issueAt(state, context.req.param('number'));
    const { title, body, state: wanted } = await jsonBody(context);
    checkBody('Issue', body);
    if (typeof title === 'string') issue.title = title;
    if (typeof body === 'string') issue.body = body;
    if (wanted === 'open' || wanted === 'closed') setState(state, issue, wanted);
    issue.updated_at = timestamp(state);
    return context.json(issueBody(state, issue));
  });

  routes.post('/:number/labels', async (context) => {
    need(context, 'write', 'issues', 'pull_requests');
    const issue = issueAt(state, context.req.param('number'));
    const { labels } = await jsonBody(context);
    issue.labels = [...new Set([...issue.labels, ...strings(labels)])];
    return context.json(issue.labels.map((name) => ({ name })));
  });

  routes.get('/:number/comments', (context) => {
    need(context, 'read', 'issues', 'pull_requests');
    const issue = issueAt(state, context.req.param('number'));
    return page(
      context,
      issue.comments.map((comment) => commentBody(state, issue, comment)),
    );
  });

  routes.post('/:number/comments', async (context) => {
    const { login } = need(context, 'write', 'issues', 'pull_requests');
    const issue = issueAt(state, context.req.param('number'));
    const { body } = await jsonBody(context);
    if (typeof body !== 'string' || body === '') {
      throw invalid({ resource: 'IssueComment', code: 'missing_field', field: 'body' });
    }
    checkBody('IssueComment', body);
    return context.json(commentBody(state, issue, addComment(state, issue, login, body)), 201);
  });

  routes.patch('/comments/:id', async (context) => {
    need(context, 'write', 'issues', 'pull_requests');
    const id = Number(context.req.param('id'));
    const issue = state.issues.find(({ comments }) => comments.some((comment) => comment.id === id));
    const comment = issue?.comments.find((candidate) => candidate.id === id);
    if (!issue || !comment) throw notFound();
    const { body } = await jsonBody(context);
    checkBody('IssueComment', body);
    if (typeof body === 'string') comment.body = body;
    comment.updated_at = timestamp(state);
    return context.json(commentBody(state, issue, comment));
  });

  return routes;
}

/** Takes the next number and keeps the issue. */
export function openIssue(state: GitHubState, login: string, title: string, body: string | null): Issue {
  const now = timestamp(state);
  const issue: Issue = {
    number: nextNumber(state),
    title,
    body,
    login,
    state: 'open',
    labels: [],
    comments: [],
    created_at: now,
    updated_at: now,
    closed_at: null,
    pull: null,
  };
  state.issues.push(issue);
  return issue;
}

export function addComment(state: GitHubState, issue: Issue, login: string, body: string): Comment {
  const now = timestamp(state);
  const id = 1_000_000 + state.issues.reduce((count, { comments }) => count + comments.length, 0);
  const comment: Comment = { id, body, login, created_at: now, updated_at: now };
  issue.comments.push(comment);
  return comment;
}

export function setState(state: GitHubState, issue: Issue, wanted: 'open' | 'closed'): void {
  if (issue.state === wanted) return;
  issue.state = wanted;
  issue.closed_at = wanted === 'closed' ? timestamp(state) : null;
  issue.updated_at = timestamp(state);
}

function issueAt(state: GitHubState, number: string): Issue {
  const issue = state.issues.find((candidate) => candidate.number === Number(number));
  if (!issue) throw notFound();
  return issue;
}

function issueBody(state: GitHubState, issue: Issue): Record<string, unknown> {
  const { number, title, body, login, labels, created_at, updated_at, closed_at } = issue;
  const kind = issue.pull === null ? 'issues' : 'pull';
  const html_url = `https://github.com/${state.owner}/${state.name}/${kind}/${number}`;
  return {
    id: 500_000 + number,
    number,
    title,
    body,
    state: issue.state,
    html_url,
    user: { login },
    labels: labels.map((name) => ({ name })),
    comments: issue.comments.length,
    created_at,
    updated_at,
    closed_at,
    ...(issue.pull === null ? {} : { pull_request: { html_url } }),
  };
}

function commentBody(state: GitHubState, issue: Issue, comment: Comment): Record<string, unknown> {
  const { id, body, login, created_at, updated_at } = comment;
  const html_url = `https://github.com/${state.owner}/${state.name}/issues/${issue.number}#issuecomment-${id}`;
  return { id, body, html_url, user: { login }, created_at, updated_at };
}
