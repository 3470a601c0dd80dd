// The repository's settings: visibility, rules, environments, runs, and what workflows may request.
import { Hono } from 'hono';
import { type CallerEnv, isRecord, readJsonBody, requirePermission } from './authentication.ts';
import { notFound, unprocessable } from './errors.ts';
import { sendPage } from './pagination.ts';
import type { GitHubState, RepositorySettings } from './state.ts';

/** Routes under `/repos/{owner}/{repo}` beside issues, pull requests and git. */
export function createSettingsRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    requirePermission(context, 'read', 'metadata');
    const { owner, name, defaultBranch, serverUrl, settings } = state;
    return context.json({
      id: 1296269,
      name,
      full_name: `${owner}/${name}`,
      owner: { id: 9919, login: owner, type: 'Organization' },
      private: settings.private,
      visibility: settings.private ? 'private' : 'public',
      default_branch: defaultBranch,
      delete_branch_on_merge: settings.deleteBranchOnMerge,
      html_url: `${serverUrl}/${owner}/${name}`,
    });
  });

  routes.get('/rules/branches/:branch{.+}', (context) => {
    requirePermission(context, 'read', 'metadata');
    return sendPage(context, context.req.param('branch') === state.defaultBranch ? state.settings.rules : []);
  });

  routes.get('/rulesets/:id', (context) => {
    requirePermission(context, 'read', 'metadata');
    const ruleset = state.settings.rulesets[context.req.param('id')];
    if (!ruleset) throw notFound();
    return context.json({ id: Number(context.req.param('id')), ...ruleset });
  });

  routes.get('/environments/:name', (context) => {
    requirePermission(context, 'read', 'actions');
    const environment = state.settings.environments[context.req.param('name')];
    if (!environment) throw notFound();
    return context.json({ name: context.req.param('name'), ...environment });
  });

  // docs.github.com/rest/deployments/branch-policies: "Actions" read. Each is
  // a pattern in the manner of Ruby's File.fnmatch, of branches or of tags.
  routes.get('/environments/:name/deployment-branch-policies', (context) => {
    requirePermission(context, 'read', 'actions');
    const environment = state.settings.environments[context.req.param('name')];
    if (!environment) throw notFound();
    const found = state.settings.branchPolicies[context.req.param('name')] ?? [];
    return context.json({
      total_count: found.length,
      branch_policies: found.map((policy, at) => ({ id: at + 1, type: 'branch', ...policy })),
    });
  });

  routes.get('/environments/:name/secrets/:secret', (context) => {
    requirePermission(context, 'read', 'environments');
    return context.json(readSecret(state, context.req.param('name'), context.req.param('secret')));
  });

  // docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens: "Administration" read,
  // which no workflow's own token can be given. One setting is for both, to open pull requests and to approve them.
  routes.get('/actions/permissions/workflow', (context) => {
    requirePermission(context, 'read', 'administration');
    const { actionsMayOpenPulls } = state.settings;
    return context.json({
      default_workflow_permissions: 'read',
      can_approve_pull_request_reviews: actionsMayOpenPulls,
    });
  });

  // docs.github.com/rest/actions/self-hosted-runners: "Administration" read, and only those of the repository itself. A job
  // runs on one that has all labels of its `runs-on`, whatever event started it.
  routes.get('/actions/runners', (context) => {
    requirePermission(context, 'read', 'administration');
    return context.json(listRunners(state.settings.runners));
  });

  // docs.github.com/rest/actions/secrets: "Secrets" read for both, the organisation's as far as this repository gets them.
  routes.get('/actions/secrets', (context) => {
    requirePermission(context, 'read', 'secrets');
    return context.json(listSecrets(state.settings.secrets['']));
  });

  routes.get('/actions/organization-secrets', (context) => {
    requirePermission(context, 'read', 'secrets');
    return context.json(listSecrets(state.settings.organizationSecrets));
  });

  // docs.github.com/rest/actions/variables: "Variables" read for the repository's, "Environments" read for an environment's.
  routes.get('/actions/variables/:name', (context) => {
    requirePermission(context, 'read', 'variables');
    return context.json(readVariable(state, '', context.req.param('name')));
  });

  routes.get('/environments/:environment/variables/:name', (context) => {
    requirePermission(context, 'read', 'environments');
    return context.json(readVariable(state, context.req.param('environment'), context.req.param('name')));
  });

  routes.get('/actions/workflows/:file', (context) => {
    requirePermission(context, 'read', 'actions');
    const file = context.req.param('file');
    if (!state.settings.runs[file]) throw notFound();
    return context.json({
      path: `.github/workflows/${file}`,
      state: state.settings.stopped[file] ?? 'active',
    });
  });

  routes.get('/actions/workflows/:file/runs', (context) => {
    requirePermission(context, 'read', 'actions');
    const all = state.settings.runs[context.req.param('file')];
    if (!all) throw notFound();
    const status = context.req.query('status');
    const runs = all.filter(({ conclusion }) => status === undefined || conclusion === status);
    const listed = runs.map((run) => ({ event: 'schedule', ...run }));
    return context.json({ total_count: runs.length, workflow_runs: listed });
  });

  routes.post('/actions/workflows/:file/dispatches', async (context) => {
    requirePermission(context, 'write', 'actions');
    const { ref, inputs } = await readJsonBody(context);
    const workflow = context.req.param('file');
    const head = await state.repository.findHead(String(ref));
    if (head === null) throw unprocessable(`No ref found for: ${String(ref)}`);
    if (!(await state.repository.hasPath(head, `.github/workflows/${workflow}`))) throw notFound();
    const given = isRecord(inputs) ? inputs : {};
    state.dispatches.push({
      workflow,
      ref: String(ref),
      inputs: Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])),
    });
    return context.body(null, 204);
  });

  routes.post('/statuses/:sha', async (context) => {
    const { appId = null } = requirePermission(context, 'write', 'statuses');
    const sha = context.req.param('sha');
    if (!(await state.repository.hasObject(sha))) throw unprocessable(`No commit found for SHA: ${sha}`);
    const body = await readJsonBody(context);
    const { state: result, context: name = 'default', description = '', target_url = null } = body;
    if (typeof description === 'string' && description.length > 140) {
      throw unprocessable('Validation Failed: description is too long (maximum is 140 characters)');
    }
    const target = typeof target_url === 'string' ? target_url : null;
    state.statuses.push({
      sha,
      state: String(result),
      context: String(name),
      description: String(description),
      target_url: target,
      appId,
    });
    return context.json({ state: result, context: name }, 201);
  });

  return routes;
}

