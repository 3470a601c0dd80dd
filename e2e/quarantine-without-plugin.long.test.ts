import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { azureadVersion } from '../stacks/engine/azuread-plugin.ts';
import {
  aHybridTenant,
  applyAndListQuarantined,
  findQuarantine,
  previewAsAudit,
  useCache,
  useStandIn,
} from './hybrid-tenant.fixture.ts';
import { listOutcomes } from './merged-repository.fixture.ts';

const vouched = vi.hoisted(() => ({ isFor: true }));

/** The file of hashes as it is where nobody has filled in the plugin's. */
vi.mock('../stacks/engine/pulumi-cli/checksums.ts', async (load) => {
  const original = await load<typeof import('../stacks/engine/pulumi-cli/checksums.ts')>();
  const findArchive: typeof original.findArchive = (checksums, program, target) =>
    program === 'azuread' && !vouched.isFor ? null : original.findArchive(checksums, program, target);
  return { ...original, findArchive };
});
afterEach(() => void vi.unstubAllEnvs());

const because = expect.stringMatching(
  /^The azuread plugin 6\.9\.1 is not run, because .*checksums\.json has no SHA-256/,
);

test('a plugin without a hash is not run, wherever it lies: the quarantine says so, and all else is done', async () => {
  const runs = await installForEverybody();
  vouched.isFor = false;
  const away = await useCache(null);
  const repository = await aHybridTenant('paul', 'rita');
  await repository.merge('disable', ['paul', 'cloudy']);
  expect(await applyAndListQuarantined(repository)).toEqual({
    quarantined: [],
    failed: [expect.objectContaining({ because })],
  });
  expect(repository.emulator.getState('cloudy').accountEnabled).toBe(false);
  expect(findQuarantine(repository)).toBeNull();

  away();
  vouched.isFor = true;
  const awayAgain = await useStandIn();
  expect((await applyAndListQuarantined(repository)).quarantined).toEqual(['paul@contoso.com report-only']);
  awayAgain();
  vouched.isFor = false;
  await useCache(null);
  await repository.merge('restore', ['cloudy']);
  await repository.merge('disable', ['rita']);
  const preview = await previewAsAudit(repository);
  expect(preview.quarantine?.failures).toEqual([because]);
  const outcome = await repository.apply();
  expect(outcome.quarantine?.failures).toEqual([because]);
  expect(listOutcomes(outcome, repository).cloudy).toContain('sign-in-allowed');
  expect(findQuarantine(repository)?.members).toEqual(['paul']);

  vouched.isFor = true;
  await useStandIn();
  expect((await applyAndListQuarantined(repository)).quarantined).toEqual(['rita@contoso.com report-only']);
  expect(findQuarantine(repository)).toMatchObject({ members: ['paul', 'rita'], blocks: true });
  expect(await readdir(runs)).toEqual([]);
});

/** Where the engine would look by itself, on the PATH and among its own plugins. Returns the folder in which each run leaves a file. */
async function installForEverybody(): Promise<string> {
  const machine = await mkdtemp(join(tmpdir(), 'unverified-'));
  const runs = join(machine, 'runs');
  const onPath = join(machine, 'path');
  const ofEngine = join(machine, 'pulumi', 'plugins', `resource-azuread-v${azureadVersion}`);
  for (const folder of [runs, onPath, ofEngine]) await mkdir(folder, { recursive: true });
  for (const folder of [onPath, ofEngine]) {
    const program = join(folder, 'pulumi-resource-azuread');
    await writeFile(program, `#!/bin/sh\ntouch "${runs}/$$"\nexit 1\n`);
    await chmod(program, 0o755);
  }
  vi.stubEnv('PATH', [onPath, process.env.PATH].join(delimiter));
  vi.stubEnv('PULUMI_HOME', join(machine, 'pulumi'));
  return runs;
}
