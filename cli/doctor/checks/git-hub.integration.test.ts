import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reviewerIdentity } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { connectGitHub } from '../../../forge/github/github.ts';
import { pauseLabel } from '../../../policy/pause/pause-label.ts';
import { actionsAppId, demands, judgeBypass, listMissing, ofCi } from '../branch-rules.ts';
import { type AStack, aStack, finding, goodRules } from '../stack.fixture.ts';
import { appKey } from './app-key.ts';
import { codeOwners } from './code-owners.ts';
import { environments } from './environments.ts';
import { lastAudit } from './last-audit.ts';
import { pause } from './pause.ts';
import { pauseLabelCheck } from './pause-label.ts';
import { repositoryPrivacy } from './repository-privacy.ts';
import { ruleset } from './ruleset.ts';
import { selfHostedRunners } from './self-hosted-runners.ts';
import { sharedSecrets } from './shared-secrets.ts';
import { statePlace } from './state-place.ts';
import { workflowApproval } from './workflow-approval.ts';
import { workflowBranches } from './workflow-branches.ts';

const [
  ,
  {
    parameters: { required_status_checks: goodChecks },
  },
] = goodRules;

let stack: AStack;
let healthy: AStack['gitHub']['state']['settings'];
beforeAll(async () => {
  stack = await aStack();
  healthy = structuredClone(stack.gitHub.state.settings);
});
afterAll(() => stack.close());
beforeEach(() => {
  Object.assign(stack.gitHub.state.settings, structuredClone(healthy));
});

test('a public repository fails, with the command that makes it private', async () => {
  stack.gitHub.state.settings.private = false;
  expect(finding(await stack.diagnose({}, repositoryPrivacy), 'repository is private')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('gh repo edit contoso/dormant --visibility private'),
  });
});

test('a repository that members may make public fails; only owners of the organisation see it', async () => {
  const ask = async (GITHUB_TOKEN = 'gh') =>
    finding(await stack.diagnose({ env: { GITHUB_TOKEN } }, repositoryPrivacy), 'repository is private and stays so');
  expect(await ask()).toMatchObject({ status: 'pass' });
  stack.gitHub.state.settings.membersMayChangeVisibility = true;
  expect(await ask()).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('https://github.com/organizations/contoso/settings/member_privileges'),
  });
  expect(await ask('gh-workflow')).toMatchObject({ status: 'skip' });
});

test('the repository is that of the remote where Actions does not name one', async () => {
  const env = { GITHUB_REPOSITORY: undefined };
  expect(finding(await stack.diagnose({ env }, repositoryPrivacy), 'repository is private').says).toContain(
    'the clone’s remote',
  );
});

test('workflows that start on another branch than the default one fail: no merge would start anything', async () => {
  const place = '.github/workflows';
  const diagnoseBranches = async () => finding(await stack.diagnose({}, workflowBranches), 'branch of the workflows');
  expect(await diagnoseBranches()).toMatchObject({ status: 'pass' });
  for (const name of ['apply.yml', 'ask.yml', 'exemption.yml']) {
    await stack.edit(`${place}/${name}`, 'branches: [main]', 'branches: [trunk]');
    expect(await diagnoseBranches()).toMatchObject({ status: 'fail', mend: expect.stringContaining(name) });
    await stack.edit(`${place}/${name}`, 'branches: [trunk]', 'branches: [main]');
  }
});

test('Actions that may approve pull requests fail; only an administrator’s token sees it', async () => {
  const ask = async (GITHUB_TOKEN = 'gh') =>
    finding(await stack.diagnose({ env: { GITHUB_TOKEN } }, workflowApproval), 'approval by a workflow');
  expect(await ask()).toMatchObject({ status: 'pass' });
  stack.gitHub.state.settings.actionsMayOpenPulls = true;
  expect(await ask()).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('gh api -X PUT repos/contoso/dormant/actions/permissions/workflow'),
  });
  expect(await ask('gh-workflow')).toMatchObject({ status: 'skip' });
});

