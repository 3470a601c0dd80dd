import { mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { prepareHomeWithoutLogs } from './pulumi-home.ts';

async function twoFolders() {
  const folder = await mkdtemp(join(tmpdir(), 'home-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const own = join(folder, 'own');
  return { own, env: { PULUMI_HOME: own }, workDir: join(folder, 'work') };
}

test('a run has the user’s plugins and sign-in, and a file where the engine would make its folder of logs', async () => {
  const { own, env, workDir } = await twoFolders();
  const home = (await prepareHomeWithoutLogs(workDir, env)) ?? '';
  await writeFile(join(own, 'plugins', 'one'), 'installed');
  expect(await readFile(join(home, 'plugins', 'one'), 'utf8')).toBe('installed');
  expect(await readlink(join(home, 'credentials.json'))).toBe(join(own, 'credentials.json'));
  expect(await readFile(join(home, 'logs'), 'utf8')).toBe('');
});

test('a second run finds the same folder, and a link that leads elsewhere is put right', async () => {
  const { own, env, workDir } = await twoFolders();
  const home = (await prepareHomeWithoutLogs(workDir, env)) ?? '';
  await rm(join(home, 'plugins'));
  await symlink(tmpdir(), join(home, 'plugins'));
  expect(await prepareHomeWithoutLogs(workDir, env)).toBe(home);
  expect(await readlink(join(home, 'plugins'))).toBe(join(own, 'plugins'));
});
