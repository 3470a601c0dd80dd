// The repository's settings: visibility, statuses, and what workflows may request.
import { Hono } from 'hono';
import { type CallerEnv, readJsonBody, requirePermission } from './authentication.ts';
import { notFound, unprocessable } from './errors.ts';
import { type GitHubState, type RepositorySettings, repositoryId } from './state.ts';
import { addVariableRoutes, madeOnceAt } from './variable-routes.ts';

/** Routes under `/repos/{owner}/{repo}` beside issues, pull requests, git, rulesets, environments and workflows. */
export function createSettingsRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();

  routes.get('/', (context) => {
    requirePermission(context, 'read', 'metadata');
    const { owner, name, defaultBranch, serverUrl, settings } = state;
    return context.json({
      id: repositoryId,
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

  routes.put('/actions/permissions/workflow', async (context) => {
    requirePermission(context, 'write', 'administration');
    const { can_approve_pull_request_reviews: may } = await readJsonBody(context);
    if (typeof may === 'boolean') state.settings.actionsMayOpenPulls = may;
    return context.body(null, 204);
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

  // docs.github.com/rest/actions/variables: "Variables" of the repository.
  addVariableRoutes(routes, '/actions/variables', {
    permission: 'variables',
    findVariables: () => (state.settings.variables[''] ??= {}),
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

function listSecrets(names: readonly string[] = []) {
  return { total_count: names.length, secrets: names.map((name) => ({ name, ...madeOnceAt })) };
}
