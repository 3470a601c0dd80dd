import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// A run begins in a private repository and ends in a public one: what it has found is kept nowhere where everybody could read it.

let world: WorkflowWorld;

beforeAll(async () => {
  world = await aWorld({ users: 150, stacks: ['contoso'] });
});
afterAll(() => world.close());
afterEach(() => {
  world.standIn.state.settings.private = true;
});

const weekly = { name: 'schedule', payload: {} };
const byHand = { name: 'workflow_dispatch', payload: {} };
const isKept = (name: string) => existsSync(join(world.artifacts, name));
const jobOf = (jobs: readonly JobRun[]) => jobs.find(({ name }) => name === 'contoso');
const logOf = (jobs: readonly JobRun[]) =>
  jobOf(jobs)
    ?.steps.map(({ log }) => log)
    .join('\n');
/** Somebody makes the repository public after the named step. */
const madePublicAfter = (name: string) => {
  let isPast = false;
  return {
    beforeStep(next: string) {
      if (isPast) world.standIn.state.settings.private = false;
      isPast ||= next === name;
    },
  };
};
const expectRefused = (jobs: readonly JobRun[]) => {
  expect(jobOf(jobs)?.conclusion).toBe('failure');
  expect(logOf(jobs)).toContain('contoso/dormant is public.');
};

it('a repository that becomes public after the audit gets no lists, no report and no proposal, and the job fails', async () => {
  expectRefused(await world.run('audit.yml', weekly, madePublicAfter('Audit')));
  expect(isKept('audit-contoso')).toBe(false);
  expect(world.standIn.state.issues.filter(({ pull }) => pull !== null)).toEqual([]);
});

it('the same run in a repository that stays private keeps them and proposes', async () => {
  expect(jobOf(await world.run('audit.yml', weekly))?.conclusion).toBe('success');
  expect(isKept('audit-contoso')).toBe(true);
  expect(world.standIn.state.issues.filter(({ pull }) => pull !== null)).toHaveLength(1);
});

it('after a preview it gets no artifact', async () => {
  const pull = world.standIn.state.issues.find((issue) => issue.pull !== null)?.number ?? 0;
  const preview = async (change: Parameters<WorkflowWorld['run']>[2]) => {
    const inputs = { pull, shard: 1 };
    return world.run('review.yml', { ...byHand, inputs }, change);
  };
  expectRefused(await preview(madePublicAfter('Preview')));
  expect(isKept('preview-contoso')).toBe(false);
  world.standIn.state.settings.private = true;
  expect(jobOf(await preview({}))?.conclusion).toBe('success');
  expect(isKept('preview-contoso')).toBe(true);
});

it('after an apply it gets no record', async () => {
  expectRefused(await world.run('apply.yml', byHand, madePublicAfter('Apply')));
  expect(isKept('apply-contoso')).toBe(false);
});

it.each(['0', '401', '30 days'])('DORMANT_RETENTION_DAYS=%s is refused before anything is read', async (value) => {
  const jobs = await world.run('apply.yml', byHand, { vars: { DORMANT_RETENTION_DAYS: value } });
  expect(logOf(jobs)).toContain(`DORMANT_RETENTION_DAYS is "${value}".`);
  expect(jobOf(jobs)?.steps.map(({ name }) => name)).not.toContain('Apply');
  expect(isKept('apply-contoso')).toBe(false);
});

it('without the variable an artifact is kept as long as ever, with it as long as it says', async () => {
  await world.run('apply.yml', byHand);
  expect(world.retention.get('apply-contoso')).toBe('400');
  await rm(join(world.artifacts, 'apply-contoso'), { recursive: true });
  const jobs = await world.run('apply.yml', byHand, { vars: { DORMANT_RETENTION_DAYS: '14' } });
  expect(logOf(jobs)).toContain('for 14 days at most');
  expect(world.retention.get('apply-contoso')).toBe('14');
});
