import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { productionInstall } from '../tools/production-packages.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// A run that fails before Dormant's first line, that nobody else tells of, or that never came.

let world: WorkflowWorld;

beforeAll(async () => {
  world = await aWorld({ users: 0, stacks: ['contoso'] });
});
afterAll(() => world.close());

const byHand = { name: 'workflow_dispatch', payload: {} };
const install = { failingStep: productionInstall };
/** A file of the reviewer's clone. */
const locate = (path: string) => join(world.folder, 'reviewer', path);
const issues = () =>
  world.standIn.state.issues.map(({ title, state, comments }) => `${title}, ${state}: ${comments.length}`);
const findIssue = (name: string) => world.standIn.state.issues.findLast(({ title }) => title === name);

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

it('the code owners of the stacks are named, and of everything where nobody knows the stacks', async () => {
  const owners =
    '* @admin # and nobody@contoso.com\n/stacks/contoso/ @riley @contoso/identity\n/stacks/fabrikam/ @lee\n';
  await mkdir(locate('docs'));
  await writeFile(locate('docs/CODEOWNERS'), owners);
  await world.clone.run(['rm', '--quiet', '.github/CODEOWNERS']);
  await push('Owners');
  await world.run('apply.yml', byHand, install);
  await world.run('audit.yml', byHand, { failingStep: 'npm run -s dormant -- audit "$STACK"' });
  expect(findIssue('The workflow Apply fails')?.body).toMatch(
    /^@admin @contoso\/identity @lee @riley: A job failed .*of the stacks \[\]/,
  );
  const news = findIssue('The workflow Audit fails')?.comments.at(-1)?.body;
  expect(news).toMatch(/^@contoso\/identity @riley: A job failed .*of the stacks \["contoso"\]/);
});

it('a stranger’s issue of the same title and label is not continued, and not closed', async () => {
  const ours = findIssue('The workflow Apply fails');
  await world.run('apply.yml', byHand); // closes it
  const lookAlike = { title: ours?.title ?? '', body: ours?.body ?? '', labels: ours?.labels ?? [] };
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/issues', lookAlike);
  const readTheirs = () => world.standIn.state.issues.find(({ number }) => number === data.number);
  await world.run('apply.yml', byHand, install);
  expect(readTheirs()).toMatchObject({ login: 'ana', state: 'open', comments: [] });
  expect(findIssue('The workflow Apply fails')).toMatchObject({ login: 'github-actions[bot]', state: 'open' });
  await world.run('apply.yml', byHand);
  expect(readTheirs()).toMatchObject({ state: 'open', comments: [] });
  expect(findIssue('The workflow Apply fails')?.state).toBe('closed');
});

it('audits that never came are a warning of the review, of CI and of the apply, and make none of them red', async () => {
  world.standIn.state.settings.runs = { 'audit.yml': [] };
  await world.clone.run(['switch', '--quiet', '--create', 'a-change']);
  await appendFile(locate('exemptions.yaml'), '# Nobody else.\n');
  await push('A change');
  const pull = { title: 'A change', head: 'a-change', base: 'main' };
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', pull);
  await world.run('ask.yml', await world.buildPullRequestEvent(data.number));
  const review = await world.runDispatched();
  const ci = await world.run('ci.yml', { name: 'push', payload: {} }, { failingStep: 'npm ci' });
  const apply = await world.run('apply.yml', byHand);
  expect([review, ci, apply].map(listWarned)).toEqual([
    ['Check, success', 'contoso, success'],
    ['The last audit, success'],
    ['contoso, success'],
  ]);
});

const listWarned = (jobs: readonly JobRun[]) =>
  jobs
    .filter(({ steps }) => steps.some(({ log }) => /^::warning::No audit has gone through yet/m.test(log)))
    .map(({ name, conclusion }) => `${name}, ${conclusion}`);

async function push(message: string): Promise<void> {
  await world.clone.run(['add', '--all']);
  await world.clone.run(['commit', '--quiet', `--message=${message}`]);
  await world.clone.run(['push', '--quiet', 'origin', 'HEAD']);
}
