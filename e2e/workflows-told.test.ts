import { afterAll, beforeAll, expect, it } from 'vitest';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// A run that fails before Dormant's first line, or that nobody else tells of.

let world: WorkflowWorld;

beforeAll(async () => {
  world = await aWorld({ users: 0, stacks: ['contoso'] });
});
afterAll(() => world.close());

const byHand = { name: 'workflow_dispatch', payload: {} };
const install = { failingStep: 'npm ci --omit=dev' };
const issues = () =>
  world.standIn.state.issues.map(({ title, state, comments }) => `${title}, ${state}: ${comments.length}`);

it('an installation that fails opens one issue for its workflow, and is a comment each further time', async () => {
  const [find, , tell] = await world.run('apply.yml', byHand, install);
  expect([find?.conclusion, tell?.conclusion]).toEqual(['failure', 'success']);
  expect(issues()).toEqual(['The workflow Apply fails, open: 0']);
  expect(world.standIn.state.issues[0]?.body).toMatch(/failed or was cancelled in \[the run\]\(https:.*\/runs\/1\)/);
  await world.run('apply.yml', byHand, install);
  await world.run('audit.yml', byHand, install);
  expect(issues()).toEqual(['The workflow Apply fails, open: 1', 'The workflow Audit fails, open: 0']);
});

it('the next run that goes through closes it', async () => {
  const jobs = await world.run('apply.yml', byHand);
  expect(jobs.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);
  expect(issues().slice(0, 2)).toEqual(['The workflow Apply fails, closed: 2', 'The workflow Audit fails, open: 0']);
});
