import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { toUtcDay } from '../policy/evidence.ts';
import { recordKeys } from '../policy/records/record.fixture.ts';
import { aSigning } from '../policy/signing/signing.fixture.ts';
import { writeKnownSigning } from '../stacks/engine/known-signing.fixture.ts';
import { longAgo } from './workflow-run/adopt-repository.fixture.ts';
import { expectNoSecretsLeft } from './workflow-run/find-secrets.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, failures, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

// Records in the workflows: each audit and each apply adds its own, signed in its environment, and a month later people go.

let world: WorkflowWorld;
let records: string;

beforeAll(async () => {
  const quentin = {
    kind: 'quentin',
    inactiveDays: 143,
    userPrincipalName: 'quentin@contoso.com',
    displayName: 'Quentin Qarth',
  };
  world = await aWorld({ users: 150, people: [quentin], stacks: ['contoso'] });
  records = join(world.folder, 'records');
  await mkdir(records);
  const known = { commit: await world.readHead(), signing: aSigning(), today: today() };
  await writeKnownSigning(join(world.folder, 'state'), { stack: 'contoso', ...known });
  const settings = stringify({ records: { store: { folder: records }, keys: [...recordKeys] } });
  await edit('stacks/contoso/tenant.yaml', (text) => `${text}\n${settings}`);
  await edit(
    'policy/policy.yaml',
    (text) => `${text.replace('shareOfTenant: 0.05', 'shareOfTenant: 1')}\nprivacy: { eraseAfterDays: 20 }\n`,
  );
  await world.clone.run(['push', '--quiet', 'origin', 'main']);
});
afterAll(() => world.close());

const today = () => toUtcDay(new Date(world.tenant.tenant.clock.now()));

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const root = await world.clone.run(['rev-parse', '--show-toplevel']);
  await writeFile(join(root, path), change(await readFile(join(root, path), 'utf8')));
  await world.clone.run(['add', '--all']);
  await execa('git', ['-C', root, 'commit', '--quiet', `--message=${path}`], { env: { GIT_COMMITTER_DATE: longAgo } });
}

async function verify() {
  const root = await world.clone.run(['rev-parse', '--show-toplevel']);
  await world.clone.run(['pull', '--quiet', 'origin', 'main']);
  const program = join(import.meta.dirname, '../cli/dormant.ts');
  const { stdout, exitCode } = await execa('node', [program, 'verify', records, '--json', '--repo', root], {
    reject: false,
  });
  return { exitCode, verified: JSON.parse(stdout) };
}

const countParts = async () =>
  (await readdir(join(records, 'contoso', 'people'), { recursive: true })).filter((name) => name.endsWith('.json'))
    .length;
const logOf = (jobs: readonly JobRun[]) =>
  jobs.map(({ steps, summary }) => [...steps.map(({ log }) => log), summary].join('\n')).join('\n');

it('an audit and the apply of its merge are recorded by their jobs, each signed by its own key, and no log names anybody', async () => {
  const audit = await world.run('audit.yml', { name: 'schedule' });
  expect(failures(audit)).toEqual([]);
  const pull = world.standIn.state.issues.find((issue) => issue.pull !== null && issue.state === 'open');
  const before = await world.readHead();
  await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
    pull_number: pull?.number ?? 0,
  });
  const apply = await world.run('apply.yml', await world.buildPushEvent(before));
  expect(failures(apply)).toEqual([]);
  const { exitCode, verified } = await verify();
  expect([exitCode, verified.findings]).toEqual([0, []]);
  expect(verified.signers).toEqual([
    { key: 'contoso-audit', kind: 'audit', records: 1 },
    { key: 'contoso-apply', kind: 'apply', records: 1 },
  ]);
  expect(verified.facts.tests).toBeGreaterThan(0);
  expect(logOf([...audit, ...apply])).toContain('Its SHA-256 is');
  expect(logOf([...audit, ...apply])).not.toMatch(/quentin|qarth/i);
});

it('a month later the parts of whoever main has nothing of are gone, and of the others they are there', async () => {
  const parts = await countParts();
  world.tenant.tenant.clock.advance({ days: 30 });
  const erase = await world.run('erase.yml', { name: 'schedule' });
  expect(failures(erase)).toEqual([]);
  const { exitCode, verified } = await verify();
  expect([exitCode, verified.findings]).toEqual([0, []]);
  expect(verified.signers).toContainEqual({ key: 'contoso-erasure', kind: 'erasure', records: 1 });
  const [erased] = Object.values<number>(verified.erased);
  expect(erased).toBeGreaterThan(0);
  expect(await countParts()).toBe(parts - (erased ?? 0));
  expect(logOf(erase)).not.toMatch(/quentin|qarth|@contoso/i);
  await expectNoSecretsLeft(world);
});

it('a store that is not there fails the job after the apply, and the issue of the workflow tells', async () => {
  await execa('mv', [records, `${records}-away`]);
  const jobs = await world.run('audit.yml', { name: 'workflow_dispatch', payload: {} });
  expect(failures(jobs)).not.toEqual([]);
  expect(logOf(jobs)).toContain('there is no such folder');
  expect(world.standIn.state.issues.map(({ title }) => title)).toContain('The workflow Audit fails');
  await execa('mv', [`${records}-away`, records]);
});
