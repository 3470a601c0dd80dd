import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setPause } from '../policy/edit/pause.ts';
import { addDays, toUtcDay } from '../policy/evidence.ts';
import { pauseLabel } from '../policy/pause/pause-label.ts';
import type { Pause } from '../policy/schemas/pause.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { renderAccountFile, renderFormerFiles } from './workflow-run/account-file.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// The label that stops and a pause, in the workflows: what stops, what is started once it is over, and what is not.

let world: WorkflowWorld;

beforeAll(async () => {
  const people = ['ana', 'bo'].map((kind) => ({ kind, inactiveDays: 143, userPrincipalName: `${kind}@contoso.com` }));
  world = await aWorld({ users: 150, people, stacks: ['contoso'] });
  const known = { commit: await world.readHead(), signing: aSigning(), today: today() };
  await writeKnownSigning(join(world.folder, 'state'), { stack: 'contoso', ...known });
  for (const kind of ['ana', 'bo'])
    for (const text of renderFormerFiles(world.tenant, { kind, stage: 'disable' }))
      await commit({ [fileOf(kind)]: text });
  await push('main');
});
afterAll(() => world.close());

const today = () => toUtcDay(new Date(world.tenant.tenant.clock.now()));
const fileOf = (kind: string) => `stacks/contoso/accounts/${kind}@contoso.com.yaml`;
const isBlocked = (kind: string) => !world.tenant.getState(kind).accountEnabled;
const listEnds = (jobs: readonly JobRun[]) => jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`);
const listStarted = () => world.standIn.state.dispatches.map(({ workflow, inputs }) => [workflow, inputs]);
const summaryOf = (jobs: readonly JobRun[]) => jobs.find(({ name }) => name === 'contoso')?.summary;

async function commit(files: Record<string, string>): Promise<void> {
  const root = await world.clone.run(['rev-parse', '--show-toplevel']);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await world.clone.run(['add', '--all']);
  await execa('git', ['-C', root, 'commit', '--quiet', '--message=A change'], { env: { GIT_COMMITTER_DATE: longAgo } });
}

const push = (branch: string) => world.clone.run(['push', '--quiet', 'origin', `HEAD:${branch}`]);

/** Merges the pull request that blocks the person, labelled if asked; returns its number and how its apply ended. */
async function mergeBlock(kind: string, label: string | null = null) {
  const branch = `dormant/contoso/${kind}`;
  await world.clone.run(['fetch', '--quiet', 'origin']);
  await world.clone.run(['checkout', '--quiet', '-B', branch, 'origin/main']);
  await commit({ [fileOf(kind)]: renderAccountFile(world.tenant, { kind, stage: 'disable' }) });
  await push(branch);
  const order = { title: 'Weekly', head: branch, base: 'main' };
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', order);
  const { number } = data;
  if (label !== null)
    await world.reviewer.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
      ...{ issue_number: number, labels: [label] },
    });
  const before = await world.readHead();
  await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: number });
  return { number, apply: await world.run('apply.yml', await world.buildPushEvent(before)) };
}

async function pauseMain(paused: Pause | null): Promise<void> {
  const path = 'stacks/contoso/tenant.yaml';
  await world.clone.run(['fetch', '--quiet', 'origin']);
  await world.clone.run(['checkout', '--quiet', '-B', 'pause', 'origin/main']);
  const text = await readFile(join(world.folder, 'reviewer', path), 'utf8');
  await commit({ [path]: setPause({ path, text }, paused) });
  await push('main');
}

const bySchedule = { name: 'schedule', payload: {} };
let labelled: number;

it('the daily comparison lists no stack where there is neither calendar nor pause', async () => {
  const jobs = await world.run('repeat.yml', bySchedule);
  expect(listEnds(jobs)).toEqual([
    'Find the stacks: success',
    expect.stringMatching(/: skipped$/),
    'Tell of a run that failed: success',
  ]);
  expect(jobs[0]?.outputs).toMatchObject({ stacks: '[]' });
});

it('a labelled pull request that is merged takes nothing, which is no failure', async () => {
  const { number, apply } = await mergeBlock('ana', pauseLabel);
  labelled = number;
  expect(failures(apply)).toEqual([]);
  expect(summaryOf(apply)).toContain(`labelled ${pauseLabel} by ana on`);
  expect(isBlocked('ana')).toBe(false);
});

it('nor does a comparison start anything then; it says who put the label on which pull request', async () => {
  const jobs = await world.run('repeat.yml', { name: 'workflow_dispatch', payload: {} });
  expect(failures(jobs)).toEqual([]);
  expect(summaryOf(jobs)).toMatch(
    new RegExp(`labelled ${pauseLabel} by ana on .*, #${labelled}.* 1 account waits`, 's'),
  );
  expect(listStarted()).toEqual([]);
});

it('another label that is taken off starts nothing', async () => {
  const jobs = await world.deliver(await world.buildPullRequestEvent(labelled, { unlabeled: 'question' }));
  expect(jobs.map(({ conclusion }) => conclusion)).toEqual(['skipped', 'skipped']);
  expect(listStarted()).toEqual([]);
});

it('once the label is off, also a merged pull request, the comparison is started, and it starts the apply', async () => {
  await world.reviewer.request('DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}', {
    ...{ issue_number: labelled, name: pauseLabel },
  });
  const asked = await world.deliver(await world.buildPullRequestEvent(labelled, { unlabeled: pauseLabel }));
  expect(failures(asked)).toEqual([]);
  expect(listEnds(asked)).toContain('Ask what goes on now: success');
  expect(listStarted()).toEqual([['repeat.yml', {}]]);
  expect(failures(await world.runDispatched())).toEqual([]);
  expect(listStarted()).toEqual([['apply.yml', { stack: 'contoso' }]]);
  expect(failures(await world.runDispatched())).toEqual([]);
  expect(isBlocked('ana')).toBe(true);
});

it('the daily comparison starts nothing in a pause, and the apply of what has waited on the day after its last', async () => {
  await pauseMain({ until: today(), reason: 'A freeze' });
  const { apply } = await mergeBlock('bo');
  expect(failures(apply)).toEqual([]);
  expect(isBlocked('bo')).toBe(false);

  const waiting = await world.run('repeat.yml', bySchedule);
  expect(failures(waiting)).toEqual([]);
  expect(summaryOf(waiting)).toMatch(/paused until .*\(A freeze, set by .* 1 account waits/s);
  expect(listStarted()).toEqual([]);

  world.tenant.tenant.clock.set(`${addDays(today(), 1)}T08:23:00Z`);
  expect(failures(await world.run('repeat.yml', bySchedule))).toEqual([]);
  expect(listStarted()).toEqual([['apply.yml', { stack: 'contoso' }]]);
  expect(failures(await world.runDispatched())).toEqual([]);
  expect(isBlocked('bo')).toBe(true);
});
