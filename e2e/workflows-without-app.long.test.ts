import { actionsIdentity } from '@dormant-m365/emulator/github';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// A company without a GitHub App: what opens the proposal is the workflow's own token, and so is what sets the status.

let world: WorkflowWorld;

beforeAll(async () => {
  const people = [{ kind: 'ana', inactiveDays: 143, userPrincipalName: 'ana.reyes@contoso.com' }];
  const rules = await readGuideRules(actionsIdentity.appId ?? 0);
  world = await aWorld({ users: 150, people, stacks: ['contoso'], hasApp: false, rules });
});
afterAll(() => world.close());

it('the proposal’s checks wait until somebody approves their run, and then it can be merged', async () => {
  const audit = await world.run('audit.yml', { name: 'schedule' });
  expect(audit.map(({ name, conclusion }) => [name, conclusion])).toContainEqual(['contoso', 'success']);
  const pull = world.standIn.state.issues.find((issue) => issue.pull !== null);
  const { number = 0, body = '', login } = pull ?? {};
  expect(login).toBe('github-actions[bot]');
  expect(body).toContain('Approve workflows to run');
  const merge = () =>
    world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: number });

  expect(await world.deliver(await world.buildPullRequestEvent(number))).toEqual([]);
  expect(world.standIn.state.dispatches).toEqual([]);
  await expect(merge()).rejects.toThrow('Required status check "dormant/check" is expected.');

  const approved = await world.approveRuns();
  expect(approved.map(({ name }) => name)).toEqual(expect.arrayContaining(['Ask for the check', 'Has code changed']));
  await world.runDispatched();
  expect(world.standIn.state.statuses.map(({ context, state, appId }) => [context, state, appId])).toEqual([
    ['dormant/check', 'pending', actionsIdentity.appId],
    ['dormant/check', 'success', actionsIdentity.appId],
    ['preview contoso', 'success', actionsIdentity.appId],
  ]);
  await merge();
});
