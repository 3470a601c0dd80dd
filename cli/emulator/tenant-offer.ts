// Where the embedded tenant is not installed: which package would bring it here, whether somebody wants it, and npm to install it.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';
import { askYes, type Terminal } from '../ask-yes.ts';
import { findInstalledFolder, isOfCheckout } from '../installed-folder.ts';
import { version } from '../version.ts';

export interface TenantOffer {
  /** The one that has the program in its node_modules. */
  folder: string;
  /** What npm is asked to install: this very version, or the tarball beside the one that the program came out of. */
  spec: string;
}

/** `program`: a file of it. Null where nothing can be added: it runs from its source, or `folder` is none that has it installed. */
export async function findTenantOffer(program: string, folder: string): Promise<TenantOffer | null> {
  const home = isOfCheckout(program) ? null : findInstalledFolder(folder, program);
  if (home === null) return null;
  return { folder: home, spec: (await findTarball(home)) ?? `@dormant-m365/emulator@${version}` };
}

/** Of a build that no registry has: `npm run package` puts both into one folder. */
async function findTarball(home: string): Promise<string | null> {
  const { dependencies = {} } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const [, own] = /^file:(.+\.tgz)$/.exec(dependencies['@dormant-m365/dormant'] ?? '') ?? [];
  if (own === undefined) return null;
  const path = join(dirname(resolve(home, own)), `dormant-m365-emulator-${version}.tgz`);
  return existsSync(path) ? `file:${path}` : null;
}

interface Surroundings {
  stdin: { isTTY?: boolean };
  stdout: { isTTY?: boolean };
  env: { CI?: string | undefined };
}

/** A shell that takes `--env`, a program that takes the JSON line, and a job of CI are nobody who could answer. */
export function canBeAsked({ stdin, stdout, env }: Surroundings): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && !env.CI;
}

/** Ctrl-C is a no. */
export async function askToInstall({ spec }: TenantOffer, terminal: Terminal = {}): Promise<boolean> {
  const message = `The embedded tenant is a package of its own. Install ${spec} as a development dependency here?`;
  return askYes(message, { isYes: true }, terminal);
}

export function buildInstallCommand({ spec }: TenantOffer): string[] {
  return ['npm', 'install', '--save-dev', '--save-exact', spec];
}

/** npm shows by itself how far it is. Throws `npm-failed`. */
export async function installTenant(offer: TenantOffer): Promise<void> {
  const [npm = '', ...args] = buildInstallCommand(offer);
  const { exitCode } = await execa(npm, [...args, '--no-audit', '--no-fund'], {
    cwd: offer.folder,
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
  });
  if (exitCode === 0) return;
  throw new DormantError('npm-failed', 'npm could not install the embedded tenant; above it says why.', {
    where: join(offer.folder, 'package.json'),
    remedy: `Run there, where the registry is reachable: ${buildInstallCommand(offer).join(' ')}`,
  });
}
