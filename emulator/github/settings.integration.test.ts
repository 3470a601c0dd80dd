import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ARepository, actionsIdentity, aRepository, reviewerIdentity } from './repository.fixture.ts';
import { type GitHubStandIn, startGitHub } from './server.ts';

let repository: ARepository;
let github: GitHubStandIn;

const administrator = {
  ...reviewerIdentity,
  permissions: { ...reviewerIdentity.permissions, environments: 'write', secrets: 'write' },
} as const;

beforeEach(async () => {
  repository = await aRepository({ '.github/workflows/audit.yml': 'name: Audit\non: workflow_dispatch\n' });
  github = await startGitHub({
    gitDirectory: repository.bare,
    repository: 'contoso/dormant',
    identities: [administrator, actionsIdentity],
  });
});

afterEach(async () => {
  await github.close();
  await repository.remove();
});

async function call(method: string, path: string, body?: unknown, { token } = administrator as { token: string }) {
  const root = path.startsWith('/repositories/') ? '' : '/repos/contoso/dormant';
  const response = await fetch(`${github.url}${root}${path}`, {
    method,
    headers: { authorization: `token ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const byName = { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } };
const environment = '/environments/contoso-audit';
const policies = `${environment}/deployment-branch-policies`;

it('an environment that is made admits by name what was named, and a name twice is 303', async () => {
  expect(await call('GET', environment)).toMatchObject({ status: 404 });
  expect(await call('PUT', environment, byName)).toMatchObject({ status: 200, json: byName });
  expect(await call('GET', policies)).toMatchObject({ json: { total_count: 0 } });
  expect(await call('POST', policies, { name: 'main' })).toMatchObject({ status: 200, json: { type: 'branch' } });
  expect(await call('POST', policies, { name: 'main' })).toMatchObject({ status: 303 });
  expect((await call('GET', policies)).json.branch_policies).toMatchObject([{ name: 'main', type: 'branch' }]);
});

it('an environment has one kind of branches: both or neither is refused, and only one by name takes names', async () => {
  for (const both of [true, false]) {
    const policy = { protected_branches: both, custom_branch_policies: both };
    expect(await call('PUT', environment, { deployment_branch_policy: policy })).toMatchObject({ status: 422 });
  }
  expect(await call('PUT', environment, {})).toMatchObject({ status: 200, json: { deployment_branch_policy: null } });
  expect(await call('POST', policies, { name: 'main' })).toMatchObject({ status: 404 });
});

it('an environment that is deleted takes its secrets, variables and branches with it', async () => {
  await call('PUT', environment, byName);
  await call('POST', policies, { name: 'main' });
  const { key, key_id } = (await call('GET', `${environment}/secrets/public-key`)).json;
  expect(Buffer.from(key, 'base64')).toHaveLength(32);
  const sealed = { encrypted_value: 'c2VhbGVk', key_id };
  expect(await call('PUT', `${environment}/secrets/A_SECRET`, sealed)).toMatchObject({ status: 201 });
  expect(await call('PUT', `${environment}/secrets/A_SECRET`, sealed)).toMatchObject({ status: 204 });
  const variables = `/repositories/${(await call('GET', '')).json.id}${environment}/variables`;
  expect(await call('POST', variables, { name: 'WHERE', value: 'here' })).toMatchObject({ status: 201 });
  expect(await call('POST', variables, { name: 'WHERE', value: 'there' })).toMatchObject({ status: 409 });
  expect(await call('PATCH', `${variables}/WHERE`, { value: 'there' })).toMatchObject({ status: 204 });
  expect(await call('GET', `${environment}/variables/WHERE`)).toMatchObject({ json: { value: 'there' } });
  expect(await call('DELETE', environment)).toMatchObject({ status: 204 });
  await call('PUT', environment, byName);
  expect(await call('GET', policies)).toMatchObject({ json: { total_count: 0 } });
  for (const path of ['secrets/A_SECRET', 'variables/WHERE'])
    expect(await call('GET', `${environment}/${path}`)).toMatchObject({ status: 404 });
});

it.each([
  ['PUT', environment, byName],
  ['DELETE', environment, undefined],
  ['POST', policies, { name: 'main' }],
  ['POST', '/rulesets', { name: 'main', enforcement: 'active' }],
])('Actions’ own token may not %s %s', async (method, path, body) => {
  expect(await call(method, path, body, actionsIdentity)).toMatchObject({ status: 403 });
});

const ofDefault = { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } };
const checks = { strict_required_status_checks_policy: true, required_status_checks: [{ context: 'check' }] };
const ruleset = {
  ...{ name: 'main', target: 'branch', enforcement: 'active', bypass_actors: [], conditions: ofDefault },
  rules: [{ type: 'deletion' }, { type: 'required_status_checks', parameters: checks }],
};

it('an active ruleset is in force on the branches it names, and holds merges up until it is deleted', async () => {
  const { status, json } = await call('POST', '/rulesets', ruleset);
  expect([status, json.bypass_actors]).toEqual([201, []]);
  expect((await call('GET', '/rules/branches/main')).json).toMatchObject([
    { type: 'deletion', ruleset_id: json.id },
    { type: 'required_status_checks', parameters: checks, ruleset_source: 'contoso/dormant' },
  ]);
  expect((await call('GET', '/rules/branches/other')).json).toEqual([]);
  expect((await call('GET', '/rulesets')).json).toMatchObject([{ name: 'main', enforcement: 'active' }]);
  await repository.commit('work', { 'a.txt': 'a' });
  await call('POST', '/pulls', { title: 'A change', head: 'work', base: 'main' });
  expect(await call('PUT', '/pulls/1/merge', {})).toMatchObject({ status: 405 });
  expect(await call('DELETE', `/rulesets/${json.id}`)).toMatchObject({ status: 204 });
  expect(await call('PUT', '/pulls/1/merge', {})).toMatchObject({ status: 200 });
});

it('a ruleset that is not active asks nothing', async () => {
  await call('POST', '/rulesets', { ...ruleset, enforcement: 'disabled' });
  expect((await call('GET', '/rules/branches/main')).json).toEqual([]);
});

it('without a paid plan a private repository has no rulesets, and a public one has', async () => {
  github.state.settings.hasPaidPlan = false;
  const told = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';
  for (const path of ['/rules/branches/main', '/rulesets', '/rulesets/1'])
    expect(await call('GET', path)).toMatchObject({ status: 403, json: { message: told } });
  expect(await call('POST', '/rulesets', ruleset)).toMatchObject({ status: 403, json: { message: told } });
  github.state.settings.private = false;
  expect(await call('POST', '/rulesets', ruleset)).toMatchObject({ status: 201 });
});

it.each([
  ['no name', { name: undefined }],
  ['no enforcement', { enforcement: undefined }],
  ['a rule that there is not', { rules: [{ type: 'be_careful' }] }],
  ['a rule without its parameters', { rules: [{ type: 'pull_request', parameters: {} }] }],
])('a ruleset with %s is refused', async (_, change) => {
  expect(await call('POST', '/rulesets', { ...ruleset, ...change })).toMatchObject({ status: 422 });
});

it('whether workflows may approve is a setting of the administrator', async () => {
  const path = '/actions/permissions/workflow';
  expect(await call('PUT', path, { can_approve_pull_request_reviews: false }, actionsIdentity)).toMatchObject({
    status: 403,
  });
  expect(await call('GET', path)).toMatchObject({ json: { can_approve_pull_request_reviews: true } });
  expect(await call('PUT', path, { can_approve_pull_request_reviews: false })).toMatchObject({ status: 204 });
  expect(await call('GET', path)).toMatchObject({ json: { can_approve_pull_request_reviews: false } });
});

it('a workflow is known by file and by id; a disabled one is started by nobody until it is enabled', async () => {
  const [workflow] = (await call('GET', '/actions/workflows')).json.workflows;
  expect(workflow).toMatchObject({ path: '.github/workflows/audit.yml', state: 'active' });
  const start = () => call('POST', `/actions/workflows/${workflow.id}/dispatches`, { ref: 'main' });
  expect(await start()).toMatchObject({ status: 204 });
  expect(github.state.dispatches).toMatchObject([{ workflow: 'audit.yml', ref: 'main' }]);
  expect(await call('PUT', '/actions/workflows/audit.yml/disable')).toMatchObject({ status: 204 });
  expect(await call('GET', `/actions/workflows/${workflow.id}`)).toMatchObject({
    json: { state: 'disabled_manually' },
  });
  expect(await start()).toMatchObject({ status: 422 });
  expect(await call('PUT', '/actions/workflows/audit.yml/enable')).toMatchObject({ status: 204 });
  expect(await start()).toMatchObject({ status: 204 });
});

it('runs are found by when they were made, and deleted one by one', async () => {
  github.state.settings.runs['audit.yml'] = ['2026-12-07', '2026-11-30', '2026-11-23'].map((day) => ({
    conclusion: 'success',
    created_at: `${day}T05:21:00Z`,
  }));
  const find = async (created: string) =>
    (await call('GET', `/actions/workflows/audit.yml/runs?created=${encodeURIComponent(created)}`)).json.workflow_runs;
  const counts = ['<2026-12-01', '<=2026-12-07', '>2026-11-30', '2026-11-30', '2026-11-23..2026-11-30'].map(
    async (created) => (await find(created)).length,
  );
  expect(await Promise.all(counts)).toEqual([2, 3, 1, 1, 2]);
  for (const { id } of await find('<2026-12-01'))
    expect(await call('DELETE', `/actions/runs/${id}`)).toMatchObject({ status: 204 });
  expect(await find('>2026-01-01')).toHaveLength(1);
});
