import { appIdentity } from '@dormant-m365/emulator/github';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoSecretsLeft } from './workflow-run/find-secrets.fixture.ts';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

describe('the workflows, once more and when they fail', () => {
  let world: WorkflowWorld;

  beforeAll(async () => {
    const rules = await readGuideRules(appIdentity.appId ?? 0);
    world = await aWorld({ users: 150, stacks: ['contoso', 'fabrikam'], broken: ['fabrikam'], rules });
    expect(
      failures(
        (await world.run('audit.yml', { name: 'schedule', payload: {} })).filter(({ name }) => name !== 'fabrikam'),
      ),
    ).toEqual([]);
  });
  afterAll(() => world.close());

  const jobOf = (jobs: readonly JobRun[], name: string) => jobs.find((job) => job.name === name);
  const openPull = () => {
    const found = world.standIn.state.issues.find(({ pull, state }) => pull !== null && state === 'open');
    if (!found?.pull) throw new Error('no pull request is open');
    return { ...found, ...found.pull };
  };

  it('a second audit of the same day leaves the proposal as it is', async () => {
    const before = openPull();
    const again = await world.run('audit.yml', {
      name: 'workflow_dispatch',
      payload: {},
      inputs: { shard: 1 },
    });
    expect(jobOf(again, 'contoso')?.conclusion).toBe('success');
    expect(openPull()).toMatchObject({ number: before.number, headSha: before.headSha, body: before.body });
  });

  it('what is merged is applied', async () => {
    const before = await world.readHead();
    const { number } = openPull();
    await world.deliver(await world.buildPullRequestEvent(number));
    expect(failures(await world.runDispatched())).toEqual([]);
    await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
      pull_number: number,
    });
    expect(failures(await world.run('apply.yml', await world.buildPushEvent(before)))).toEqual([]);
  });

  it('a run that is run again, by its own commit and workflow, applies what main is by then', async () => {
    const tip = await world.readHead();
    await world.clone.run(['fetch', '--quiet', 'origin']);
    const before = await world.clone.run(['rev-parse', `${tip}^`]);
    const again = await world.run('apply.yml', { ...(await world.buildPushEvent(before)), commit: before });
    expect(failures(again)).toEqual([]);
    expect(jobOf(again, 'contoso')?.summary).toContain('is applied already');
  });

  it('no secret and no token is in anything that is left behind, also when the runs fail', async () => {
    const { faults } = world.tenant;
    const failing = [
      { kind: 'unauthorized', path: '/v1.0/' },
      { kind: 'status', status: 400, path: '/oauth2/' },
    ] as const;
    for (const fault of failing) {
      faults.add(fault);
      const jobs = await world.run('audit.yml', { name: 'schedule', payload: {} });
      faults.clear();
      expect(jobOf(jobs, 'contoso')?.conclusion).toBe('failure');
    }
    await expectNoSecretsLeft(world);
  });
});
