import { existsSync, globSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findTenantOffer, installTenant } from '../../cli/emulator/tenant-offer.ts';
import { version } from '../../cli/version.ts';
import { readDocument } from '../../tools/markdown-document.fixture.ts';
import { type InstalledPackage, useInstalledPackage } from './installed-package.fixture.ts';
import { aTeam, nextVersion, repack, upgradeTo } from './upgrade.fixture.ts';

let there: InstalledPackage;
let packed: InstalledPackage['packed'];
let installed: string;

useInstalledPackage((everything) => {
  there = everything;
  ({ packed, installed } = there);
});

const run = (...args: string[]) =>
  execa(join(installed, 'node_modules/.bin/dormant'), args, {
    cwd: installed,
    reject: false,
    env: { GITHUB_ACTIONS: undefined },
  });

test('the packages are tried on the Node that a release asks for', async () => {
  const { DORMANT_PACKAGE_NODE: asked } = process.env;
  const { stdout } = await execa('node', ['--version'], { cwd: installed });
  expect(stdout).toBe(asked === undefined ? process.version : `v${asked}`);
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

test('the embedded tenant is a package of its own: without a terminal dormant emulator says how it is installed', async () => {
  expect(await run('emulator')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`npm install --save-dev --save-exact file:${packed.emulator}`),
  });
  expect(await execa(join(installed, 'node_modules/.bin/dormant'), ['emulator'], { reject: false })).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('npx @dormant-m365/emulator@'),
  });
});

test('dormant init --new makes a repository that installs this version, and checks what is in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-team-'));
  const team = join(folder, 'dormant-contoso');
  const made = await run('init', '--new', team, '--package', packed.dormant, '--json');
  expect(made).toMatchObject({ exitCode: 0 });
  const { written } = JSON.parse(made.stdout);
  const there = await readdir(team, { recursive: true, withFileTypes: true });
  const files = there
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.startsWith(join(team, '.git/')));
  expect(files.sort()).toEqual(written.map((path: string) => join(team, path)).sort());
  const inTeam = (command: string, ...args: string[]) =>
    execa(command, args, { cwd: team, preferLocal: true, env: { GITHUB_ACTIONS: undefined } });
  await inTeam('npm', 'ci', '--omit=optional', '--prefer-offline', '--no-audit');
  await inTeam(
    'git',
    '-c',
    'user.name=Riley',
    '-c',
    'user.email=riley@contoso.com',
    'commit',
    '--quiet',
    '-m',
    'Adopt',
  );
  expect((await inTeam('npm', 'run', '-s', 'dormant', '--', 'check')).stdout).toContain('no problems');
  const { next } = JSON.parse((await inTeam('npx', 'dormant', '--json')).stdout);
  const [guide = ''] = /\S+\.md/.exec(next[0].why) ?? [];
  expect([guide, existsSync(join(team, guide))]).toEqual([
    'node_modules/@dormant-m365/dormant/docs/guides/adopt.md',
    true,
  ]);
  expect((await inTeam('git', 'status', '--porcelain')).stdout).toBe('');
  await startInstalledTenant(team);
  expect(await run('init', '--new', team)).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('is not empty'),
  });
  await rm(folder, { recursive: true, force: true });
});

/** After a yes to `dormant emulator`; the question itself is asked in cli/emulator/tenant-offer.test.ts. */
async function startInstalledTenant(team: string): Promise<void> {
  const program = join(team, 'node_modules/@dormant-m365/dormant/cli/commands/emulator.js');
  const offer = await findTenantOffer(program, team);
  expect(offer).toEqual({ folder: team, spec: `file:${packed.emulator}` });
  if (offer !== null) await installTenant(offer);
  const { devDependencies } = JSON.parse(await readFile(join(team, 'package.json'), 'utf8'));
  expect(Object.keys(devDependencies)).toEqual(['@dormant-m365/emulator']);
  const { stdout } = await execa('npx', ['dormant', 'emulator', '--help'], { cwd: team });
  expect(stdout).toContain('Usage: dormant-emulator');
}

/** What a job with the writing identity installs. Whoever raises this says in the commit what for. */
const budget = { packages: 440, megabytes: 280 };

test('what is installed stays within its budget', async () => {
  const { packages } = JSON.parse(await readFile(join(installed, 'node_modules/.package-lock.json'), 'utf8'));
  expect(Object.keys(packages).length).toBeLessThanOrEqual(budget.packages);
  const { stdout } = await execa('du', ['-s', '--block-size=1000000', join(installed, 'node_modules')]);
  expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(budget.megabytes);
});