test('a branch without rules fails: a push to it is applied', async () => {
  stack.gitHub.state.settings.rules = [];
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('docs/guides/github.md'),
  });
});

test('a private repository on GitHub’s free plan fails: it has no rules at all', async () => {
  stack.gitHub.state.settings.hasPaidPlan = false;
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('GitHub’s plan'),
    mend: expect.stringContaining('https://docs.github.com/get-started/learning-about-github/githubs-plans'),
  });
});

test.each([
  ['required_approving_review_count', 0, 'fail'],
  ['require_code_owner_review', false, 'fail'],
  ['dismiss_stale_reviews_on_push', false, 'fail'],
  ['require_last_push_approval', false, 'fail'],
  ['required_review_thread_resolution', false, 'warn'],
] as const)('a ruleset with %s %j: %s', async (parameter, value, status) => {
  stack.gitHub.state.settings.rules = goodRules.map((rule) =>
    rule.type === 'pull_request' ? { ...rule, parameters: { ...rule.parameters, [parameter]: value } } : rule,
  );
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection').status).toBe(status);
});

test.each([
  ['another check than ours', [{ context: 'Lint', integration_id: 15368 }], '`dormant/check` has passed;'],
  ['ours, from whoever reports it', goodChecks.map(({ context }) => ({ context })), 'not by whoever may write'],
  ['ours without CI', goodChecks.slice(0, 1), 'that CI has passed'],
])('a ruleset that requires %s fails', async (_, required_status_checks, says) => {
  stack.gitHub.state.settings.rules = goodRules.map((rule) =>
    rule.type === 'required_status_checks'
      ? { ...rule, parameters: { ...rule.parameters, required_status_checks } }
      : rule,
  );
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining(says),
  });
});

test('our check as one that Actions reports is a warning: then it protects from mistakes only', async () => {
  stack.gitHub.state.settings.rules = goodRules.map((rule) =>
    rule.type === 'required_status_checks'
      ? {
          ...rule,
          parameters: {
            ...rule.parameters,
            required_status_checks: goodChecks.map(({ context }) => ({ context, integration_id: actionsAppId })),
          },
        }
      : rule,
  );
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection')).toMatchObject({
    status: 'warn',
    says: expect.stringContaining('that `dormant/check` comes from an App of your own'),
  });
});

test('a branch that may be merged without being up to date fails, unless a queue tests it', async () => {
  const { settings } = stack.gitHub.state;
  settings.rules = goodRules.map((rule) =>
    rule.type === 'required_status_checks'
      ? { ...rule, parameters: { ...rule.parameters, strict_required_status_checks_policy: false } }
      : rule,
  );
  const ask = async () => finding(await stack.diagnose({}, ruleset), 'branch protection');
  expect(await ask()).toMatchObject({ status: 'fail', says: expect.stringContaining('that a branch is up to date') });
  settings.rules = [...settings.rules, { type: 'merge_queue', parameters: {} }];
  expect(await ask()).toMatchObject({ status: 'pass' });
});

test('without an App the doctor warns, and with one it looks for the key where the jobs have it', async () => {
  const { settings } = stack.gitHub.state;
  const ask = async (GITHUB_TOKEN = 'gh') => (await stack.diagnose({ env: { GITHUB_TOKEN } }, appKey)).findings;
  expect((await ask()).map(({ name, status }) => [name, status])).toEqual([
    ['GitHub App’s key is a secret of github-app', 'pass'],
    ['GitHub App’s key is a secret of contoso-audit', 'pass'],
  ]);
  settings.secrets['github-app'] = [];
  expect(await ask()).toMatchObject([{ status: 'fail', mend: expect.stringContaining('--env github-app') }, {}]);
  expect(await ask('gh-workflow')).toMatchObject([{ status: 'skip' }]);
  settings.variables[''] = {};
  expect(await ask()).toMatchObject([{ status: 'warn', says: expect.stringContaining('there is no App') }]);
});

