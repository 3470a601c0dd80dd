// The repository's environments, which jobs name to get an identity: whom they admit, with their secrets and variables.
import { generateKeyPairSync } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { type CallerEnv, isRecord, readJsonBody, requirePermission } from './authentication.ts';
import { notFound, unprocessable } from './errors.ts';
import { formatNow, type GitHubState } from './state.ts';
import { countUp } from './users.ts';
import { addVariableRoutes, madeOnceAt } from './variable-routes.ts';

/**
 * Routes under `/repos/{owner}/{repo}/environments`. Which permission each needs:
 * github.com/github/docs, src/github-apps/data/fpt-2022-11-28/fine-grained-pat-permissions.json.
 */
export function createEnvironmentRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const { settings } = state;

  routes.get('/:name', (context) => {
    requirePermission(context, 'read', 'actions');
    const name = getEnvironmentName(state, context);
    return context.json(buildEnvironmentBody(state, name));
  });

  // docs.github.com/rest/deployments/environments, "Create or update an environment".
  routes.put('/:name', async (context) => {
    requirePermission(context, 'write', 'administration');
    const name = context.req.param('name');
    const { deployment_branch_policy: policy = null } = await readJsonBody(context);
    requireOneKind(policy);
    const now = formatNow(state);
    const created_at = settings.environments[name]?.created_at ?? now;
    settings.environments[name] = { deployment_branch_policy: policy, created_at, updated_at: now };
    if (!admitsByName(policy)) delete settings.branchPolicies[name];
    return context.json(buildEnvironmentBody(state, name));
  });

  routes.delete('/:name', (context) => {
    requirePermission(context, 'write', 'administration');
    const name = getEnvironmentName(state, context);
    const { environments, branchPolicies, secrets, variables } = settings;
    for (const each of [environments, branchPolicies, secrets, variables]) delete each[name];
    return context.body(null, 204);
  });

  // docs.github.com/rest/deployments/branch-policies: each is a pattern in the manner of Ruby's File.fnmatch, of branches or of tags.
  routes.get('/:name/deployment-branch-policies', (context) => {
    requirePermission(context, 'read', 'actions');
    const found = settings.branchPolicies[getEnvironmentName(state, context)] ?? [];
    return context.json({ total_count: found.length, branch_policies: found.map(buildPolicyBody) });
  });

  // The same page: 404 also where the environment does not admit by name, and 303 for a pattern that is there.
  routes.post('/:name/deployment-branch-policies', async (context) => {
    requirePermission(context, 'write', 'administration');
    const environment = getEnvironmentName(state, context);
    if (!admitsByName(settings.environments[environment]?.deployment_branch_policy)) throw notFound();
    const { name, type = 'branch' } = await readJsonBody(context);
    if (typeof name !== 'string' || name === '') throw unprocessable('Invalid request.\n\n"name" wasn\'t supplied.');
    if (type !== 'branch' && type !== 'tag') throw unprocessable(`Invalid request.\n\n${String(type)} is not a type.`);
    const before = settings.branchPolicies[environment] ?? [];
    if (before.some((policy) => policy.name === name && (policy.type ?? 'branch') === type))
      return context.body(null, 303);
    const id = Math.max(0, ...before.map((policy, at) => buildPolicyBody(policy, at).id)) + 1;
    settings.branchPolicies[environment] = [...before, { id, name, type }];
    return context.json({ id, node_id: `DBP_${id}`, name, type });
  });

  routes.delete('/:name/deployment-branch-policies/:id', (context) => {
    requirePermission(context, 'write', 'administration');
    const environment = getEnvironmentName(state, context);
    const before = settings.branchPolicies[environment] ?? [];
    const after = before.filter((policy, at) => buildPolicyBody(policy, at).id !== Number(context.req.param('id')));
    if (after.length === before.length) throw notFound();
    settings.branchPolicies[environment] = after;
    return context.body(null, 204);
  });

  // docs.github.com/rest/actions/secrets: who sends one seals it for this key.
  routes.get('/:name/secrets/public-key', (context) => {
    requirePermission(context, 'read', 'environments');
    getEnvironmentName(state, context);
    return context.json({ key_id: '568250167242549743', key: getSealingKey() });
  });

  /** That it is there, never what it is. */
  routes.get('/:name/secrets/:secret', (context) => {
    requirePermission(context, 'read', 'environments');
    const asked = context.req.param('secret');
    const name = settings.secrets[context.req.param('name')]?.find((secret) => secret === asked);
    if (name === undefined) throw notFound();
    return context.json({ name, ...madeOnceAt });
  });

  routes.put('/:name/secrets/:secret', async (context) => {
    requirePermission(context, 'write', 'environments');
    const environment = getEnvironmentName(state, context);
    const { encrypted_value: value, key_id: key } = await readJsonBody(context);
    if (typeof value !== 'string' || typeof key !== 'string') throw unprocessable('Invalid request.');
    const before = settings.secrets[environment] ?? [];
    const name = context.req.param('secret');
    if (before.includes(name)) return context.body(null, 204);
    settings.secrets[environment] = [...before, name];
    return context.json({}, 201);
  });

  // docs.github.com/rest/actions/variables: "Environments" for those of one.
  addVariableRoutes(routes, '/:name/variables', {
    permission: 'environments',
    findVariables: (context) => (settings.variables[getEnvironmentName(state, context)] ??= {}),
  });

  return routes;
}

function getEnvironmentName({ settings }: GitHubState, context: Context<CallerEnv>): string {
  const name = context.req.param('name') ?? '';
  if (settings.environments[name] === undefined) throw notFound();
  return name;
}

function buildEnvironmentBody({ settings, owner, name: repo, serverUrl }: GitHubState, name: string) {
  const environment = settings.environments[name] ?? {};
  const isLimited = isRecord(environment.deployment_branch_policy);
  return {
    id: countUp(name),
    name,
    html_url: `${serverUrl}/${owner}/${repo}/deployments/activity_log?environments_filter=${name}`,
    protection_rules: isLimited ? [{ id: countUp(name), type: 'branch_policy' }] : [],
    ...environment,
  };
}

function buildPolicyBody({ id, name, type = 'branch' }: { id?: number; name: string; type?: string }, at: number) {
  return { id: id ?? at + 1, name, type };
}

function admitsByName(policy: unknown): boolean {
  return isRecord(policy) && policy.custom_branch_policies === true;
}

/** The same page: of the two kinds an environment has exactly one, or null for all branches. */
function requireOneKind(policy: unknown): void {
  if (policy === null) return;
  const { protected_branches: ofProtected, custom_branch_policies: byName } = isRecord(policy) ? policy : {};
  if (typeof ofProtected !== 'boolean' || typeof byName !== 'boolean' || ofProtected === byName)
    throw unprocessable('Validation Failed: protected_branches and custom_branch_policies cannot have the same value');
}

let sealingKey: string | undefined;

/** 32 bytes of X25519. Nobody here opens what is sealed for it. */
function getSealingKey(): string {
  sealingKey ??= generateKeyPairSync('x25519')
    .publicKey.export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64');
  return sealingKey;
}
