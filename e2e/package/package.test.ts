import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installPackages, packAll } from './installed-package.fixture.ts';

let packed: Awaited<ReturnType<typeof packAll>>;
let installed: string;

beforeAll(async () => {
  packed = await packAll();
  installed = await installPackages(packed.dormant);
});

afterAll(async () => {
  for (const folder of [packed.folder, installed]) await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) =>
  execa(join(installed, 'node_modules/.bin/dormant'), args, {
    cwd: installed,
    reject: false,
    env: { GITHUB_ACTIONS: undefined },
  });

test('an installed package says its version, commit and date, and has a help for each of its commands', async () => {
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+ \(commit [0-9a-f]{12}, \d{4}-\d\d-\d\d\)$/);
  const { stdout } = await run('--help');
  const commands = [...stdout.matchAll(/^ {2}([a-z][\w-]*) .*\[?<?stack/gm)].map(([, name = '']) => name);
  expect(commands.length).toBeGreaterThan(8);
  for (const name of commands) expect(await run(name, '--help')).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a command that needs a repository says what is missing in this folder', async () => {
  expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No tenant yet') });
  expect(await run('check')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('not a clone') });
});

test('the embedded tenant is a package of its own: without it dormant emulator says how it is installed', async () => {
  expect(await run('emulator')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('npm install --save-dev @dormant-m365/emulator'),
  });
});

/** What a job with the writing identity installs. Whoever raises this says in the commit what for. */
const budget = { packages: 400, megabytes: 220 };

test('what is installed stays within its budget', async () => {
  const { packages } = JSON.parse(await readFile(join(installed, 'node_modules/.package-lock.json'), 'utf8'));
  expect(Object.keys(packages).length).toBeLessThanOrEqual(budget.packages);
  const { stdout } = await execa('du', ['-s', '--block-size=1000000', join(installed, 'node_modules')]);
  expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(budget.megabytes);
});

test('no file of a package is TypeScript, a test, or about a tenant', async () => {
  const folder = join(installed, 'node_modules/@dormant-m365/dormant');
  const files = await readdir(folder, { recursive: true });
  expect(files).toEqual(expect.arrayContaining(['cli/bin.js', 'cli/bin.js.map', 'cli/bin.d.ts', 'stacks/index.js']));
  expect(
    files.filter((path) => /(?<!\.d)\.ts$|\.test\.|\.fixture\.|^stacks\/.*\.yaml$|^(demo|e2e|tools)\//.test(path)),
  ).toEqual([]);
});
