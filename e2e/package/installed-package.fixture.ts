// The package as a stranger has it: built, packed, and installed in an empty folder from its tarball and the registry. For a release
// DORMANT_PACKAGES names the folder of what was built already, and DORMANT_PACKAGE_NODE the version of Node that all of it runs on.
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { arch, platform } from 'node:process';
import { execa } from 'execa';
import { afterAll, beforeAll } from 'vitest';
import { version } from '../../cli/version.ts';
import { runWithMachineLock } from '../../stacks/engine/pulumi-cli/machine-lock.ts';

const root = join(import.meta.dirname, '..', '..');

interface PackedPackages {
  folder: string;
  dormant: string;
  emulator: string;
  create: string;
}

export interface InstalledPackage {
  packed: PackedPackages;
  /** The folder that has it in its node_modules, and the few files that `npm create` starts. */
  installed: string;
  /** An empty one. */
  scratch: string;
}

/** Once for all tests of a file, and removed after them. `keep` gets it before the first. */
export function useInstalledPackage(keep: (there: InstalledPackage) => void): void {
  const folders: string[] = [];
  beforeAll(async () => {
    const packed = await providePackages();
    const { DORMANT_PACKAGE_NODE: node, PATH } = process.env;
    if (node !== undefined) process.env.PATH = `${dirname(await installNode(node))}${delimiter}${PATH}`;
    const installed = await installPackages(packed.dormant, packed.create);
    const scratch = await mkdtemp(join(tmpdir(), 'dormant-scratch-'));
    folders.push(installed, scratch);
    keep({ packed, installed, scratch });
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
}

/** What a release has built, or what is built once for all test files of this run. */
export async function providePackages(): Promise<PackedPackages> {
  const { DORMANT_PACKAGES: given, TESTS_RUN_FOLDER = '' } = process.env;
  if (given !== undefined) return findPackages(resolve(root, given));
  const packed = findPackages(join(TESTS_RUN_FOLDER, 'packages'));
  const done = join(packed.folder, 'done');
  await runWithMachineLock(
    `${packed.folder}.lock`,
    () => {},
    async () => {
      if (existsSync(done)) return;
      await packInto(packed.folder);
      await writeFile(done, '');
    },
  );
  return packed;
}

/** `npm run package` into a new folder, or into one below it. Returns the tarballs by the package's name, such as `dormant`. */
export async function packAll(below = '.'): Promise<PackedPackages> {
  const folder = join(await mkdtemp(join(tmpdir(), 'dormant-packages-')), below);
  await packInto(folder);
  return findPackages(folder);
}

async function packInto(folder: string): Promise<void> {
  await execa('node', [join(root, 'tools/package.ts'), folder], { cwd: root });
}

function findPackages(folder: string): PackedPackages {
  const find = (name: string) => join(folder, `dormant-m365-${name}-${version}.tgz`);
  return { folder, dormant: find('dormant'), emulator: find('emulator'), create: find('create') };
}

/** The folder that it is installed in, as the workflows install: without what is for developers. */
export async function installPackages(...tarballs: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-installed-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const args = ['install', '--omit=dev', '--omit=optional', '--ignore-scripts', '--prefer-offline', '--no-audit'];
  await execa('npm', [...args, ...tarballs], { cwd: folder });
  return folder;
}

/** The program `dormant` that a folder has in its node_modules. */
export function locateProgram(folder: string): string {
  return join(folder, 'node_modules/@dormant-m365/dormant/cli/bin.js');
}

/** A team's repository on its first day, as `init --new` of what is installed makes it. Returns its folder. */
export async function makeTeam({ packed, installed, scratch }: InstalledPackage, name: string): Promise<string> {
  const team = join(scratch, name);
  const args = ['init', '--new', team, '--package', packed.dormant];
  await execa(process.execPath, [locateProgram(installed), ...args]);
  return team;
}

/** The program of a version of Node, from the registry. */
export async function installNode(version: string): Promise<string> {
  const name = `node-${platform}-${arch}`;
  return join(await installAlone(name, version), name, 'bin/node');
}

/** The folder of the programs of a version of npm, from the registry. */
export async function installNpm(version: string): Promise<string> {
  return join(await installAlone('npm', version), '.bin');
}

/** Returns the node_modules that have it. */
async function installAlone(name: string, version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-node-'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  await execa('npm', ['install', '--prefer-offline', '--no-audit', `${name}@${version}`], { cwd: folder });
  return join(folder, 'node_modules');
}
