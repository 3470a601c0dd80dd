import { appIdentity } from '@dormant-m365/emulator/github';
import { describe, expect, it } from 'vitest';
import {
  anaPath,
  type GuardedWorld,
  listEnds,
  missing,
  readLog,
  renderWorkflow,
  showKeys,
  useGuardedWorld,
} from './workflows-keys.fixture.ts';

// What a status is worth later, beside another main, and by an old run; Dependabot; a merge queue. Under the rules of the guide.

let world: GuardedWorld;

useGuardedWorld((started) => {
  world = started;
});

describe('the check that counts', () => {
  it('is for one commit: what is pushed later has to be checked again', async () => {
    const head = await world.pushBranch({ 'NOTES.md': 'A note.\n' });
    const number = await world.openPull(head);
    await world.deliverPull(number);
    await world.runDispatched();
    await world.commitAndPush({ [anaPath]: world.renderFile('ana', 'disable') }, head);
    await expect(world.merge(number)).rejects.toThrow(missing);
  });

  it('is none beside an older main or another branch, whose steps main may have taken back since', async () => {
    const { clone } = world;
    await world.pushBranch({ 'NEWS.md': 'Main goes on.\n' });
    await clone.run(['push', '--quiet', 'origin', 'HEAD:main', 'HEAD~1:refs/heads/older']);
    const head = await world.pushBranch({ 'NOTES.md': 'A change.\n' }, 'origin/main~1');
    const number = await world.openPull(head, { base: 'older' });
    const { checkedCommit: sha, commit } = await world.buildPullRequestEvent(number);
    // GitHub would not start it for another base; whoever may write can, by its number.
    for (const inputs of [{ pull: String(number) }, { group: `${commit}^1` }]) {
      const [check] = await world.run('review.yml', { name: 'workflow_dispatch', inputs });
      expect(check).toMatchObject({ name: 'Check', conclusion: 'failure' });
    }
    expect(world.readStatuses(sha).map(({ state, description }) => [state, description])).toEqual([
      ['pending', 'Main’s own code is looking at the files.'],
      ['error', 'Main has moved on since this merge was made. Update the branch.'],
    ]);
  });

  it('is made by the code that main has now, also where a run of long ago is repeated', async () => {
    const { clone } = world;
    const main = await world.readHead();
    // Main as it was once, with a check that lets everything pass.
    await world.pushBranch({ 'cli/dormant.ts': 'process.exit(0);\n' });
    await clone.run(['push', '--quiet', 'origin', 'HEAD:main']);
    const commit = await world.readHead();
    await clone.run(['push', '--quiet', '--force', 'origin', `${main}:main`]);
    const bo = world.renderFile('bo', 'delicense');
    const number = await world.openPull(await world.pushBranch({ 'stacks/contoso/accounts/bo.yaml': bo }));
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    const [check] = await world.run('review.yml', {
      name: 'workflow_dispatch',
      inputs: { pull: String(number) },
      commit,
    });
    expect(check).toMatchObject({ name: 'Check', conclusion: 'failure' });
    expect(world.readStatuses(sha).at(-1)).toMatchObject({ state: 'failure' });
  });

  it('says in the pull request which lines have to change, and later that nothing is left', async () => {
    const path = 'stacks/contoso/accounts/bo.yaml';
    const head = await world.pushBranch({ [path]: world.renderFile('bo', 'delicense') });
    const number = await world.openPull(head);
    await world.deliverPull(number);
    await world.runDispatched();
    const readComments = () => {
      const comments = world.standIn.state.issues.find((issue) => issue.number === number)?.comments ?? [];
      return comments.map(({ body }) => body).filter((body) => body.includes('`dormant check`'));
    };
    expect(readComments()).toHaveLength(1);
    expect(readComments()[0]).toMatch(/### `dormant check`: 1 problem\n/);
    expect(readComments()[0]).toMatch(/accounts\/bo\.yaml`, line \d+, column \d+: .*delicense.*\(`stage-jump`\)/);
    await world.commitAndPush({ [path]: world.renderFile('bo', 'notify') }, head);
    await world.deliver(await world.buildPullRequestEvent(number, 'synchronize'));
    await world.runDispatched();
    expect(readComments()).toEqual([expect.stringContaining('### `dormant check`: no problems any more')]);
  });
});

describe('Dependabot’s pull request', () => {
  it('asks for its check by itself, and its own run has none of the secrets', async () => {
    const keys = renderWorkflow('pull_request', 'Keys', { run: showKeys });
    const number = await world.openPull(await world.pushBranch({ '.github/workflows/keys.yml': keys }));
    const issue = world.standIn.state.issues.find((one) => one.number === number);
    Object.assign(issue ?? {}, { login: 'dependabot[bot]' });
    const jobs = await world.deliverPull(number);
    expect(readLog(jobs.filter(({ name }) => name === 'Keys'))).toContain('passphrase ');
    expect(listEnds(jobs)).toContain('Ask for the check: success');
    await world.runDispatched();
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(world.readStatuses(sha).at(-1)).toMatchObject({ state: 'success' });
  });
});

describe('a merge queue', () => {
  it('tests a commit of its own, which the run on main checks', async () => {
    const { settings } = world.standIn.state;
    settings.rules = [...world.rules, { type: 'merge_queue', parameters: { max_entries_to_build: 1 } }];
    const bo = world.renderFile('bo', 'notify');
    const number = await world.openPull(await world.pushBranch({ 'stacks/contoso/accounts/bo.yaml': bo }));
    await expect(world.mergeByQueue(number)).rejects.toThrow(missing);
    await world.deliverPull(number);
    await world.runDispatched();
    await expect(world.merge(number)).rejects.toThrow('Changes must be made through the merge queue');
    const checks = await world.mergeByQueue(number);
    expect(listEnds(checks)).toEqual(
      expect.arrayContaining(['Has code changed: success', 'Commands of the README: skipped', 'Check: success']),
    );
    expect(world.readStatuses(await world.readHead()).at(-1)).toMatchObject({
      state: 'success',
      appId: appIdentity.appId,
    });
    settings.rules = world.rules;
  });
});

describe('the check that counts, from its beginning', () => {
  it('is asked for by every pull request, comes from main, and lets the pull request in', async () => {
    const number = await world.openPull(await world.pushBranch({ [anaPath]: world.renderFile('ana', 'notify') }));
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    const asked = await world.deliverPull(number);
    expect(listEnds(asked)).toContain('Ask for the check: success');
    await expect(world.merge(number)).rejects.toThrow(missing);
    const review = await world.runDispatched();
    expect(listEnds(review)).toEqual(['Check: success', 'Find the stacks: success', 'contoso: success']);
    expect(world.readStatuses(sha).map(({ state, appId }) => [state, appId])).toEqual([
      ['pending', appIdentity.appId],
      ['success', appIdentity.appId],
    ]);
    await world.merge(number);
  });
});

describe('a fork’s pull request', () => {
  it('may start nothing and sees no secret; the failed job’s name is what a maintainer runs', async () => {
    const mine = renderWorkflow('pull_request', 'Mine', { environment: 'github-app', run: showKeys });
    const keys = renderWorkflow('pull_request', 'Keys', { run: showKeys });
    const files = { '.github/workflows/mine.yml': mine, '.github/workflows/keys.yml': keys };
    const number = await world.openPull(await world.pushBranch(files), { owner: 'stranger' });
    const jobs = await world.deliverPull(number);
    expect(listEnds(jobs)).toContain(`A maintainer has to run: gh workflow run review.yml -f pull=${number}: failure`);
    expect(listEnds(jobs)).toContain('Mine: failure');
    expect(readLog(jobs.filter(({ name }) => name === 'Keys'))).toContain('app , facts , sign-in , passphrase ');
    expect(world.standIn.state.dispatches).toEqual([]);
    await expect(world.merge(number)).rejects.toThrow(missing);
    await world.run('review.yml', { name: 'workflow_dispatch', inputs: { pull: String(number) } });
    const { checkedCommit: sha } = await world.buildPullRequestEvent(number);
    expect(world.readStatuses(sha).at(-1)).toMatchObject({ state: 'success', appId: appIdentity.appId });
  });
});
