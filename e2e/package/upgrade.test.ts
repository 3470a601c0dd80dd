// A team's repository comes to run another version, by one branch that merges cleanly.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../cli/version.ts';
import { type InstalledPackage, useInstalledPackage } from './installed-package.fixture.ts';
import { aTeam, nextVersion, repack, upgradeTo } from './upgrade.fixture.ts';

let there: InstalledPackage;

useInstalledPackage((installed) => {
  there = installed;
});

test('a team’s repository comes to a newer version, with what it has changed', async () => {
  const team = await aTeam(there, 'upgraded');
  const doctor = await team.read('.github/workflows/doctor.yml');
  await team.write('.github/workflows/audit.yml', `${await team.read('.github/workflows/audit.yml')}# our own\n`);
  await team.write('.github/workflows/doctor.yml', `${doctor}# our own\n`);
  await team.commit('Our own workflows');
  const tarball = await repack(there.packed.dormant, there.scratch, nextVersion);
  const before = await team.run('git', 'rev-parse', 'HEAD');

  const upgraded = await upgradeTo(there, team, tarball);
  expect(upgraded).toMatchObject({ exitCode: 0 });
  const { from, to, branch, files } = JSON.parse(upgraded.stdout);
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
