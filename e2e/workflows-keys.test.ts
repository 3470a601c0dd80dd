import { describe, expect, it } from 'vitest';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import {
  anaPath,
  type GuardedWorld,
  listEnds,
  missing,
  readLog,
  renderWorkflow,
  setStatus,
  showKeys,
  useGuardedWorld,
} from './workflows-keys.fixture.ts';

// Somebody who may push a branch, and a fork, under the rules of the guide: whose workflow runs, with which keys, and what it takes
// to be merged. Dependabot, a merge queue, and what a status is worth later are in workflows-keys.long.test.ts.

let world: GuardedWorld;

useGuardedWorld((started) => {
  world = started;
});

describe('a pull request that brings its own workflows', () => {
  it('cannot report the check that is required: not as a job, not as a status, not as a person', async () => {
    const head = await world.pushBranch({
      '.github/workflows/ask.yml': renderWorkflow('pull_request', 'dormant/check'),
      '.github/workflows/mine.yml': renderWorkflow('pull_request', 'Sets a status', { run: setStatus }),
      '.github/workflows/ci.yml': renderWorkflow('pull_request', 'Commands of the README'),
      '.github/workflows/code.yml': renderWorkflow('pull_request', '"Types, lint, layers, workflows"'),
      [anaPath]: world.renderFile('ana', 'delicense'),
    });
    const number = await world.openPull(head);
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(listEnds(await world.deliverPull(number)).sort()).toEqual([
      'Commands of the README: success',
      'Sets a status: success',
      'Types, lint, layers, workflows: success',
      'dormant/check: success',
    ]);
    const status = { sha, state: 'success', context: 'dormant/check' };
    await world.reviewer.request('POST /repos/{owner}/{repo}/statuses/{sha}', { ...status, state: 'success' });
    expect(world.readStatuses(sha)).toHaveLength(2);
    await expect(world.merge(number)).rejects.toThrow(missing);
    // The rule that this repository had before: pinned to Actions, and so to every workflow.
    const { settings } = world.standIn.state;
    settings.rules = await readGuideRules(15_368);
    await world.merge(number);
    settings.rules = world.rules;
    await world.clone.run(['push', '--quiet', '--force', 'origin', 'origin/main:main']);
  });

  it.each(['github-app', 'contoso-audit', 'contoso-apply'])(
    'gets nothing of the environment %s, whichever event starts it',
    async (environment) => {
      const workflow = renderWorkflow('[pull_request, push, workflow_dispatch]', 'Mine', {
        environment,
        run: showKeys,
      });
      const head = await world.pushBranch({ '.github/workflows/mine.yml': workflow });
      const commit = await world.clone.run(['rev-parse', head]);
      const pull = await world.buildPullRequestEvent(await world.openPull(head));
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
    const jobs = await world.deliverPull(await world.openPull(await world.pushBranch(files)));
    const log = readLog(jobs.filter(({ name }) => name === 'Mine'));
    expect(log).toContain('GITHUB_ACTIONS=true');
    expect(log).toMatch(/app , facts , sign-in , passphrase/);
    expect(log).not.toMatch(/PRIVATE KEY|AZURE_CLIENT_SECRET/);
  });
});
