// Labels: of the repository, put on issues and pull requests and taken off, with the event that says who did it and when.
import { Hono } from 'hono';
import { type CallerEnv, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { createValidationError, notFound } from './errors.ts';
import { requireIssue } from './issue-routes.ts';
import { addLabels, hasLabel, isSameLabel, removeLabel } from './labels.ts';
import { sendPage } from './pagination.ts';
import type { GitHubState, LabelEvent } from './state.ts';
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
    const label = state.labels.find(({ name }) => isSameLabel(name, context.req.param('name')));
    if (label === undefined) throw notFound();
    return context.json(label);
  });

  routes.post('/', async (context) => {
    requirePermission(context, 'write', 'issues', 'pull_requests');
    const { name, color, description } = await readJsonBody(context);
    if (typeof name !== 'string' || name === '')
      throw createValidationError({ resource: 'Label', code: 'missing_field', field: 'name' });
    if (state.labels.some((label) => isSameLabel(label.name, name)))
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

function buildEventBody({ id, event, label, login, created_at }: LabelEvent): Record<string, unknown> {
  return { id, event, actor: buildUserBody(login), label: { name: label, color: 'ededed' }, created_at };
}
