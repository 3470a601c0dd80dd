// A team from its first day to its first upgrade, by what is packed: made, audited, proposed, merged, applied, upgraded, applied.
import { readFileSync } from 'node:fs';
import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, expect, test } from 'vitest';
import { parseChangelog } from '../../cli/upgrade/changelog.ts';
import { version } from '../../cli/version.ts';
import { type Company, createCompany, stack } from '../../demo/company.ts';
import { readAccountFiles } from '../../demo/proof.ts';
import { countEarlier, writeAsEarlier } from '../older-state.fixture.ts';
import { listWrites } from '../soak/tenant-writes.ts';
import {
  type InstalledPackage,
  installNode,
  installPackages,
  locateProgram,
  useInstalledPackage,
} from './installed-package.fixture.ts';
import { repack } from './upgrade.fixture.ts';

const root = join(import.meta.dirname, '..', '..');
let there: InstalledPackage;

useInstalledPackage((installed) => {
  there = installed;
});

afterEach(() => {
  delete process.env.DORMANT_STORY_NODE;
  delete process.env.DORMANT_STORY_PROGRAM;
});

interface Upgrade {
  node: string;
  /** A version that is on npm, `packed` or `copied`. */
  from: string;
}

/** This version, as it is packed. */
const packed = 'this version';
/** Dormant's own repository, as teams had it before there was a package. */
const copied = 'a copy';

/** From a copy and each earlier release to what is packed, and from that to the next. */
const upgrades: Upgrade[] = [
  { node: '24.21.0', from: copied },
  ...listEarlierReleases().map((from) => ({ node: '24.21.0', from })),
  ...['22.18.0', '24.21.0'].map((node) => ({ node, from: packed })),
];

test.each(upgrades)(
  'people in every stage and in the archive are as they were after an upgrade from $from, and go on, on Node $node',
  async ({ node: wanted, from }) => {
    const node = await installNode(wanted);
    Object.assign(process.env, { DORMANT_STORY_NODE: node });
    const folder = join(there.scratch, `${wanted}-${from}`);
    const company = await createCompany(folder, { users: 160, seed: 7 });
    try {
      if (from === copied) await becomeCopy(company);
      else await becomeTeam(company, node, from === packed ? there.packed.dormant : from);
      for (let week = 0; week < 6; week++) await runWeek(company);
      const stages = new Set((await readAccountFiles(company)).map(({ stage }) => stage));
      expect([...stages].sort()).toEqual(['delicense', 'disable', 'notify', 'review']);
      const files = await readPeopleFiles(company);
      expect(files.size).toBeGreaterThan((await readAccountFiles(company)).length);

      const to = from === packed ? '9.1.0' : version;
      const tarball = await repack(there.packed.dormant, there.scratch, { version: to });
      await upgradeTo(company, to, tarball);
      expect(await company.dormant('--version')).toContain(`${to} (commit`);
      expect(await readPeopleFiles(company)).toEqual(files);

      const state = join(company.repository, 'out', stack, 'state/.pulumi/stacks/dormant', `${stack}.json`);
      await writeAsEarlier(state);
      const { log } = company.tenant;
      const since = log.last;
      await company.dormant('apply', stack);
      expect(listWrites(log, since)).toEqual([]);
      expect(await countEarlier(state)).toBe(0);

      await runWeek(company);
      expect(await readPeopleFiles(company)).not.toEqual(files);
    } finally {
      await company.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);

function useProgramOf(folder: string): void {
  process.env.DORMANT_STORY_PROGRAM = locateProgram(folder);
}

/** Of the changelog's dated versions, all but this one. */
function listEarlierReleases(): string[] {
  const text = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');
  return parseChangelog(text).flatMap((section) =>
    section.releasedOn !== null && section.version !== version ? section.version : [],
  );
}

/** The story's own repository, with all the code. */
async function becomeCopy({ repository, git }: Company): Promise<void> {
  const archive = join(there.scratch, 'copy.tar');
  await execa('git', ['-C', root, 'archive', '--format=tar', `--output=${archive}`, 'HEAD']);
  await execa('tar', ['-x', '-f', archive, '-C', repository, '--skip-old-files']);
  await writeFile(join(repository, '.gitignore'), 'node_modules\nout/\n');
  await symlink(join(root, 'node_modules'), join(repository, 'node_modules'));
  await commitBeginning(repository, git);
  process.env.DORMANT_STORY_PROGRAM = join(repository, 'cli/dormant.ts');
}

/** The story's own repository, with all that `init --new` writes and it has not. `source`: a version, or a tarball. */
async function becomeTeam({ repository, git }: Company, node: string, source: string): Promise<void> {
  const isTarball = source.endsWith('.tgz');
  useProgramOf(isTarball ? there.installed : await installPackages(`@dormant-m365/dormant@${source}`));
  const made = `${repository}-new`;
  await execa(node, [process.env.DORMANT_STORY_PROGRAM ?? '', 'init', '--new', made, '--package', source]);
  await rm(join(made, '.git'), { recursive: true });
  await cp(made, repository, { recursive: true, force: false });
  await commitBeginning(repository, git);
  await installExactly(repository);
  useProgramOf(repository);
}

/** Weeks that put few people into each stage, and the first ones into the archive. */
async function commitBeginning(repository: string, git: Company['git']): Promise<void> {
  const policy = join(repository, 'policy/policy.yaml');
  await execa('sed', [
    '-i',
    's/archiveAfterDays: .*/archiveAfterDays: 7/; s/newAccountsPerAudit: .*/newAccountsPerAudit: 3/',
    policy,
  ]);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Run Dormant');
  await git('push', '--quiet', 'origin', 'main');
}

/** As the workflows do. */
async function installExactly(repository: string): Promise<void> {
  await rm(join(repository, 'node_modules'), { recursive: true, force: true });
  await execa('npm', ['ci', '--omit=dev', '--omit=optional', '--prefer-offline', '--no-audit'], { cwd: repository });
}

async function runWeek(company: Company): Promise<void> {
  const { dormant, git, tenant } = company;
  await dormant('audit', stack);
  await git('reset', '--quiet', '--hard');
  await git('clean', '--quiet', '--force', '-d', 'stacks');
  await dormant('propose', stack);
  await mergeBranch(company, `origin/dormant/${stack}`);
  await dormant('apply', stack);
  tenant.tenant.clock.advance({ days: 7 });
}

async function mergeBranch({ git }: Company, branch: string): Promise<void> {
  await git('fetch', '--quiet', 'origin');
  await git('merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch);
  await git('push', '--quiet', 'origin', 'main');
}

async function upgradeTo(company: Company, version: string, tarball: string): Promise<void> {
  const { git, dormant, repository } = company;
  for (const [key, value] of [
    ['user.name', 'Riley'],
    ['user.email', 'riley@contoso.com'],
  ] as const)
    await git('config', key, value);
  // In a copy it is somebody's npx that runs it.
  if (process.env.DORMANT_STORY_PROGRAM?.endsWith('.ts')) useProgramOf(there.installed);
  await dormant('upgrade', tarball);
  await mergeBranch(company, `dormant-upgrade/${version}`);
  await installExactly(repository);
  useProgramOf(repository);
}

/** Texts by path, in force and archived. */
async function readPeopleFiles({ repository }: Company): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of ['accounts', 'archive']) {
    const at = join(repository, 'stacks', stack, folder);
    for (const name of await readdir(at)) texts.set(`${folder}/${name}`, await readFile(join(at, name), 'utf8'));
  }
  return texts;
}