test('the guides travel with it, and each of their links leads to what is there', async () => {
  const folder = join(installed, 'node_modules/@dormant-m365/dormant');
  const pages = ['README.md', ...globSync('docs/{guides,reference}/*.md', { cwd: folder })];
  expect(pages.length).toBeGreaterThan(15);
  const broken = pages.flatMap((page) =>
    readDocument(join(folder, page))
      .targets.filter((target) => !/^(https?|mailto):|^#/.test(target))
      .map((target) => join(dirname(page), target.split('#')[0] ?? ''))
      .filter((path) => !existsSync(join(folder, path))),
  );
  expect(broken).toEqual([]);
});

test('no file of a package is TypeScript, a test, or about a tenant', async () => {
  const folder = join(installed, 'node_modules/@dormant-m365/dormant');
  const files = await readdir(folder, { recursive: true });
  const needed = ['cli/bin.js', 'cli/bin.js.map', 'cli/bin.d.ts', 'stacks/index.js', 'CHANGELOG.md'];
  expect(files).toEqual(expect.arrayContaining(needed));
  expect(files.filter((path) => /^\.github\/workflows\/(ci|release)/.test(path))).toEqual([]);
  expect(
    files.filter((path) => /(?<!\.d)\.ts$|\.test\.|\.fixture\.|^stacks\/.*\.yaml$|^(demo|e2e|tools)\//.test(path)),
  ).toEqual([]);
});

test.each(['dormant', 'emulator', 'create'] as const)('npm would publish %s as it is, for everybody', async (name) => {
  // No registry is asked. By hand there is no provenance, which only a workflow's build has.
  const env = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' };
  const { stdout, stderr } = await execa('npm', ['publish', packed[name], '--dry-run', '--provenance=false'], { env });
  expect(stdout).toBe(`+ @dormant-m365/${name}@${version}`);
  expect(stderr).toContain('with tag latest and public access (dry-run)');
  expect(stderr).not.toContain('auto-corrected');
});

test('a team’s repository comes to a newer version, with what it has changed', async () => {
  const team = await aTeam(there, 'upgraded');
  const doctor = await team.read('.github/workflows/doctor.yml');
  await team.write('.github/workflows/audit.yml', `${await team.read('.github/workflows/audit.yml')}# our own\n`);
  await team.write('.github/workflows/doctor.yml', `${doctor}# our own\n`);
  const ask = (await team.read('.github/workflows/ask.yml')).replaceAll('branches: [main]', 'branches: [trunk]');
  await team.write('.github/workflows/ask.yml', ask);
  await team.commit('Our own workflows');
  await team.run('git', 'remote', 'rename', 'origin', 'company');
  const tarball = await repack(there.packed.dormant, there.scratch, nextVersion);
  const before = await team.run('git', 'rev-parse', 'HEAD');

  const upgraded = await upgradeTo(there, team, tarball);
  expect(upgraded).toMatchObject({ exitCode: 0 });
  const { from, to, branch, files, next } = JSON.parse(upgraded.stdout);
  expect(next[0]).toBe(`git push --set-upstream company ${branch}`);
  expect([from, to, branch]).toEqual([version, '9.1.0', 'dormant-upgrade/9.1.0']);
  expect(files).toEqual([
    { path: '.github/workflows/audit.yml', kind: 'merged' },
    expect.objectContaining({ path: '.github/workflows/doctor.yml', kind: 'left' }),
  ]);
  // Nothing has moved under the team's hands.
  expect(await team.run('git', 'rev-parse', 'HEAD')).toBe(before);
  expect(await team.run('git', 'status', '--porcelain')).toBe('');

  await team.run('git', 'merge', '--quiet', '--no-edit', branch);
  const changed = (await team.run('git', 'diff', '--name-only', before, 'HEAD')).split('\n');
  expect(changed.sort()).toEqual(['.github/workflows/audit.yml', 'package-lock.json', 'package.json']);
  expect(await team.read('.github/workflows/ask.yml')).toBe(ask);
  expect(await team.read('.github/workflows/audit.yml')).toMatch(/^# of the next version\n[\s\S]+# our own\n$/);
  expect(await team.read('.github/workflows/doctor.yml')).toBe(`${doctor}# our own\n`);
  await team.run('npm', 'ci', '--omit=optional', '--prefer-offline', '--no-audit');
  expect(await team.run('npx', 'dormant', '--version')).toMatch(/^9\.1\.0 /);
  const body = await readFile(join(team.folder, 'out/upgrade/9.1.0.md'), 'utf8');
  for (const words of [
    'Something new.',
    'Tell HR.',
    'doctor.yml` is left as you have it',
    'What stays',
    'Upgrade preview',
  ])
    expect(body).toContain(words);
});
