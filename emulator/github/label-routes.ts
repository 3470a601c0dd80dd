// Labels: of the repository, put on issues and pull requests and taken off, with the event that says who did it and when.
import { Hono } from 'hono';
import { type CallerEnv, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { createValidationError, notFound } from './errors.ts';
import { requireIssue } from './issue-routes.ts';
import { sendPage } from './pagination.ts';
import { formatNow, type GitHubState, type Issue, type LabelEvent } from './state.ts';
import { buildUserBody } from './users.ts';

/** Under `/repos/{owner}/{repo}/issues`. Either right will do for the labels: https://docs.github.com/rest/issues/labels */
export function createIssueLabelRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.post('/:number/labels', async (context) => {
    const { login } = requirePermission(context, 'write', 'issues', 'pull_requests');
    const issue = requireIssue(state, context.req.param('number'));
    const { labels } = await readJsonBody(context);
    addLabels(state, issue, { login, labels: listStrings(labels) });
    return context.json(issue.labels.map((name) => ({ name })));
  });

  routes.delete('/:number/labels/:name', (context) => {
    const { login } = requirePermission(context, 'write', 'issues', 'pull_requests');
    const issue = requireIssue(state, context.req.param('number'));
    const name = context.req.param('name');
    if (!hasLabel(issue, name)) throw notFound('Label does not exist');
    removeLabel(state, issue, { login, label: name });
    return context.json(issue.labels.map((left) => ({ name: left })));
  });

  // https://docs.github.com/rest/issues/events: the right to read issues. Other kinds of events do not happen here.
  routes.get('/:number/events', (context) => {
    requirePermission(context, 'read', 'issues');
    return sendPage(context, requireIssue(state, context.req.param('number')).labelEvents.map(buildEventBody));
  });

  return routes;
}

/** Under `/repos/{owner}/{repo}/labels`. */
export function createLabelRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    requirePermission(context, 'read', 'issues', 'pull_requests');
    return sendPage(context, state.labels);
  });

  routes.get('/:name', (context) => {
    requirePermission(context, 'read', 'issues', 'pull_requests');
    const label = state.labels.find(({ name }) => isSame(name, context.req.param('name')));
    if (label === undefined) throw notFound();
    return context.json(label);
  });

  routes.post('/', async (context) => {
    requirePermission(context, 'write', 'issues', 'pull_requests');
    const { name, color, description } = await readJsonBody(context);
    if (typeof name !== 'string' || name === '')
      throw createValidationError({ resource: 'Label', code: 'missing_field', field: 'name' });
    if (state.labels.some((label) => isSame(label.name, name)))
      throw createValidationError({ resource: 'Label', code: 'already_exists', field: 'name' });
    const label = {
      name,
      color: typeof color === 'string' ? color : 'ededed',
      description: typeof description === 'string' ? description : null,
    };
    state.labels.push(label);
    return context.json(label, 201);
  });

  return routes;
}

/** One that the repository does not have yet is made, as on GitHub. */
export function addLabels(
  state: GitHubState,
  issue: Issue,
  { login, labels }: { login: string; labels: readonly string[] },
): void {
  for (const label of labels) {
    const known = state.labels.find(({ name }) => isSame(name, label));
    const { name } = known ?? { name: label };
    if (known === undefined) state.labels.push({ name, color: 'ededed', description: null });
    if (hasLabel(issue, name)) continue;
    issue.labels = [...issue.labels, name];
    recordEvent(state, issue, { event: 'labeled', label: name, login });
  }
}

export function removeLabel(
  state: GitHubState,
  issue: Issue,
  { login, label }: { login: string; label: string },
): void {
  issue.labels = issue.labels.filter((name) => !isSame(name, label));
  recordEvent(state, issue, { event: 'unlabeled', label, login });
}

export function hasLabel({ labels }: Pick<Issue, 'labels'>, label: string): boolean {
  return labels.some((name) => isSame(name, label));
}

/** Whatever their case, two labels of a repository never share a name. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function recordEvent(state: GitHubState, issue: Issue, event: Pick<LabelEvent, 'event' | 'label' | 'login'>): void {
  const created_at = formatNow(state);
  issue.updated_at = created_at;
  const id = 2_000_000 + state.issues.reduce((count, { labelEvents }) => count + labelEvents.length, 0);
  issue.labelEvents.push({ ...event, id, created_at });
}

function buildEventBody({ id, event, label, login, created_at }: LabelEvent): Record<string, unknown> {
  return { id, event, actor: buildUserBody(login), label: { name: label, color: 'ededed' }, created_at };
}
