// The preview of an upgrade, from the pull request that names a version to the comment on it. That version is this one, packed as
// another and published on this machine; who signed it is npm's answer of cli/upgrade/signature-audit.fixture.ts.
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appIdentity } from '@dormant-m365/emulator/github';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LockedVersion } from '../cli/upgrade/locked-version.ts';
import { startNpmRegistry } from '../cli/upgrade/npm-registry.fixture.ts';
import { aSignatureAudit, buildAuditingPath } from '../cli/upgrade/signature-audit.fixture.ts';
import { packAll } from './package/installed-package.fixture.ts';
import { repack } from './package/upgrade.fixture.ts';
import { renderAccountFile } from './workflow-run/account-file.fixture.ts';
import { collectOpenTexts, findNames } from './workflow-run/find-names.fixture.ts';
import type { JobRun } from './workflow-run/run-workflow.ts';
import { aWorld, type WorkflowWorld } from './workflow-run/workflow-world.fixture.ts';

let world: WorkflowWorld;
let registry: Awaited<ReturnType<typeof startNpmRegistry>>;
let packed: Awaited<ReturnType<typeof packAll>>;
let published: LockedVersion;

beforeAll(async () => {
  packed = await packAll();
  registry = await startNpmRegistry();
  const edits = {
    'stacks/record/changes-comment.js': (text: string) =>
      text.replace("'to send'", "'to send, as the other version says'"),
  };
  published = await registry.publish(await repack(packed.dormant, packed.folder, { version: '9.1.0', edits }));
  const people = [
    { kind: 'ana', inactiveDays: 143, displayName: 'Ana Reyes', userPrincipalName: 'ana.reyes@contoso.com' },
    { kind: 'bo', inactiveDays: 4 },
  ];
  world = await aWorld({ users: 0, people, stacks: ['contoso', 'fabrikam'], broken: ['fabrikam'] });
  await appendFile(locate('.npmrc'), `${registry.setting}\n`);
  // Somebody whom the next apply would tell.
  for (const stack of ['contoso', 'fabrikam']) {
    const file = locate(`stacks/${stack}/accounts/ana.reyes@contoso.com.yaml`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, renderAccountFile(world.tenant, { kind: 'ana', stage: 'notify', stack }));
  }
  await push('main', 'A registry on this machine, and an account');
});
afterAll(async () => {
  registry.stop();
  await world.close();
  await rm(packed.folder, { recursive: true, force: true });
});

/** A file of the reviewer's clone. */
const locate = (path: string) => join(world.folder, 'reviewer', path);

async function push(branch: string, message: string): Promise<void> {
  await world.clone.run(['add', '--all']);
  await world.clone.run(['commit', '--quiet', `--message=${message}`]);
  await world.clone.run(['push', '--quiet', 'origin', `HEAD:${branch}`]);
}

/** As `dormant upgrade` leaves it, with code of its own beside it. Returns the pull request's number. */
async function openUpgrade(branch: string, locked: LockedVersion): Promise<number> {
  await world.clone.run(['checkout', '--quiet', '-B', branch, 'origin/main']);
  const resolved = `https://registry.npmjs.org/@dormant-m365/dormant/-/dormant-${locked.version}.tgz`;
  const packages = { 'node_modules/@dormant-m365/dormant': { ...locked, resolved } };
  await writeFile(locate('package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  await writeFile(
    locate('package.json'),
    JSON.stringify({ scripts: { 'upgrade-preview': 'echo of the pull request' } }),
  );
  await push(branch, 'Upgrade');
  const { data } = await world.reviewer.request('POST /repos/{owner}/{repo}/pulls', {
    ...{ title: 'Upgrade Dormant', head: branch, base: 'main' },
  });
  return data.number;
}

async function preview(pull: number): Promise<JobRun[]> {
  const PATH = await buildAuditingPath(join(world.folder, 'npm'), aSignatureAudit(published));
  const event = { name: 'workflow_dispatch', payload: {}, inputs: { pull, shard: 1 } };
  return world.run('upgrade-preview.yml', event, { env: { PATH } });
}

const readLogs = (jobs: readonly JobRun[]) => jobs.flatMap(({ steps }) => steps.map(({ log }) => log)).join('\n');
const listEnds = (jobs: readonly JobRun[]) => jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`);
const listComments = (pull: number) => world.standIn.state.issues.find(({ number }) => number === pull)?.comments ?? [];

it('the version that a pull request names says of every stack what it would do, in one comment', async () => {
  const pull = await openUpgrade('dormant-upgrade/9.1.0', published);
  const jobs = await preview(pull);
  expect(listEnds(jobs)).toEqual([
    'Find the version and the stacks: success',
    'contoso: success',
    'fabrikam: failure',
    'Comment: success',
  ]);
  const [comment, ...others] = listComments(pull);
  expect([comment?.login, others]).toEqual([appIdentity.login, []]);
  expect(comment?.body).toContain('## What Dormant 9.1.0 would do');
  expect(comment?.body).toMatch(/### `contoso`[\s\S]+ to send, as the other version says[\s\S]+Ana Reyes/);
  expect(comment?.body).toMatch(/### `fabrikam`\n\n\*\*1\*\* refused\./);
  expect(readLogs(jobs)).not.toContain('of the pull request');
  const { id, userPrincipalName } = world.tenant.getState('ana');
  expect(findNames(await collectOpenTexts(world), ['Reyes', id, userPrincipalName])).toEqual([]);
});

it('a pull request that names what is not published is refused before any job may sign in', async () => {
  const pull = await openUpgrade('from-a-folder', { ...published, version: 'file:../dormant' });
  const jobs = await preview(pull);
  expect(listEnds(jobs).slice(0, 1)).toEqual(['Find the version and the stacks: failure']);
  expect(jobs.slice(1).map(({ conclusion }) => conclusion)).toEqual(['skipped', 'skipped']);
  expect(readLogs(jobs)).toContain('"file:../dormant" is no version of @dormant-m365/dormant');
  expect(listComments(pull)).toEqual([]);
});
