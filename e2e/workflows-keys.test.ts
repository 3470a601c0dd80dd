import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appIdentity } from 'dormant-emulator/github';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderAccountFile } from './workflow-run/account-file.fixture.ts';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Somebody who may push a branch, a fork, Dependabot and a merge queue, under the rules of the guide: whose workflow runs, with
// which keys, and what it takes to be merged.

let world: WorkflowWorld;
let branches = 0;

beforeAll(async () => {
  const people = [
    { kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' },
    { kind: 'bo', inactiveDays: 143, userPrincipalName: 'bo.li@contoso.com' },
  ];
  world = await aWorld({
    ...{ users: 0, people, stacks: ['contoso'] },
    rules: await readGuideRules(appIdentity.appId ?? 0),
  });
});
afterAll(() => world.close());

beforeEach(() => {
  world.standIn.state.dispatches.length = 0;
});

const ana = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const renderAna = () => renderAccountFile(world.tenant, { kind: 'ana', stage: 'notify' });

/** Commits to a new branch of `from`, pushes it and returns its name. */
async function pushBranch(files: Record<string, string>, from = 'origin/main'): Promise<string> {
  const { clone } = world;
  const name = `branch-${++branches}`;
  await clone.run(['fetch', '--quiet', 'origin']);
  await clone.run(['checkout', '--quiet', '-B', name, from]);
  await commitAndPush(files, name);
  return name;
}

async function commitAndPush(files: Record<string, string>, name: string): Promise<void> {
  const { clone } = world;
  const root = await clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await clone.run(['add', '--all']);
  await clone.run(['commit', '--quiet', '--message=A change']);
  await clone.run(['push', '--quiet', 'origin', name]);
}

async function openPull(head: string, { owner = 'contoso', base = 'main' } = {}): Promise<number> {
  const order = { title: 'A change', head: `${owner}:${head}`, base };
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', order);
  return data.number;
}

const deliverPull = async (number: number) => world.deliver(await world.buildPullRequestEvent(number));
const merge = (pull_number: number) =>
  world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number });
const readLog = (jobs: readonly JobRun[]) => jobs.flatMap(({ steps }) => steps.map(({ log }) => log)).join('\n');
const listEnds = (jobs: readonly JobRun[]) => jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`);
const readStatuses = (sha: string) =>
  world.standIn.state.statuses.filter((status) => status.sha === sha && status.context === 'dormant/check');
const missing = 'Required status check "dormant/check" is expected.';

/** A workflow that does as `run` says in a job of that name, and has all that a job may ask for. */
const renderWorkflow = (on: string, name: string, { environment = '', run = 'true' } = {}) => `name: ${name}
on: ${on}
permissions: {}
jobs:
  job:
    name: ${name}
    runs-on: ubuntu-24.04
${environment === '' ? '' : `    environment: ${environment}\n`}    permissions: { contents: write, id-token: write, statuses: write, pull-requests: write }
    steps:
      - uses: actions/checkout@x
      - run: ${run}
        env:
          GITHUB_TOKEN: \${{ github.token }}
          HEAD: \${{ github.event.pull_request.head.sha }}
          APP_KEY: \${{ secrets.DORMANT_APP_PRIVATE_KEY }}
          FACTS_KEY: \${{ secrets.DORMANT_FACTS_KEY }}
          PASSPHRASE: \${{ secrets.PULUMI_CONFIG_PASSPHRASE }}
