import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arch, platform } from 'node:process';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { type InstalledPackage, packAll, useInstalledPackage } from './installed-package.fixture.ts';

let packed: InstalledPackage['packed'];
let installed: string;

useInstalledPackage((there) => {
  ({ packed, installed } = there);
});

/** The program of a version of Node, from the registry. */
async function installNode(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-node-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const name = `node-${platform}-${arch}`;
  await execa('npm', ['install', '--prefer-offline', '--no-audit', `${name}@${version}`], { cwd: folder });
  return join(folder, 'node_modules', name, 'bin/node');
}

test.each(['22.18.0', '24.21.0'])('the whole story is told by the installed package on Node %s', async (version) => {
  const { stdout } = await execa('node', [join(import.meta.dirname, '../../demo/story.ts')], {
    env: {
      DORMANT_STORY_NODE: await installNode(version),
      DORMANT_STORY_PROGRAM: join(installed, 'node_modules/@dormant-m365/dormant/cli/bin.js'),
      GITHUB_ACTIONS: undefined,
    },
  });
  expect(stdout).toMatch(/✓ \d+ accounts are as main says/);
  expect(stdout).toContain('Nobody lost a mail.');
});

test('a Node that is too old is told in the first line, without a stack', async () => {
  const program = join(installed, 'node_modules/@dormant-m365/dormant/cli/bin.js');
  const { exitCode, stderr } = await execa(await installNode('20.20.2'), [program, '--version'], { reject: false });
  expect(exitCode).toBe(2);
  expect(stderr.split('\n')[0]).toBe('error dormant needs Node 22.18 or newer, and this is 20.20.2.');
});

test('the same commit makes the same bytes', async () => {
  const again = await packAll();
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  for (const name of ['dormant', 'emulator'] as const) expect(await hash(again[name])).toBe(await hash(packed[name]));
  await rm(again.folder, { recursive: true, force: true });
});
