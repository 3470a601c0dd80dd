// Rulesets: made, read and deleted, and the rules that those in force put on a branch.
import { Hono } from 'hono';
import { type CallerEnv, isRecord, listStrings, readJsonBody, requirePermission } from './authentication.ts';
import { forbidden, notFound, unprocessable } from './errors.ts';
import { sendPage } from './pagination.ts';
import { formatNow, type GitHubState } from './state.ts';

type Rule = Record<string, unknown>;

/** Routes under `/repos/{owner}/{repo}`: docs.github.com/rest/repos/rules. */
export function createRulesetRoutes(state: GitHubState): Hono<CallerEnv> {
  const routes = new Hono<CallerEnv>();
  const { rulesets } = state.settings;

  // docs.github.com, “Managing rulesets for a repository”: which plans have them. All of these refuse in the same words.
  for (const path of ['/rules/*', '/rulesets', '/rulesets/*'])
    routes.use(path, async (_context, next) => {
      const { private: isPrivate, hasPaidPlan } = state.settings;
      if (isPrivate && !hasPaidPlan)
        throw forbidden('Upgrade to GitHub Pro or make this repository public to enable this feature.');
      await next();
    });

  routes.get('/rules/branches/:branch{.+}', (context) => {
    requirePermission(context, 'read', 'metadata');
    return sendPage(context, listRulesInForce(state, context.req.param('branch')));
  });

  routes.get('/rulesets', (context) => {
    requirePermission(context, 'read', 'metadata');
    // Rules and conditions are in the answer for one alone.
    const listed = Object.entries(rulesets).map(([id, { rules, conditions, ...rest }]) => ({
      id: Number(id),
      ...rest,
    }));
    return sendPage(context, listed);
  });

  routes.get('/rulesets/:id', (context) => {
    requirePermission(context, 'read', 'metadata');
    const ruleset = state.settings.rulesets[context.req.param('id')];
    if (!ruleset) throw notFound();
    return context.json({ id: Number(context.req.param('id')), ...ruleset });
  });

  // Whether another ruleset may have the name is not documented: it may here.
  routes.post('/rulesets', async (context) => {
    requirePermission(context, 'write', 'administration');
    const asked = await readJsonBody(context);
    requireRuleset(asked);
    const { name, target = 'branch', enforcement, bypass_actors = [], conditions = {}, rules = [] } = asked;
    const now = formatNow(state);
    const id = Math.max(0, ...Object.keys(state.settings.rulesets).map(Number)) + 1;
    const ruleset = {
      ...{ name, target, source_type: 'Repository', source: `${state.owner}/${state.name}`, enforcement },
      ...{ bypass_actors, conditions, rules, created_at: now, updated_at: now },
    };
    state.settings.rulesets[id] = ruleset;
    return context.json({ id, ...ruleset }, 201);
  });

  routes.delete('/rulesets/:id', (context) => {
    requirePermission(context, 'write', 'administration');
    if (!state.settings.rulesets[context.req.param('id')]) throw notFound();
    delete state.settings.rulesets[context.req.param('id')];
    return context.body(null, 204);
  });

  return routes;
}

/** Those of the settings, and those of the active rulesets whose conditions name the branch, each with its ruleset. */
export function listRulesInForce(state: GitHubState, branch: string): Rule[] {
  const { rules, rulesets } = state.settings;
  const given = branch === state.defaultBranch ? rules : [];
  const source = { ruleset_source_type: 'Repository', ruleset_source: `${state.owner}/${state.name}` };
  const made = Object.entries(rulesets)
    .filter(([, { target, enforcement, conditions }]) => {
      const isActive = target === 'branch' && enforcement === 'active';
      return isActive && namesBranch(conditions, branch, state.defaultBranch);
    })
    .flatMap(([id, ruleset]) => listRules(ruleset).map((rule) => ({ ...rule, ...source, ruleset_id: Number(id) })));
  return [...given, ...made];
}

/** Patterns with `*` are not taken here. */
function namesBranch(conditions: unknown, branch: string, defaultBranch: string): boolean {
  const { ref_name: refs } = isRecord(conditions) ? conditions : {};
  const { include, exclude } = isRecord(refs) ? refs : {};
  const isNamed = (pattern: string) =>
    pattern === '~ALL' ||
    pattern === `refs/heads/${branch}` ||
    (pattern === '~DEFAULT_BRANCH' && branch === defaultBranch);
  return listStrings(include).some(isNamed) && !listStrings(exclude).some(isNamed);
}

function requireRuleset({ name, target = 'branch', enforcement, bypass_actors: actors = [], ...rest }: Rule): void {
  if (typeof name !== 'string' || name === '') throw unprocessable('Invalid request.\n\n"name" wasn\'t supplied.');
  if (!['branch', 'tag', 'push'].includes(String(target))) throw unprocessable('Invalid request.\n\nInvalid target.');
  if (!['disabled', 'active', 'evaluate'].includes(String(enforcement)))
    throw unprocessable('Invalid request.\n\nInvalid enforcement.');
  if (!Array.isArray(actors)) throw unprocessable('Invalid request.\n\nbypass_actors is not an array.');
  for (const rule of listRules(rest)) requireRule(rule);
}

/** All parameters of a rule have to be there, but for those that GitHub has added since. */
function requireRule({ type, parameters }: Rule): void {
  const wanted = knownRules[String(type)];
  if (wanted === undefined) throw unprocessable(`Invalid request.\n\nInvalid rule: ${String(type)}`);
  const given = isRecord(parameters) ? parameters : {};
  const missing = wanted.filter((name) => given[name] === undefined);
  if (missing.length > 0)
    throw unprocessable(`Invalid request.\n\n${missing.join(', ')} of ${String(type)} is missing.`);
}

/** The same page, "Create a repository ruleset": its rules, with the parameters that each needs. Only those of branches that are used. */
const knownRules: Record<string, readonly string[]> = {
  creation: [],
  update: [],
  deletion: [],
  non_fast_forward: [],
  required_linear_history: [],
  required_signatures: [],
  merge_queue: [],
  pull_request: [
    ...['dismiss_stale_reviews_on_push', 'require_code_owner_review', 'require_last_push_approval'],
    ...['required_approving_review_count', 'required_review_thread_resolution'],
  ],
  required_status_checks: ['required_status_checks', 'strict_required_status_checks_policy'],
};

function listRules({ rules }: Rule): Rule[] {
  return Array.isArray(rules) ? rules.filter(isRecord) : [];
}
