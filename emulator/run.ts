// The embedded tenant as a separate process: prints its addresses and identities, as one line of JSON or as variables of a
// shell, and runs until it is stopped.
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from './emulator.ts';
import { type EmptyRepository, startEmptyRepository } from './github/empty-repository.ts';
import type { EmulatorOptions } from './options.ts';
import { renderShellVariables } from './shell-variables.ts';

/** The printed line. Its secrets are those of a tenant that does not exist. */
interface StartLine {
  readonly url: string;
  readonly graph: string;
  readonly authorityHost: string;
  readonly exchange: string;
  readonly metadataHost: string;
  readonly control: string;
  readonly caFile: string;
  readonly tenantId: string;
  readonly domain: string;
  readonly cloud: string;
  readonly clock: string;
  readonly users: number;
  readonly identities: Record<string, StartIdentity>;
  /** With the option `github`. */
  readonly github?: Omit<EmptyRepository, 'close'>;
}

interface RunOptions {
  /** Prints the variables by which a shell’s clients become this identity, and then nothing more, so that `$(… &)` has its end. */
  readonly shellIdentity?: string | undefined;
  /** Starts a GitHub beside it, with a repository that is called as the tenant’s domain is. */
  readonly hasGitHub?: boolean;
}

interface StartIdentity {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly objectId: string;
  /** PEM file with certificate and key, if the option `certificates` is set. */
  readonly certificateFile?: string;
}

/**
 * Starts, prints to standard output one line of JSON or the variables, and resolves when all is closed after SIGTERM or SIGINT.
 */
export async function runEmulator(
  options: EmulatorOptions,
  { shellIdentity, hasGitHub = false }: RunOptions = {},
): Promise<void> {
  const emulator = await startEmulator(options);
  const { domain, clock } = emulator.tenant;
  const owner = domain.split('.')[0] ?? domain;
  const github = hasGitHub ? await startEmptyRepository(`${owner}/dormant-${owner}`, clock) : null;
  const folder = await mkdtemp(join(tmpdir(), 'dormant-identities-'));
  // Before anything is printed: who reads it may end the process at once, and nothing may be left behind then either.
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  if (shellIdentity === undefined) {
    process.stdout.write(`${JSON.stringify(await buildStartLine(emulator, github, folder))}\n`);
  } else {
    const extraCaFile = await writeExtraAuthorities(emulator, folder);
    writeSync(1, renderShellVariables({ ...emulator, extraCaFile }, shellIdentity, github));
    closeSync(1);
    // Or the next file or connection would be standard output.
    openSync(devNull, 'w');
  }
  await stopped;
  await emulator.close();
  await github?.close();
  await rm(folder, { recursive: true, force: true });
}

/** Node has one such file: what it trusts by it already, such as a company's proxy, it goes on trusting. */
async function writeExtraAuthorities({ caCertificate }: Emulator, folder: string): Promise<string> {
  const { NODE_EXTRA_CA_CERTS: before } = process.env;
  const trusted = before === undefined ? '' : await readFile(before, 'utf8').catch(() => '');
  const path = join(folder, 'trusted.pem');
  await writeFile(path, `${caCertificate}\n${trusted}`);
  return path;
}

async function buildStartLine(emulator: Emulator, github: EmptyRepository | null, folder: string): Promise<StartLine> {
  const { url, tenant, port } = emulator;
  return {
    url,
    graph: `${url}/v1.0`,
    authorityHost: url,
    exchange: `${url}/adminapi/beta/${tenant.id}/InvokeCommand`,
    metadataHost: `localhost:${port}`,
    control: `${url}/_emulator`,
    caFile: emulator.caFile,
    tenantId: tenant.id,
    domain: tenant.domain,
    cloud: tenant.cloud,
    clock: new Date(tenant.clock.now()).toISOString(),
    users: tenant.people.size,
    identities: await writeIdentities(emulator, folder),
    ...(github === null ? {} : { github }),
  };
}

async function writeIdentities({ identities }: Emulator, folder: string): Promise<StartLine['identities']> {
  const entries = Object.values(identities).map(async ({ name, certificate, ...known }) => {
    const file = join(folder, `${name}.pem`);
    if (certificate) await writeFile(file, certificate.pem, { mode: 0o600 });
    return [name, { ...known, ...(certificate ? { certificateFile: file } : {}) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
