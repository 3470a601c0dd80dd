import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { teamFiles } from '../../cli/new-repository/team-files.ts';
import { version } from '../../cli/version.ts';
import {
  type InstalledPackage,
  installNode,
  locateProgram,
  packAll,
  useInstalledPackage,
} from './installed-package.fixture.ts';

let there: InstalledPackage;
let packed: InstalledPackage['packed'];
let installed: string;

useInstalledPackage((everything) => {
  there = everything;
  ({ packed, installed } = there);
});

test.each(['22.18.0', '24.21.0'])('the whole story is told by the installed package on Node %s', async (version) => {
  const { stdout } = await execa('node', [join(import.meta.dirname, '../../demo/story.ts')], {
    env: {
      DORMANT_STORY_NODE: await installNode(version),
      DORMANT_STORY_PROGRAM: locateProgram(installed),
      GITHUB_ACTIONS: undefined,
    },
  });
  expect(stdout).toMatch(/✓ \d+ accounts are as main says/);
  expect(stdout).toContain('Nobody lost a mail.');
});

test('a Node that is too old is told in the first line, without a stack', async () => {
  const program = locateProgram(installed);
  const { exitCode, stderr } = await execa(await installNode('20.20.2'), [program, '--version'], { reject: false });
  expect(exitCode).toBe(2);
  expect(stderr.split('\n')[0]).toBe('error dormant needs Node 22.18 or newer, and this is 20.20.2.');
});

test('the same commit makes the same bytes, wherever it is built', async () => {
  const again = await packAll('two/deeper');
  const hash = async (path: string) =>
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  for (const name of ['dormant', 'emulator', 'create'] as const)
    expect(await hash(again[name])).toBe(await hash(packed[name]));
  await rm(join(again.folder, '../..'), { recursive: true, force: true });
});

test('a tarball runs where nothing is installed, as the guide for developers says', async () => {
  const [line = ''] =
    /^npx --package \S+\.tgz dormant --version$/m.exec(await readFile('CONTRIBUTING.md', 'utf8')) ?? [];
  const [, ...args] = line.replace(/\S+\.tgz/, packed.dormant).split(' ');
  const { stdout } = await execa('npx', ['--yes', ...args], {
    cwd: there.scratch,
    env: { npm_config_prefer_offline: 'true' },
  });
  expect(stdout).toContain(version);
});

test('npm create makes the same repository, and needs the name of a folder', async () => {
  // Installed there, it is not asked of the registry.
  const create = (...args: string[]) =>
    execa('npm', ['create', '--silent', '@dormant-m365', ...args], { cwd: installed, reject: false });
  expect(await create()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('No folder is named') });
  const folder = join(there.scratch, 'created');
  const made = await create(folder, '--', '--package', packed.dormant, '--json');
  expect(made).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(made.stdout)).toMatchObject({ folder, written: teamFiles.map(({ path }) => path) });
});
