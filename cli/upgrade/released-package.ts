// A version of Dormant, installed by npm beside the repository that is to run it: what is new in it is asked of itself.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { packageName, renderTeamManifest } from '../new-repository/render-files.ts';
import { runNpm } from '../new-repository/run-npm.ts';
import type { Formats } from './formats.ts';

export interface ReleasedPackage {
  /** Where it is installed. */
  folder: string;
  version: string;
  /** The newest formats that it reads. */
  formats: Formats;
}

/**
 * Into `folder`, which is new, with the registry that the repository's .npmrc names. `source`: a version, a tag such as
 * `latest`, or `file:` with a tarball. Its scripts are those of a team's repository. Throws `npm-failed`.
 */
export async function installPackage(source: string, folder: string, repository: string): Promise<ReleasedPackage> {
  await writeFile(join(folder, 'package.json'), renderTeamManifest('installed', source));
  await copyFile(join(repository, '.npmrc'), join(folder, '.npmrc')).catch(ignoreAbsent);
  const args = ['install', '--omit=dev', '--omit=optional', '--ignore-scripts', '--prefer-offline'];
  await runNpm(args, folder, {
    failed: `npm could not install ${packageName} ${source}`,
    remedy: 'Name a version that is published; nothing was changed.',
  });
  return readPackage(join(folder, 'node_modules', packageName));
}

/** The one that the repository has in its node_modules, where that is the version that its lockfile names; else null. */
export async function findInstalled(repository: string): Promise<ReleasedPackage | null> {
  const path = join('node_modules', packageName);
  const lockfile = await openWorkingTree(repository).read('package-lock.json');
  const manifest = await openWorkingTree(repository).read(join(path, 'package.json'));
  if (lockfile === null || manifest === null) return null;
  const locked = JSON.parse(lockfile).packages?.[path.replaceAll('\\', '/')]?.version;
  return JSON.parse(manifest).version === locked ? readPackage(join(repository, path)) : null;
}

async function readPackage(folder: string): Promise<ReleasedPackage> {
  const { version, formats } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { folder, version, formats };
}

/** What a repository of that version begins with, but for its lockfile: written by that version itself. */
export async function writeBeginning({ folder }: ReleasedPackage, into: string, source: string): Promise<void> {
  const args = [join(folder, 'cli/bin.js'), 'init', '--new', into, '--package', source, '--no-lockfile', '--json'];
  const { exitCode, stderr } = await execa(process.execPath, args, { reject: false, env: hideSecrets(process.env) });
  if (exitCode !== 0)
    throw new DormantError('upgrade-stopped', `That version could not say what it generates: ${stderr}`);
}

/** For a version that nobody here has reviewed yet: variables that hold a token, a key or a password, as `undefined`. */
export function hideSecrets(env: NodeJS.ProcessEnv): Record<string, undefined> {
  const names = Object.keys(env).filter((name) => /TOKEN|SECRET|PASS|KEY|CREDENTIAL/i.test(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
