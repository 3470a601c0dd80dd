// For tests of upgrades: the packed version as an earlier or a later one, and repositories that run it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type InstalledPackage, locateProgram, makeTeam } from './installed-package.fixture.ts';

interface NextVersion {
  version: string;
  /** Edits of its files, by path below the package's folder. */
  edits?: Readonly<Record<string, (text: string) => string>>;
}

/** The tarball of another version: the same code, with what its release changes. Returns its path. */
export async function repack(tarball: string, folder: string, { version, edits = {} }: NextVersion): Promise<string> {
  const unpacked = join(folder, version);
  await mkdir(unpacked, { recursive: true });
  await execa('tar', ['-x', '-z', '-f', tarball, '-C', unpacked]);
  const at = join(unpacked, 'package');
  for (const path of new Set([...Object.keys(edits), 'package.json', 'npm-shrinkwrap.json'])) {
    const text = await readFile(join(at, path), 'utf8');
    const versioned = path.endsWith('.json') ? setVersion(text, version) : text;
    await writeFile(join(at, path), edits[path]?.(versioned) ?? versioned);
  }
  const args = ['pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`];
  const { stdout } = await execa('npm', args, { cwd: at });
  return join(folder, JSON.parse(stdout)[0].filename);
}

/** The first of the file is its own. */
function setVersion(text: string, version: string): string {
  return text.replace(/"version": "[^"]*"/, `"version": "${version}"`);
}

export interface TeamRepository {
  folder: string;
  run(command: string, ...args: string[]): Promise<string>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  commit(message: string): Promise<void>;
}

/** A repository with an origin of its own; `folder` is there already, and becomes its first commit. */
export async function startRepository(folder: string): Promise<TeamRepository> {
  const run = async (command: string, ...args: string[]) =>
    (await execa(command, args, { cwd: folder, env: { ...riley, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined } }))
      .stdout;
  const repository: TeamRepository = {
    folder,
    run,
    read: (path) => readFile(join(folder, path), 'utf8'),
    async write(path, text) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    async commit(message) {
      await run('git', 'add', '--all');
      await run('git', 'commit', '--quiet', '--message', message);
      await run('git', 'push', '--quiet', 'origin', 'main');
    },
  };
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', `${folder}.git`]);
  await run('git', 'init', '--quiet', '--initial-branch=main');
  await run('git', 'remote', 'add', 'origin', `${folder}.git`);
  await repository.commit('Begin');
  await run('git', 'remote', 'set-head', 'origin', '--auto');
  return repository;
}

/** A team on its first day, with a policy of its own and a file of an audit. */
export async function aTeam(there: InstalledPackage, name: string): Promise<TeamRepository> {
  const team = await startRepository(await makeTeam(there, name));
  await team.write('policy/policy.yaml', `# ours\n${await team.read('policy/policy.yaml')}`);
  await team.write('stacks/contoso/accounts/ana@contoso.com.yaml', '# written by an audit\nstage: notify\n');
  await team.commit('Our own values');
  return team;
}

/** A release that changes two workflows and asks for something. */
export const nextVersion: NextVersion = {
  version: '9.1.0',
  edits: {
    '.github/workflows/audit.yml': (text) => `# of the next version\n${text}`,
    '.github/workflows/doctor.yml': (text) => `${text}# of the next version\n`,
    'CHANGELOG.md': (text) =>
      text.replace(
        '\n## ',
        '\n## 9.1.0 - 2027-02-01\n\n### Added\n\n- Something new.\n\n### By hand\n\nTell HR.\n\n## ',
      ),
  },
};

/** `dormant upgrade --json` of the installed version, by somebody whom git knows; `github`: the variables that lead to it. */
export function upgradeTo(
  there: InstalledPackage,
  { folder }: TeamRepository,
  tarball: string,
  github: Record<string, string> = {},
) {
  const args = [locateProgram(there.installed), 'upgrade', tarball, '--json', '--repo', folder];
  const env = { ...riley, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined, ...github };
  return execa(process.execPath, args, { reject: false, env });
}

const riley = {
  ...{ GIT_AUTHOR_NAME: 'Riley', GIT_AUTHOR_EMAIL: 'riley@contoso.com' },
  ...{ GIT_COMMITTER_NAME: 'Riley', GIT_COMMITTER_EMAIL: 'riley@contoso.com' },
};