test.each([
  ['Dormant’s own repository', '.github/workflows/ci.yml', ofCi.own],
  ['a team’s repository', 'cli/new-repository/templates/ci.yml', ofCi.team],
])(
  'the checks of CI that are required in %s are jobs that every pull request and every queue starts',
  async (_, path, required) => {
    const { on, jobs } = parse(await readFile(new URL(`../../../${path}`, import.meta.url), 'utf8'));
    expect(on).toMatchObject({ pull_request: null, merge_group: null });
    const names = Object.values<{ name: string }>(jobs).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(required));
  },
);

test('a team’s CI is required by its own job', () => {
  const required = (names: readonly string[]) => ({
    type: 'required_status_checks' as const,
    parameters: {
      strict_required_status_checks_policy: true,
      required_status_checks: names.map((context) => ({ context, integration_id: actionsAppId })),
    },
  });
  const says = (names: readonly string[]) => listMissing([required(names)]).map((demand) => demand.says);
  expect(says(ofCi.team)).not.toContain('that CI has passed');
  expect(says(ofCi.own)).not.toContain('that CI has passed');
  expect(says(ofCi.own.slice(1))).toContain('that CI has passed');
});

test('two rulesets that have one half each are enough together', () => {
  const [pull, ...others] = goodRules;
  expect(listMissing([...others, pull])).toEqual([]);
  expect(listMissing(others)).toHaveLength(5);
  expect(listMissing([])).toEqual(demands);
});

test('the ruleset that the guide sets is enough', async () => {
  const guide = await readFile(new URL('../../../docs/guides/github.md', import.meta.url), 'utf8');
  const json = /--input - <<'JSON'\n([\s\S]*?)\n\s*JSON\n/.exec(guide)?.[1] ?? '';
  const { rules, bypass_actors } = JSON.parse(json.replaceAll('APP_ID', '412345'));
  expect(listMissing(rules)).toEqual([]);
  expect(judgeBypass({ bypass_actors }).status).toBe('pass');
});

test.each([
  [undefined, 'skip'],
  [{}, 'skip'],
  [{ bypass_actors: [] }, 'pass'],
  [{ bypass_actors: [{ actor_type: 'OrganizationAdmin' as const }] }, 'fail'],
])('who may bypass a ruleset, from %j: %s', (answer, status) => {
  expect(judgeBypass(answer).status).toBe(status);
});

test('a ruleset that this token may not open says so, instead of nothing', async () => {
  stack.gitHub.state.settings.rules = goodRules.map((rule) => ({ ...rule, ruleset_id: 7 }));
  const diagnosis = await stack.diagnose({}, ruleset);
  expect(finding(diagnosis, 'branch protection bypass of ruleset 7').status).toBe('skip');
});

test('a ruleset that somebody may bypass fails, and names them', async () => {
  const { settings } = stack.gitHub.state;
  settings.rules = goodRules.map((rule) => ({ ...rule, ruleset_id: 7 }));
  settings.rulesets = { 7: { bypass_actors: [{ actor_type: 'OrganizationAdmin' }] } };
  expect(finding(await stack.diagnose({}, ruleset), 'branch protection bypass of ruleset 7')).toMatchObject({
    status: 'fail',
    says: 'may be bypassed by: OrganizationAdmin',
  });
});

test('an environment that is not there fails, and the command makes it', async () => {
  stack.gitHub.state.settings.environments = {};
  expect(finding(await stack.diagnose({}, environments), 'environment contoso-apply')).toMatchObject({
    status: 'fail',
    says: 'is not there',
    mend: expect.stringContaining('repos/contoso/dormant/environments/contoso-apply'),
  });
});

