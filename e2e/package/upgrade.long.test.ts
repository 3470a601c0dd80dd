// Upgrades that are not a team's next one: back again, back where it cannot be, and from a copy of Dormant's own repository.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { reviewerIdentity, startGitHub } from '@dormant-m365/emulator/github';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { version } from '../../cli/version.ts';
import { type InstalledPackage, useInstalledPackage } from './installed-package.fixture.ts';
import { aTeam, nextVersion, repack, startRepository, upgradeTo } from './upgrade.fixture.ts';

const root = join(import.meta.dirname, '..', '..');
let there: InstalledPackage;

useInstalledPackage((installed) => {
  there = installed;
});

test('with a token the upgrade is a pull request, and the repository can go back to what it was', async () => {
  const team = await aTeam(there, 'going-back');
  const before = await team.run('git', 'rev-parse', 'HEAD');
  const tarball = await repack(there.packed.dormant, there.scratch, nextVersion);
  const identities = [reviewerIdentity];
  const standIn = await startGitHub({ gitDirectory: `${team.folder}.git`, repository: 'contoso/dormant', identities });
  onTestFinished(() => standIn.close());
  const github = {
    GITHUB_TOKEN: reviewerIdentity.token,
    GITHUB_REPOSITORY: 'contoso/dormant',
    GITHUB_API_URL: standIn.url,
  };
  const { branch, url, next } = JSON.parse((await upgradeTo(there, team, tarball, github)).stdout);
  const [pull, ...others] = standIn.state.issues;
  expect(others).toEqual([]);
  expect(pull).toMatchObject({
    title: `Upgrade Dormant from ${version} to 9.1.0`,
    body: expect.stringContaining('Tell HR.'),
    pull: { headRef: branch, baseRef: 'main' },
  });
  expect([url, next]).toEqual([expect.stringMatching(/\/pull\/1$/), []]);
  await team.run('git', 'merge', '--quiet', '--no-edit', branch);
  await team.run('git', 'push', '--quiet', 'origin', 'main');
  expect(await upgradeTo(there, team, tarball)).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('"branch": null'),
  });
  const back = await upgradeTo(there, team, there.packed.dormant);
  expect(JSON.parse(back.stdout)).toMatchObject({ from: '9.1.0', to: version });
  await team.run('git', 'merge', '--quiet', '--no-edit', `dormant-upgrade/${version}`);
  expect(await team.run('git', 'diff', '--name-only', before, 'HEAD')).toBe('');
});

test('a version that cannot read what is there is not gone back to, and the files are named', async () => {
  const newest = await repack(there.packed.dormant, there.scratch, {
    version: '9.2.0',
    edits: {
      'package.json': (text) => text.replace('"state": 2', '"state": 3'),
    },
  });
  const team = await aTeam(there, 'newest');
  expect((await upgradeTo(there, team, newest)).exitCode).toBe(0);
  await team.run('git', 'merge', '--quiet', '--no-edit', 'dormant-upgrade/9.2.0');
  await team.run('git', 'push', '--quiet', 'origin', 'main');
  await team.run('npm', 'ci', '--omit=optional', '--prefer-offline', '--no-audit');
  const back = await upgradeTo(there, team, there.packed.dormant);
  expect(back).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot read the state of each stack') });
  expect(await team.run('git', 'branch', '--list', `dormant-upgrade/${version}`)).toBe('');
});

const tenant = `tenantId: 201f272b-c89c-469c-825d-11b264c143ea
cloud: global
audit: { clientId: 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e }
apply: { clientId: 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4f }
notifications: { sender: it@contoso.com, replyTo: it@contoso.com }
timeZone: Europe/Berlin
currency: USD
`;

test('a copy of this repository, with its own values and changes, comes to run the package by one branch that merges cleanly', async () => {
  const folder = join(there.scratch, 'copied');
  await mkdir(folder);
  const archive = join(there.scratch, 'copy.tar');
  await execa('git', ['-C', root, 'archive', '--format=tar', `--output=${archive}`, 'HEAD']);
  await execa('tar', ['-x', '-f', archive, '-C', folder]);
  const copy = await startRepository(folder);
  const own = {
    'policy/policy.yaml': `# ours\n${await copy.read('policy/policy.yaml')}`,
    'exemptions.yaml': `# ours\n${await copy.read('exemptions.yaml')}`,
    'stacks/contoso/tenant.yaml': tenant,
    'stacks/contoso/accounts/ana@contoso.com.yaml': '# written by an audit\nstage: notify\n',
    'stacks/contoso/archive/bo@contoso.com.yaml': '# written by an audit\nstage: delicense\n',
    'notes/ours.md': '# Ours\n',
    'cli/colors.ts': `${await copy.read('cli/colors.ts')}// our change\n`,
  };
  for (const [path, text] of Object.entries(own)) await copy.write(path, text);
  await copy.commit('Adopt');
  const tarball = await repack(there.packed.dormant, there.scratch, nextVersion);
  const upgraded = await upgradeTo(there, copy, tarball);
  expect(upgraded).toMatchObject({ exitCode: 0 });
  const { files, branch } = JSON.parse(upgraded.stdout);
  expect(files.filter(({ kind }: { kind: string }) => kind === 'left')).toEqual([]);
  expect(files).toContainEqual(expect.objectContaining({ path: 'cli/colors.ts', kind: 'removed' }));

  // Meanwhile people go on: what they merge does not conflict with it.
  await copy.write('stacks/contoso/accounts/ana@contoso.com.yaml', '# written by an audit\nstage: review\n');
  await copy.commit('A proposal');
  await copy.run('git', 'merge', '--quiet', '--no-edit', branch);
  const { 'cli/colors.ts': _, ...kept } = own;
  const ana = 'stacks/contoso/accounts/ana@contoso.com.yaml';
  for (const [path, text] of Object.entries(kept)) if (path !== ana) expect(await copy.read(path)).toBe(text);
  expect(await copy.read(ana)).toContain('stage: review');
  const left = (await copy.run('git', 'ls-files')).split('\n');
  expect(left.length).toBeLessThan(30 + Object.keys(own).length);
  await copy.run('npm', 'ci', '--omit=optional', '--prefer-offline', '--no-audit');
  expect(await copy.run('npx', 'dormant', '--version')).toMatch(/^9\.1\.0 /);
  expect(await copy.run('npm', 'run', '-s', 'dormant', '--', 'stacks')).toContain('contoso');
});
