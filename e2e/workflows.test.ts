import { existsSync } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appIdentity } from '@dormant-m365/emulator/github';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listProductionPackages } from '../tools/production-packages.ts';
import { expectNoSecretsLeft } from './workflow-run/find-secrets.fixture.ts';
import { readGuideRules } from './workflow-run/guide-ruleset.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

describe(`the workflows, from audit to apply`, () => {
  let world: WorkflowWorld;
  let audit: JobRun[];

  beforeAll(async () => {
    const rules = await readGuideRules(appIdentity.appId ?? 0);
    world = await aWorld({ users: 150, stacks: ['contoso', 'fabrikam'], broken: ['fabrikam'], rules });
    audit = await world.run('audit.yml', { name: 'schedule', payload: {} });
  });
  afterAll(() => world.close());

  const jobOf = (jobs: readonly JobRun[], name: string) => jobs.find((job) => job.name === name);
  const openPull = () => {
    const found = world.standIn.state.issues.find(({ pull, state }) => pull !== null && state === 'open');
    if (!found?.pull) throw new Error('no pull request is open');
    return { ...found, ...found.pull };
  };

  it('no job installs what only the tests, the tools and the emulator need', async () => {
    const readPackages = async (path: string) => JSON.parse(await readFile(path, 'utf8')).packages;
    const expected = listProductionPackages(await readPackages('package-lock.json')).map(([path]) => path);
    const installed = Object.keys(await readPackages(join(world.installed, '.package-lock.json')));
    // npm names the emulator’s folder here, which is a part of the repository, whether it is installed or not.
    expect(installed.filter((path) => path !== 'emulator').sort()).toEqual(expected.sort());
    const others = ['hono', 'vitest', '@dormant-m365/emulator', '.bin/node'];
    expect(others.filter((name) => existsSync(join(world.installed, name)))).toEqual([]);
  });

  it('the audit of one stack opens its pull request while the other stack’s fails by itself', async () => {
    expect(failures(audit.filter(({ name }) => name !== 'fabrikam'))).toEqual([]);
    expect(jobOf(audit, 'contoso')).toMatchObject({ conclusion: 'success', environment: 'contoso-audit' });
    expect(jobOf(audit, 'fabrikam')).toMatchObject({ conclusion: 'failure' });
    expect(openPull()).toMatchObject({ headRef: 'dormant/contoso', labels: ['dormant'] });
    expect(world.standIn.state.issues.map(({ title }) => title)).toContain('The audit of fabrikam fails');
  });

  it('the audit leaves its lists as an artifact, a summary, and the names concealed', async () => {
    const files = await readdir(join(world.artifacts, 'audit-contoso'));
    expect(files).toEqual(expect.arrayContaining(['audit.json', 'inactive-users.csv', 'high-risk.csv', 'guests.csv']));
    expect(jobOf(audit, 'contoso')?.summary).toContain('Dormant contoso');
    expect(world.tenant.tenant.concealment.isSet).toBe(true);
  });

  it('nothing of a person is in the log of an audit', () => {
    expect(jobOf(audit, 'contoso')?.conclusion).toBe('success');
    const log =
      jobOf(audit, 'contoso')
        ?.steps.map((step) => step.log)
        .join('\n') ?? '';
    expect(log).not.toMatch(/@contoso\.com/);
  });

  it('the review checks the pull request and comments what merging would do, by main’s workflow', async () => {
    const { number, headSha, login } = openPull();
    expect(login).toBe(appIdentity.login);
    const started = await world.deliver(await world.buildPullRequestEvent(number));
    expect(failures(started)).toEqual([]);
    // CI starts, too, and its jobs skip themselves.
    expect(started.filter(({ conclusion }) => conclusion !== 'skipped').map(({ name }) => name)).toEqual([
      'Ask for the check',
      'Has code changed',
    ]);
    const review = await world.runDispatched();
    expect(failures(review)).toEqual([]);
    expect(jobOf(review, 'Check')).toMatchObject({ conclusion: 'success', environment: 'github-app' });
    expect(jobOf(review, 'contoso')).toMatchObject({ conclusion: 'success', environment: 'contoso-audit' });
    expect(openPull().comments.map(({ login }) => login)).toEqual([appIdentity.login]);
    expect(world.standIn.state.statuses.map(({ sha, context, state }) => [sha, context, state])).toEqual([
      [headSha, 'dormant/check', 'pending'],
      [headSha, 'dormant/check', 'success'],
      [headSha, 'preview contoso', 'success'],
    ]);
  });

  it('the merge applies it, and only that', async () => {
    const before = await world.readHead();
    const { number } = openPull();
    await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
      pull_number: number,
    });
    const apply = await world.run('apply.yml', await world.buildPushEvent(before));
    expect(failures(apply)).toEqual([]);
    expect(apply.map(({ name }) => name)).toEqual(['Find the stacks', 'contoso', 'Tell of a run that failed']);
    await access(join(world.artifacts, 'apply-contoso', 'apply.json'));
    const job = jobOf(apply, 'contoso');
    expect(job?.summary).toMatch(/\*\*\d+\*\* mails? sent/);
    expect(job?.steps.map(({ log }) => log).join('\n')).not.toMatch(/@contoso\.com/);
    expect(world.standIn.state.issues.map(({ title }) => title)).not.toContain('The apply of contoso needs a person');
  });

  it('no secret and no token is in anything that is left behind', async () => {
    await expectNoSecretsLeft(world);
  });
});