test('the environment that may erase from records is looked at where people are erased from them', async () => {
  const names = async () => (await stack.diagnose({}, environments)).findings.map(({ name }) => name);
  expect(await names()).not.toContain('environment contoso-erase');
  await stack.edit('stacks/contoso/tenant.yaml', /$/, '\nrecords: { store: { folder: records } }\n');
  await stack.edit('policy/policy.yaml', /$/, '\nprivacy: { eraseAfterDays: 730 }\n');
  expect(finding(await stack.diagnose({}, environments), 'environment contoso-erase')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('repos/contoso/dormant/environments/contoso-erase'),
  });
  await stack.edit('stacks/contoso/tenant.yaml', /\nrecords: .*\n/, '');
  await stack.edit('policy/policy.yaml', /\nprivacy: .*\n/, '');
});

test('an environment that is open to every branch fails', async () => {
  stack.gitHub.state.settings.environments['contoso-audit'] = { deployment_branch_policy: null };
  const diagnosis = await stack.diagnose({}, environments);
  expect(finding(diagnosis, 'environment contoso-audit')).toMatchObject({
    status: 'fail',
    says: expect.stringContaining('any branch'),
  });
  expect(finding(diagnosis, 'environment contoso-apply').status).toBe('pass');
});

test.each([
  ['a pattern', [{ name: 'main' }, { name: 'release/*' }], 'admits more than main: the branch release/*'],
  ['a tag of main’s name', [{ name: 'main', type: 'tag' as const }], 'admits more than main: the tag main'],
  ['no branch at all', [], 'admits no branch, so no job starts'],
])('an environment that admits %s fails', async (_, policies, says) => {
  stack.gitHub.state.settings.branchPolicies['contoso-apply'] = policies;
  expect(finding(await stack.diagnose({}, environments), 'environment contoso-apply')).toMatchObject({
    status: 'fail',
    says,
    mend: expect.stringContaining('environments/contoso-apply/deployment-branch-policies'),
  });
});

test('an environment that admits every protected branch fails: who may protect one may use it', async () => {
  const everyProtected = { deployment_branch_policy: { protected_branches: true, custom_branch_policies: false } };
  stack.gitHub.state.settings.environments['contoso-apply'] = everyProtected;
  expect(finding(await stack.diagnose({}, environments), 'environment contoso-apply')).toMatchObject({
    status: 'fail',
    says: 'admits every branch that is protected',
  });
});

test('the state of a repository’s variable fails: whoever may write can name one of their own', async () => {
  const { variables } = stack.gitHub.state.settings;
  const ask = async (GITHUB_TOKEN = 'gh') =>
    finding(await stack.diagnose({ env: { GITHUB_TOKEN } }, statePlace), 'place of the state in contoso-apply');
  expect(await ask()).toMatchObject({ status: 'pass' });
  variables['contoso-apply'] = {};
  variables[''] = { PULUMI_BACKEND_URL: 'azblob://state' };
  expect(await ask()).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('gh variable set PULUMI_BACKEND_URL --env contoso-apply'),
  });
  expect(await ask('gh-workflow')).toMatchObject({ status: 'skip' });
});

test('a secret of the repository or the organisation that only environments need fails', async () => {
  const { settings } = stack.gitHub.state;
  settings.secrets[''] = ['DORMANT_FACTS_KEY', 'DORMANT_APP_PRIVATE_KEY', 'OF_ANOTHER_TOOL'];
  settings.organizationSecrets = ['PULUMI_CONFIG_PASSPHRASE'];
  const diagnosis = await stack.diagnose({}, sharedSecrets);
  expect(finding(diagnosis, 'secrets of environments DORMANT_FACTS_KEY')).toMatchObject({
    status: 'fail',
    mend: 'a new key: docs/guides/keys.md, then `gh secret delete DORMANT_FACTS_KEY --repo contoso/dormant`',
  });
  expect(finding(diagnosis, 'secrets of environments PULUMI_CONFIG_PASSPHRASE')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('https://github.com/organizations/contoso/settings/secrets/actions'),
  });
  expect(finding(diagnosis, 'secrets of environments DORMANT_APP_PRIVATE_KEY')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('gh secret set DORMANT_APP_PRIVATE_KEY --env'),
  });
  expect(diagnosis.findings).toHaveLength(3);
});