`;
const showKeys = `printf 'app %s, facts %s, sign-in %s, passphrase %s' "\${APP_KEY:+yes}" "\${FACTS_KEY:+yes}" "\${AZURE_CLIENT_SECRET:+yes}" "\${PASSPHRASE:+yes}"`;
const setStatus = `'curl --silent --show-error --fail-with-body --header "Authorization: Bearer $GITHUB_TOKEN" --data "{\\"state\\": \\"success\\", \\"context\\": \\"dormant/check\\"}" "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/statuses/$HEAD"'`;

describe('a pull request that brings its own workflows', () => {
  it('cannot report the check that is required: not as a job, not as a status, not as a person', async () => {
    const head = await pushBranch({
      '.github/workflows/ask.yml': renderWorkflow('pull_request', 'dormant/check'),
      '.github/workflows/mine.yml': renderWorkflow('pull_request', 'Sets a status', { run: setStatus }),
      '.github/workflows/ci.yml': renderWorkflow('pull_request', 'Commands of the README'),
      '.github/workflows/code.yml': renderWorkflow('pull_request', '"Types, lint, layers, workflows"'),
      [ana]: renderAccountFile(world.tenant, { kind: 'ana', stage: 'delicense' }),
    });
    const number = await openPull(head);
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(listEnds(await deliverPull(number)).sort()).toEqual([
      'Commands of the README: success',
      'Sets a status: success',
      'Types, lint, layers, workflows: success',
      'dormant/check: success',
    ]);
    const status = { sha, state: 'success', context: 'dormant/check' };
    await world.reviewer.request('POST /repos/{owner}/{repo}/statuses/{sha}', { ...status, state: 'success' });
    expect(readStatuses(sha)).toHaveLength(2);
    await expect(merge(number)).rejects.toThrow(missing);
    // The rule that this repository had before: pinned to Actions, and so to every workflow.
    const { settings } = world.standIn.state;
    const guide = settings.rules;
    settings.rules = await readGuideRules(15_368);
    await merge(number);
    settings.rules = guide;
    await world.clone.run(['push', '--quiet', '--force', 'origin', 'origin/main:main']);
  });

  it.each(['github-app', 'contoso-audit', 'contoso-apply'])(
    'gets nothing of the environment %s, whichever event starts it',
    async (environment) => {
      const workflow = renderWorkflow('[pull_request, push, workflow_dispatch]', 'Mine', {
        environment,
        run: showKeys,
      });
      const head = await pushBranch({ '.github/workflows/mine.yml': workflow });
      const commit = await world.clone.run(['rev-parse', head]);
      const pull = await world.buildPullRequestEvent(await openPull(head));
      const events = [
        pull,
        { name: 'push', ref: `refs/heads/${head}`, commit },
        { name: 'workflow_dispatch', ref: `refs/heads/${head}`, commit },
        { name: 'push', ref: 'refs/tags/main', commit },
      ];
      for (const event of events) {
        const [job] = await world.run('mine.yml', event);
        expect(job?.conclusion).toBe('failure');
        expect(readLog(job ? [job] : [])).toContain('is not allowed to deploy to');
      }
      // Where the environment admits every branch, it is given away: what the guide’s rule is for.
      const { settings } = world.standIn.state;
      const policy = settings.environments[environment];
      settings.environments[environment] = { deployment_branch_policy: null };
      const [job] = await world.run('mine.yml', pull);
      settings.environments[environment] = policy ?? {};
      expect(readLog(job ? [job] : [])).toMatch(/(app|facts|sign-in) yes/);
    },
  );

  it('has no key without an environment, and an action of its own has no more than its job', async () => {
    const files = {
      '.github/workflows/mine.yml': renderWorkflow('pull_request', 'Mine', { run: showKeys }).replace(
        '- run:',
        '- uses: ./.github/actions/mine\n      - run:',
      ),
      '.github/actions/mine/action.yml': `runs:\n  using: composite\n  steps:\n    - { shell: bash, run: 'env' }\n`,
    };
    const jobs = await deliverPull(await openPull(await pushBranch(files)));
    const log = readLog(jobs.filter(({ name }) => name === 'Mine'));
    expect(log).toContain('GITHUB_ACTIONS=true');
    expect(log).toMatch(/app , facts , sign-in , passphrase/);
    expect(log).not.toMatch(/PRIVATE KEY|AZURE_CLIENT_SECRET/);
  });
});

describe('the check that counts', () => {
  it('is asked for by every pull request, comes from main, and lets the pull request in', async () => {
    const number = await openPull(await pushBranch({ [ana]: renderAna() }));
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    const asked = await deliverPull(number);
    expect(listEnds(asked)).toContain('Ask for the check: success');
    await expect(merge(number)).rejects.toThrow(missing);
    const review = await world.runDispatched();
    expect(listEnds(review)).toEqual(['Check: success', 'Find the stacks: success', 'contoso: success']);
    expect(readStatuses(sha).map(({ state, appId }) => [state, appId])).toEqual([
      ['pending', appIdentity.appId],
      ['success', appIdentity.appId],
    ]);
    await merge(number);
  });

  it('is for one commit: what is pushed later has to be checked again', async () => {
    const head = await pushBranch({ 'NOTES.md': 'A note.\n' });
    const number = await openPull(head);
    await deliverPull(number);
    await world.runDispatched();
    await commitAndPush({ [ana]: renderAccountFile(world.tenant, { kind: 'ana', stage: 'disable' }) }, head);
    await expect(merge(number)).rejects.toThrow(missing);
  });

  it('is none beside an older main or another branch, whose steps main may have taken back since', async () => {
    const { clone } = world;
    await clone.run(['fetch', '--quiet', 'origin']);
    await clone.run(['push', '--quiet', 'origin', 'origin/main~1:refs/heads/older']);
    const head = await pushBranch({ 'NOTES.md': 'A change.\n' }, 'origin/main~1');
    const number = await openPull(head, { base: 'older' });
    const { checkedCommit: sha, commit } = await world.buildPullRequestEvent(number);
    // GitHub would not start it for another base; whoever may write can, by its number.
    for (const inputs of [{ pull: String(number) }, { group: `${commit}^1` }]) {
      const [check] = await world.run('review.yml', { name: 'workflow_dispatch', inputs });
      expect(check).toMatchObject({ name: 'Check', conclusion: 'failure' });
    }
    expect(readStatuses(sha).map(({ state, description }) => [state, description])).toEqual([
      ['pending', 'Main’s own code is looking at the files.'],
      ['error', 'Main has moved on since this merge was made. Update the branch.'],
    ]);
  });

  it('is made by the code that main has now, also where a run of long ago is repeated', async () => {
    const { clone } = world;
    const main = await world.readHead();
    // Main as it was once, with a check that lets everything pass.
    const careless = `import './check/publish-check.ts';\nprocess.exit(0);\n`;
    await pushBranch({ 'cli/dormant.ts': careless }, 'origin/main');
    await clone.run(['push', '--quiet', 'origin', 'HEAD:main']);
    const commit = await world.readHead();
    await clone.run(['push', '--quiet', '--force', 'origin', `${main}:main`]);
    const bo = renderAccountFile(world.tenant, { kind: 'bo', stage: 'delicense' });
    const number = await openPull(await pushBranch({ 'stacks/contoso/accounts/bo.yaml': bo }));
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    const [check] = await world.run('review.yml', {
      name: 'workflow_dispatch',
      inputs: { pull: String(number) },
      commit,
    });
    expect(check).toMatchObject({ name: 'Check', conclusion: 'failure' });
    expect(readStatuses(sha).at(-1)).toMatchObject({ state: 'failure' });
  });

  it('says in the pull request which lines have to change, and later that nothing is left', async () => {
    const path = 'stacks/contoso/accounts/bo.yaml';
    const renderBo = (stage: 'notify' | 'delicense') => renderAccountFile(world.tenant, { kind: 'bo', stage });
    const head = await pushBranch({ [path]: renderBo('delicense') });
    const number = await openPull(head);
    await deliverPull(number);
    await world.runDispatched();
    const readComments = () => {
      const comments = world.standIn.state.issues.find((issue) => issue.number === number)?.comments ?? [];
      return comments.map(({ body }) => body).filter((body) => body.includes('`dormant check`'));
    };
    expect(readComments()).toHaveLength(1);
    expect(readComments()[0]).toMatch(/### `dormant check`: 1 problem\n/);
    expect(readComments()[0]).toMatch(/accounts\/bo\.yaml`, line \d+, column \d+: .*delicense.*\(`stage-jump`\)/);
    await commitAndPush({ [path]: renderBo('notify') }, head);
    await world.deliver(await world.buildPullRequestEvent(number, 'synchronize'));
    await world.runDispatched();
    expect(readComments()).toEqual([expect.stringContaining('### `dormant check`: no problems any more')]);
  });
});