/**
 * Routes under `/orgs/{org}`. The settings of `/` are in the answer for owners only; elsewhere the fields are not there
 * (docs.github.com/rest/orgs/orgs, "Get an organization").
 */
export function createOrganizationRoutes({ owner, name, settings }: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    const isOwner = context.get('caller').permissions.organization_administration !== undefined;
    const { membersMayChangeVisibility } = settings;
    return context.json({
      login: owner,
      ...(isOwner ? { members_can_change_repo_visibility: membersMayChangeVisibility } : {}),
    });
  });

  // docs.github.com/rest/actions/self-hosted-runner-groups: "Self-hosted runners" of the organisation, read, for both. The
  // repository is named without its owner: github.com/google/go-github, github/actions_runner_groups_test.go.
  routes.get('/actions/runner-groups', (context) => {
    requirePermission(context, 'read', 'organization_self_hosted_runners');
    const asked = context.req.query('visible_to_repository');
    const groups = asked === undefined || asked === name ? settings.runnerGroups : [];
    return context.json({
      total_count: groups.length,
      runner_groups: groups.map(({ name: group, inherited = false, selectedWorkflows = null }, at) => ({
        id: at + 1,
        name: group,
        visibility: 'selected',
        inherited,
        restricted_to_workflows: selectedWorkflows !== null,
        selected_workflows: selectedWorkflows ?? [],
      })),
    });
  });

  routes.get('/actions/runner-groups/:id/runners', (context) => {
    requirePermission(context, 'read', 'organization_self_hosted_runners');
    const group = settings.runnerGroups[Number(context.req.param('id')) - 1];
    // Whether an enterprise's are shown here is not documented.
    if (group === undefined || group.inherited) throw notFound();
    return context.json(listRunners(group.runners));
  });

  return routes;
}

function listRunners(runners: RepositorySettings['runners']) {
  return {
    total_count: runners.length,
    runners: runners.map(({ name, labels, ephemeral = false }, at) => ({
      id: at + 1,
      name,
      os: 'linux',
      status: 'online',
      busy: false,
      ephemeral,
      labels: labels.map((label) => ({ name: label })),
    })),
  };
}

/** That it is there, never what it is. */
function readSecret({ settings }: GitHubState, environment: string, name: string) {
  const found = listSecrets(settings.secrets[environment]).secrets.find((secret) => secret.name === name);
  if (found === undefined) throw notFound();
  return found;
}

function readVariable({ settings }: GitHubState, environment: string, name: string) {
  const value = settings.variables[environment]?.[name];
  if (value === undefined) throw notFound();
  return { name, value, created_at: '2026-01-05T09:00:00Z', updated_at: '2026-01-05T09:00:00Z' };
}

function listSecrets(names: readonly string[] = []) {
  const at = '2026-01-05T09:00:00Z';
  return { total_count: names.length, secrets: names.map((name) => ({ name, created_at: at, updated_at: at })) };
}