test('secrets that are where they belong pass, and a token that may not list them says so', async () => {
  const ask = async (GITHUB_TOKEN: string) =>
    finding(await stack.diagnose({ env: { GITHUB_TOKEN } }, sharedSecrets), 'secrets of environments');
  expect(await ask('gh')).toMatchObject({ status: 'pass' });
  expect(await ask('gh-workflow')).toMatchObject({ status: 'skip' });
});

const ofMain = 'contoso/dormant/.github/workflows/apply.yml@refs/heads/main';
const ofAny = 'contoso/dormant/.github/workflows/apply.yml@refs/heads/work';

test.each([
  ['has the label of the jobs that sign in', { labels: ['self-hosted', 'Ubuntu-24.04'] }, 'fail'],
  ['starts anew for each job', { labels: ['self-hosted', 'ubuntu-24.04'], ephemeral: true }, 'pass'],
  ['has other labels', { labels: ['self-hosted', 'linux'] }, 'pass'],
])('a self-hosted runner that %s', async (_, runner, status) => {
  stack.gitHub.state.settings.runners = [{ name: 'mac-mini', ...runner }];
  expect(finding(await stack.diagnose({}, selfHostedRunners), 'self-hosted runners').status).toBe(status);
});

const ofOrganisation = 'self-hosted runners of the organisation';
const shared = { name: 'big-box', labels: ['self-hosted', 'ubuntu-24.04'] };

test.each([
  ['that runs the jobs that sign in', { runners: [shared] }, 'fail'],
  ['whose runners start anew for each job', { runners: [{ ...shared, ephemeral: true }] }, 'pass'],
  ['for other labels', { runners: [{ ...shared, labels: ['gpu'] }] }, 'pass'],
  ['for workflows of main only', { runners: [shared], selectedWorkflows: [ofMain] }, 'pass'],
  ['for workflows of any branch, too', { runners: [shared], selectedWorkflows: [ofMain, ofAny] }, 'fail'],
  ['for no workflow at all', { runners: [shared], selectedWorkflows: [] }, 'pass'],
  ['of the enterprise, whose runners are not shown', { runners: [shared], inherited: true }, 'skip'],
])('a group of runners of the organisation %s', async (_, group, status) => {
  stack.gitHub.state.settings.runners = [];
  stack.gitHub.state.settings.runnerGroups = [{ name: 'Default', ...group }];
  const diagnosis = await stack.diagnose({}, selfHostedRunners);
  expect(finding(diagnosis, 'self-hosted runners').status).toBe('pass');
  expect(finding(diagnosis, ofOrganisation)).toMatchObject({
    status,
    says: expect.stringContaining(status === 'pass' ? 'no job that signs in' : 'Default'),
  });
});

test('without a group there is nothing to say of the organisation, and one that is not shown hides no other', async () => {
  const { settings } = stack.gitHub.state;
  settings.runnerGroups = [];
  expect(finding(await stack.diagnose({}, selfHostedRunners), ofOrganisation).status).toBe('pass');
  settings.runnerGroups = [
    { name: 'Enterprise', runners: [], inherited: true },
    { name: 'Default', runners: [shared] },
  ];
  const says = expect.stringMatching(/big-box of Default/);
  expect(finding(await stack.diagnose({}, selfHostedRunners), ofOrganisation)).toMatchObject({ status: 'fail', says });
});

test('runners are shown to administrators only, the organisation’s to its owners; to others both are skipped', async () => {
  const diagnosis = await stack.diagnose({ env: { GITHUB_TOKEN: 'gh-workflow' } }, selfHostedRunners);
  expect(finding(diagnosis, 'self-hosted runners').status).toBe('skip');
  expect(finding(diagnosis, ofOrganisation)).toMatchObject({
    status: 'skip',
    says: expect.stringContaining('“Self-hosted runners” of the organisation'),
  });
});