describe('a fork’s pull request', () => {
  it('may start nothing and sees no secret; the failed job’s name is what a maintainer runs', async () => {
    const mine = renderWorkflow('pull_request', 'Mine', { environment: 'github-app', run: showKeys });
    const keys = renderWorkflow('pull_request', 'Keys', { run: showKeys });
    const files = { '.github/workflows/mine.yml': mine, '.github/workflows/keys.yml': keys };
    const number = await openPull(await pushBranch(files), { owner: 'stranger' });
    const jobs = await deliverPull(number);
    expect(listEnds(jobs)).toContain(`A maintainer has to run: gh workflow run review.yml -f pull=${number}: failure`);
    expect(listEnds(jobs)).toContain('Mine: failure');
    expect(readLog(jobs.filter(({ name }) => name === 'Keys'))).toContain('app , facts , sign-in , passphrase ');
    expect(world.standIn.state.dispatches).toEqual([]);
    await expect(merge(number)).rejects.toThrow(missing);
    await world.run('review.yml', { name: 'workflow_dispatch', inputs: { pull: String(number) } });
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(readStatuses(sha).at(-1)).toMatchObject({ state: 'success', appId: appIdentity.appId });
  });
});

describe('Dependabot’s pull request', () => {
  it('asks for its check by itself, and its own run has none of the secrets', async () => {
    const keys = renderWorkflow('pull_request', 'Keys', { run: showKeys });
    const number = await openPull(await pushBranch({ '.github/workflows/keys.yml': keys }));
    const issue = world.standIn.state.issues.find((one) => one.number === number);
    Object.assign(issue ?? {}, { login: 'dependabot[bot]' });
    const jobs = await deliverPull(number);
    expect(readLog(jobs.filter(({ name }) => name === 'Keys'))).toContain('passphrase ');
    expect(listEnds(jobs)).toContain('Ask for the check: success');
    await world.runDispatched();
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(readStatuses(sha).at(-1)).toMatchObject({ state: 'success' });
  });
});

describe('a merge queue', () => {
  it('tests a commit of its own, which the run on main checks', async () => {
    const { settings } = world.standIn.state;
    const guide = settings.rules;
    settings.rules = [...guide, { type: 'merge_queue', parameters: { max_entries_to_build: 1 } }];
    const bo = renderAccountFile(world.tenant, { kind: 'bo', stage: 'notify' });
    const number = await openPull(await pushBranch({ 'stacks/contoso/accounts/bo.yaml': bo }));
    await expect(world.mergeByQueue(number)).rejects.toThrow(missing);
    await deliverPull(number);
    await world.runDispatched();
    await expect(merge(number)).rejects.toThrow('Changes must be made through the merge queue');
    const checks = await world.mergeByQueue(number);
    expect(listEnds(checks)).toEqual(
      expect.arrayContaining(['Has code changed: success', 'Commands of the README: skipped', 'Check: success']),
    );
    expect(readStatuses(await world.readHead()).at(-1)).toMatchObject({ state: 'success', appId: appIdentity.appId });
    settings.rules = guide;
  });
});
