// The archives of the Pulumi CLI and the azuread plugin: their names, where they are released, and the hash that vouches for each.
import { readFile } from 'node:fs/promises';
import { arch, platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { version as pulumiVersion } from '@pulumi/pulumi/version.js';
import Type, { type Static } from 'typebox';
import manifest from '../../../package.json' with { type: 'json' };
import { nullable, strictObject } from '../../../policy/schemas/parts.ts';
import { parseYaml } from '../../../policy/yaml/parse-yaml.ts';

/**
 * null: nobody has vouched for that archive, so it is not downloaded. The CLI is then built from its Go module, and the plugin is
 * not run. Windows has none: its archives are of another kind, and no apply runs there.
 */
export const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'] as const;
type Platform = (typeof platforms)[number];

const sha256 = nullable(Type.String({ pattern: '^[0-9a-f]{64}$' }));

const Pinned = strictObject({
  version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
  /** Where the hashes were published. */
  from: Type.String(),
  sha256: strictObject({
    'linux-x64': sha256,
    'linux-arm64': sha256,
    'darwin-x64': sha256,
    'darwin-arm64': sha256,
  } satisfies Record<Platform, typeof sha256>),
});

const Checksums = strictObject({ pulumi: Pinned, azuread: Pinned });
export type Checksums = Static<typeof Checksums>;
export type Program = keyof Checksums;

export const checksumsPath = 'stacks/engine/pulumi-cli/checksums.json';
export const checksumsFile = fileURLToPath(new URL('checksums.json', import.meta.url));

/** The versions that package.json pins. */
export const versions: Readonly<Record<Program, string>> = {
  pulumi: pulumiVersion,
  azuread: manifest.dependencies['@pulumi/azuread'],
};

interface Release {
  title: string;
  repository: string;
  /** Where Pulumi also puts each archive. */
  mirror: string;
  nameArchive(version: string, os: string, cpu: string): string;
  /** Of the release: `<hash>  <archive>` a line. */
  nameChecksums(version: string): string;
}

/**
 * Names of the archives: https://github.com/pulumi/get.pulumi.com/blob/master/dist/install.sh and, of plugins,
 * https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/go/common/workspace/plugins.go. Of the files of checksums:
 * https://github.com/pulumi/pulumi/blob/v3.250.0/.github/workflows/sign.yml (`sha256sum`) and
 * https://github.com/pulumi/pulumi-azuread/blob/v6.9.1/.github/workflows/publish.yml (`shasum`, which is SHA-1).
 */
export const releases: Readonly<Record<Program, Release>> = {
  pulumi: {
    title: 'Pulumi CLI',
    repository: 'pulumi/pulumi',
    mirror: 'https://get.pulumi.com/releases/sdk',
    nameArchive: (version, os, cpu) => `pulumi-v${version}-${os}-${cpu}.tar.gz`,
    nameChecksums: (version) => `pulumi-${version}-checksums.txt`,
  },
  azuread: {
    title: 'azuread plugin',
    repository: 'pulumi/pulumi-azuread',
    mirror: 'https://get.pulumi.com/releases/plugins',
    nameArchive: (version, os, cpu) =>
      `pulumi-resource-azuread-v${version}-${os}-${cpu === 'x64' ? 'amd64' : cpu}.tar.gz`,
    nameChecksums: (version) => `pulumi-azuread_${version}_checksums.txt`,
  },
};

/** An archive that somebody has vouched for. */
export interface Archive {
  /** For messages. */
  title: string;
  version: string;
  sha256: string;
  urls: readonly string[];
}

/** Throws `InvalidInput` with the line and the field. */
export async function readChecksums(): Promise<Checksums> {
  return parseChecksums(await readFile(checksumsFile, 'utf8'));
}

/** JSON, which is YAML: below `stacks/` a YAML file is a stack's, and any other is refused as stray. */
export function parseChecksums(text: string): Checksums {
  return parseYaml(Checksums, checksumsPath, text).value;
}

/** As in the file: `linux-x64`. */
export function getPlatform(): string {
  return `${platform}-${arch}`;
}

export function nameArchive(program: Program, version: string, target: string): string {
  const [os = '', cpu = ''] = target.split('-');
  return releases[program].nameArchive(version, os, cpu);
}

/** null: nobody has vouched for the program of this version on this platform. */
export function findArchive(checksums: Checksums, program: Program, target = getPlatform()): Archive | null {
  const { version, sha256 } = checksums[program];
  const hash = new Map<string, string | null>(Object.entries(sha256)).get(target) ?? null;
  if (hash === null || version !== versions[program]) return null;
  const { title, repository, mirror } = releases[program];
  const name = nameArchive(program, version, target);
  const urls = [`https://github.com/${repository}/releases/download/v${version}/${name}`, `${mirror}/${name}`];
  return { title, version, sha256: hash, urls };
}