test.each([
  ['2026-12-07T05:21:00Z', 'success', 'pass'],
  ['2026-11-30T05:21:00Z', 'success', 'pass'],
  ['2026-11-28T05:21:00Z', 'success', 'fail'],
  ['2026-12-07T05:21:00Z', 'failure', 'warn'],
])('an audit of %s that ended in %s: %s on 7 December', async (created_at, conclusion, status) => {
  stack.gitHub.state.settings.runs = { 'audit.yml': [{ created_at, conclusion }] };
  expect(finding(await stack.diagnose({}, lastAudit), 'last audit').status).toBe(status);
});

test('a failed audit does not hide the good one before it', async () => {
  stack.gitHub.state.settings.runs = {
    'audit.yml': [
      { created_at: '2026-12-07T05:21:00Z', conclusion: 'failure' },
      { created_at: '2026-11-30T05:21:00Z', conclusion: 'success' },
    ],
  };
  expect(finding(await stack.diagnose({}, lastAudit), 'last audit')).toMatchObject({
    status: 'pass',
    says: expect.stringContaining('2026-11-30'),
  });
});

test('a schedule that GitHub has stopped fails, however good its last run was', async () => {
  const { settings } = stack.gitHub.state;
  settings.runs = { 'audit.yml': [{ created_at: '2026-12-07T05:21:00Z', conclusion: 'success' }] };
  settings.stopped = { 'audit.yml': 'disabled_inactivity' };
  expect(finding(await stack.diagnose({}, lastAudit), 'last audit')).toMatchObject({
    status: 'fail',
    says: 'the workflow is disabled_inactivity',
    mend: 'gh workflow enable audit.yml --repo contoso/dormant',
  });
});

test('a workflow that is not there fails', async () => {
  stack.gitHub.state.settings.runs = {};
  const git = (...args: string[]) =>
    execa('git', ['-C', stack.repository.root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args]);
  await git('rm', '--quiet', '--cached', '.github/workflows/audit.yml');
  await git('commit', '--quiet', '--message', 'No audit');
  expect(finding(await stack.diagnose({}, lastAudit), 'last audit').status).toBe('fail');
  await git('reset', '--quiet', 'HEAD^');
});

test.each([
  [/^/, '# nobody\n', 'pass'],
  [/\/policy\/ .*\n/, '/policy/\n', 'fail'],
  [/[\s\S]*/, '* @contoso/it\n/stacks/\n', 'fail'],
  [/[\s\S]*/, '/policy/ @contoso/it\n', 'fail'],
])('code owners changed by %s to %j: %s', async (from, to, status) => {
  const before = await stack.repository.read('.github/CODEOWNERS');
  await stack.edit('.github/CODEOWNERS', from, to);
  expect(finding(await stack.diagnose({}, codeOwners), 'code owners').status).toBe(status);
  await stack.edit('.github/CODEOWNERS', /^[\s\S]*$/, before);
});

/** What the doctor says of the code owners, once these files are there and these lines follow the first one. */
async function diagnoseOwners(paths: readonly string[], lines: readonly string[]) {
  const before = await stack.repository.read('.github/CODEOWNERS');
  for (const path of paths) {
    await mkdir(join(stack.repository.root, dirname(path)), { recursive: true });
    await writeFile(join(stack.repository.root, path), '');
    await execa('git', ['-C', stack.repository.root, 'add', path]);
  }
  await stack.edit('.github/CODEOWNERS', '\n', ['', ...lines, ''].join('\n'));
  const found = finding(await stack.diagnose({}, codeOwners), 'code owners');
  await stack.edit('.github/CODEOWNERS', /^[\s\S]*$/, before);
  return found;
}

test.each([
  ['cli/main.ts', 'cli/'],
  ['package-lock.json', 'package-lock.json'],
  ['.npmrc', '.npmrc'],
  ['.github/workflows/new.yml', '.github/workflows/new.yml'],
  ['stacks/provider/guard.ts', 'stacks/provider/guard.ts'],
])('%s without owners fails, and the doctor names %s', async (path, named) => {
  expect(await diagnoseOwners([path], [path])).toMatchObject({
    status: 'fail',
    says: expect.stringContaining(`nobody owns ${named}: `),
    mend: expect.stringContaining('`* @org/team`'),
  });
});

