// The Pulumi CLI of exactly the SDK's version, once per machine: its released archive where a hash vouches for it, else built from
// its Go module, for which go.sum does. No other is run, whatever lies on the PATH or in ~/.pulumi.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { version as pulumiVersion } from '@pulumi/pulumi/version.js';
import { DormantError } from '../../../policy/errors.ts';
import { type Archive, checksumsPath, findArchive, getPlatform, readChecksums } from './checksums.ts';
import { getInstallFolder, type InstallOptions, installAlone, installArchive } from './install-archive.ts';
import { buildPulumi } from './pulumi-build.ts';

/** Tests say what is vouched for; null: nothing. Else checksums.json does. */
type EnsurePulumiOptions = InstallOptions & { archive?: Archive | null };

interface InstalledPulumi {
  command: PulumiCommand;
  /** For people: what it was verified by. */
  vouchedForBy: string;
}

/**
 * The Pulumi CLI for the Automation API; the first call on a machine may take minutes.
 * Throws `pulumi-cli-missing` when it can be neither downloaded nor built, `pulumi-cli-build` when building failed,
 * `InvalidInput` when checksums.json is not in order.
 */
export async function ensurePulumi(options: EnsurePulumiOptions): Promise<PulumiCommand> {
  const archive = options.archive === undefined ? await findPulumiArchive() : options.archive;
  return ((await findPulumi(archive, options.env)) ?? (await install(archive, options))).command;
}

export async function findPulumiArchive(): Promise<Archive | null> {
  return findArchive(await readChecksums(), 'pulumi');
}

/** The CLI that was verified and installed; null if there is none. */
export async function findPulumi(archive: Archive | null, env: NodeJS.ProcessEnv): Promise<InstalledPulumi | null> {
  const unpacked = archive === null ? null : await findIn(getArchiveFolder(archive, env));
  if (unpacked !== null) return { command: unpacked, vouchedForBy: 'the SHA-256 of its archive' };
  const built = await findIn(await getBuildFolder(env));
  return built === null ? null : { command: built, vouchedForBy: 'the go.sum of its module, from which it was built' };
}

function getArchiveFolder({ version, sha256 }: Archive, env: NodeJS.ProcessEnv): string {
  return getInstallFolder(env, 'pulumi', version, sha256);
}

/**
 * Another go.sum is another folder, as another hash is. The compiler's flags are not in it: they change how long the build takes and
 * how fast some of it runs, not what it does, so what was built with others stays good and nobody builds it again for them.
 */
async function getBuildFolder(env: NodeJS.ProcessEnv): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum']) hash.update(await readFile(new URL(name, import.meta.url)));
  return getInstallFolder(env, 'pulumi', pulumiVersion, `go.sum-${hash.digest('hex')}`);
}

/** Runs it: a half written file does not print its version. */
async function findIn(root: string): Promise<PulumiCommand | null> {
  const isThere = ['pulumi', 'pulumi.exe'].some((file) => existsSync(join(root, 'bin', file)));
  if (!isThere) return null;
  const command = await PulumiCommand.get({ root }).catch(() => null);
  return command?.version?.version === pulumiVersion ? command : null;
}

async function install(archive: Archive | null, options: EnsurePulumiOptions): Promise<InstalledPulumi> {
  const { env, say = () => {} } = options;
  const folder = await getBuildFolder(env);
  return installAlone(folder, `Pulumi CLI ${pulumiVersion}`, say, async () => {
    const installed = await findPulumi(archive, env);
    if (installed) return installed;
    const why = await tryToDownload(archive, options);
    const downloaded = why === null ? await findPulumi(archive, env) : null;
    if (downloaded) return downloaded;
    const because = why ?? 'what its archive holds does not run here';
    say(`the Pulumi CLI ${pulumiVersion} has to be built: ${because}`);
    await buildPulumi(folder, pulumiVersion, { env, say, because });
    const built = await findPulumi(null, env);
    if (built) return built;
    throw new DormantError('pulumi-cli-build', `The Pulumi CLI that was built does not run as ${pulumiVersion}.`, {
      where: join(folder, 'bin'),
      remedy: 'Delete that folder and run the same command again.',
    });
  });
}

/** Returns why it was not, as a clause; null: it was. */
async function tryToDownload(archive: Archive | null, options: InstallOptions): Promise<string | null> {
  if (archive === null) return `${checksumsPath} has no SHA-256 of its archive for ${getPlatform()}`;
  return installArchive(archive, getArchiveFolder(archive, options.env), { strip: 1, into: 'bin' }, options);
}
