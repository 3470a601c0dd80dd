// The azuread plugin, which the engine needs only for the quarantine. Only one that a pinned hash vouches for is run: it cannot be
// built from its module, whose program embeds a schema that is made for the release and is in no module
// (https://github.com/pulumi/pulumi-azuread/blob/v6.9.1/provider/cmd/pulumi-resource-azuread/main.go, `schema-embed.json`).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Archive,
  checksumsPath,
  findArchive,
  getPlatform,
  readChecksums,
  versions,
} from './pulumi-cli/checksums.ts';
import { getInstallFolder, type InstallOptions, installAlone, installArchive } from './pulumi-cli/install-archive.ts';

/** The program's SDK asks for exactly this version. */
export const azureadVersion = versions.azuread;

/** Tests say what is vouched for; null: nothing. Else checksums.json does. */
type EnsureAzureadOptions = InstallOptions & { archive?: Archive | null };

/** `folder`: of the plugin. `absence`: why there is none, as a sentence. */
type AzureadPlugin = { folder: string; absence: null } | { folder: null; absence: string };

export async function findAzureadArchive(): Promise<Archive | null> {
  return findArchive(await readChecksums(), 'azuread');
}

/** The folder of the plugin that was verified and installed; null if there is none. */
export function findAzureadPlugin(archive: Archive | null, env: NodeJS.ProcessEnv): string | null {
  if (archive === null) return null;
  const folder = getAzureadFolder(archive, env);
  return existsSync(join(folder, 'pulumi-resource-azuread')) ? folder : null;
}

export function getAzureadFolder({ version, sha256 }: Archive, env: NodeJS.ProcessEnv): string {
  return getInstallFolder(env, 'azuread', version, sha256);
}

/** Downloads it if it is missing. Throws `InvalidInput` when checksums.json is not in order. */
export async function ensureAzureadPlugin(options: EnsureAzureadOptions): Promise<AzureadPlugin> {
  const archive = options.archive === undefined ? await findAzureadArchive() : options.archive;
  if (archive === null) return describeAbsence(describeNoHash());
  const { env, say = () => {} } = options;
  const folder = getAzureadFolder(archive, env);
  if (findAzureadPlugin(archive, env) !== null) return { folder, absence: null };
  const failure = await installAlone(folder, `azuread plugin ${azureadVersion}`, say, async () =>
    findAzureadPlugin(archive, env) === null ? installArchive(archive, folder, { strip: 0, into: '.' }, options) : null,
  );
  if (failure !== null) return describeAbsence(`is not on this machine: ${failure}`);
  if (findAzureadPlugin(archive, env) === null) return describeAbsence('is not in its archive');
  return { folder, absence: null };
}

export function describeNoHash(): string {
  return `is not run, because ${checksumsPath} has no SHA-256 of its archive for ${getPlatform()}`;
}

function describeAbsence(why: string): AzureadPlugin {
  return {
    folder: null,
    absence: `The azuread plugin ${azureadVersion} ${why}. So the quarantine stays as it is.`,
  };
}

/**
 * The engine loads the plugin of everything in its state, even of what it leaves alone, and stops if it cannot. What lies here
 * stands in for it: it starts, and does nothing.
 */
export const noPluginFolder = fileURLToPath(new URL('no-plugin', import.meta.url));