test('documents, account files and the files of other stacks may be without owners', async () => {
  const paths = ['docs/guide.md', 'stacks/fabrikam/tenant.yaml', 'stacks/fabrikam/accounts/a.yaml'];
  expect(await diagnoseOwners(paths, ['/docs/', '/stacks/fabrikam/'])).toMatchObject({ status: 'pass' });
});

test('the label that stops a wave is made by one command, and the apply has the right to see it', async () => {
  const { state } = stack.gitHub;
  const ask = async (name: string) => finding(await stack.diagnose({}, pauseLabelCheck), name);
  expect(await ask('pause label')).toMatchObject({ status: 'pass' });
  const labels = state.labels.splice(0);
  expect(await ask('pause label')).toMatchObject({
    status: 'warn',
    mend: expect.stringContaining('gh label create dormant-pause --repo contoso/dormant'),
  });
  state.labels.push(...labels);
  expect(await ask('pause label on pull requests')).toMatchObject({ status: 'pass' });
  expect(await ask('pause label seen by the apply')).toMatchObject({ status: 'pass' });
  const file = '.github/workflows/apply.yml';
  const before = await stack.repository.read(file);
  await stack.edit(file, / {6}pull-requests: read.*\n/, '');
  expect(await ask('pause label seen by the apply')).toMatchObject({
    status: 'fail',
    mend: expect.stringContaining('pull-requests: read'),
  });
  await stack.edit(file, /[\s\S]*/, before);
});

test('a pull request of the stack that has the label is named, with who put it on and what takes it off', async () => {
  const person = ['-c', 'user.name=Riley', '-c', 'user.email=riley@contoso.com'];
  const git = (...args: string[]) => execa('git', ['-C', stack.repository.root, ...person, ...args]);
  const { stdout: head } = await git('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'Weekly');
  await git('branch', 'dormant/contoso', head);
  onTestFinished(() => void stack.gitHub.state.issues.splice(0));
  const reviewer = connectGitHub({
    ...{ token: reviewerIdentity.token, repository: 'contoso/dormant', apiUrl: stack.gitHub.url, throttled: false },
  });
  const order = { title: 'Weekly', head: 'dormant/contoso', base: 'main' };
  const { data } = await reviewer.request('POST /repos/{owner}/{repo}/pulls', order);
  const labelled = { issue_number: data.number, labels: [pauseLabel] };
  await reviewer.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', labelled);
  const ask = async () => finding(await stack.diagnose({}, pauseLabelCheck), 'pause label on pull requests');
  expect(await ask()).toMatchObject({
    status: 'warn',
    says: expect.stringMatching(/Nothing is taken now: labelled dormant-pause by ana on .*, #1/),
    mend: 'gh pr edit 1 --repo contoso/dormant --remove-label dormant-pause',
  });
  stack.gitHub.state.settings.rules = [];
  await reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: data.number });
  expect((await ask()).says).toContain('It is merged: this ends once an apply has gone through it.');
});

test('a pause is told with who set it, and one that is over with what takes it out', async () => {
  const file = 'stacks/contoso/tenant.yaml';
  const before = await stack.repository.read(file);
  expect(finding(await stack.diagnose({}, pause), 'pause')).toMatchObject({ status: 'pass' });
  for (const [until, says] of [
    ['2026-12-24', 'Nothing is taken now: paused until 2026-12-24 (A freeze)'],
    ['2026-12-06', 'was over on 2026-12-06'],
  ] as const) {
    await stack.edit(file, /$/, `paused: { until: ${until}, reason: A freeze }\n`);
    expect(finding(await stack.diagnose({}, pause), `pause ${file}`)).toMatchObject({
      ...{ status: 'warn', says: expect.stringContaining(says) },
      mend: expect.stringContaining('pause contoso --end'),
    });
    await stack.edit(file, /[\s\S]*/, before);
  }
});
