// One client against one tenant of its own: installed, started as its user would start it, and held against what really happened.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Emulator } from '../emulator.ts';
import { hostnames, readTruth, startClientTenant, type Truth } from './client-tenant.ts';
import { type Client, clientsFolder } from './clients.ts';
import { type HostProxy, startHostProxy } from './host-proxy.ts';
import { installClient } from './install-client.ts';
import { type JudgedStep, judgeSteps, listMissingSteps, type SaidStep } from './judge-steps.ts';
import { findMissingProgram, runClientProgram, runTool, ToolFailure } from './run-process.ts';

export interface ClientRun {
  readonly client: string;
  readonly package: string;
  readonly version: string;
  readonly reach: Client['reach'];
  /** Why it was not run on this machine; null: it was. */
  readonly notRun: string | null;
  readonly steps: readonly JudgedStep[];
  /** What the tenant answered with 400 or more, as `METHOD path status`. */
  readonly refused: readonly string[];
}

/** `say`: what goes on, for a person who waits. */
export async function runClient(client: Client, say: (sentence: string) => void): Promise<ClientRun> {
  const { folder: name, package: packageName, reach, toolchain } = client;
  const known = { client: name, package: packageName, version: readPinnedVersion(client), reach };
  const result = { ...known, notRun: null, steps: [], refused: [] };
  const missing = findMissingProgram(toolchain.programs);
  if (missing !== null) return { ...result, notRun: `no ${missing}` };
  const tell = (sentence: string) => say(`${name}: ${sentence}`);
  let folder: string;
  try {
    folder = await installClient(client, tell);
  } catch (error) {
    if (error instanceof ToolFailure) return { ...result, notRun: error.message };
    throw error;
  }
  tell('running …');
  const emulator = await startClientTenant();
  try {
    const truth = await readTruth(emulator);
    const { said, problem } = await runProgram(client, folder, emulator, truth);
    const steps = await judgeSteps(said, emulator, truth);
    if (problem !== null) steps.push({ step: 'program', outcome: 'failed', did: problem });
    for (const step of listMissingSteps(said, client.isForSignIn ?? false))
      steps.push({ step, outcome: 'failed', did: 'its program says nothing of it' });
    return { ...result, steps, refused: listRefusals(emulator) };
  } finally {
    await emulator.close();
  }
}

/** The version that the client's folder pins. */
export function readPinnedVersion({ folder, package: name, toolchain }: Client): string {
  const version = toolchain.readVersion(join(clientsFolder, folder), name);
  if (version !== undefined) return version;
  throw new Error(`${toolchain.pins.join(' and ')} of ${folder} do not pin ${name}.`);
}

interface Said {
  readonly said: readonly SaidStep[];
  /** Why the program did not come to its end; null: it did. */
  readonly problem: string | null;
}

async function runProgram(client: Client, folder: string, emulator: Emulator, truth: Truth): Promise<Said> {
  const home = await mkdtemp(join(tmpdir(), 'stranger-'));
  const proxy = client.reach === 'proxy' ? await startHostProxy(hostnames, emulator.port) : null;
  try {
    const env = { ...(await buildEnvironment(emulator, truth, home, proxy)), PYTHONPATH: dirname(folder) };
    if (client.toolchain.programs.includes('keytool')) await writeTrustStore(emulator, home);
    const { code, stdout, stderr } = await runClientProgram(client.toolchain.getCommand(folder), home, env);
    const said = stdout.split('\n').flatMap(parseLine);
    const problem = code === 0 ? null : `it ended with ${code ?? 'a signal'}: ${stderr.trim().slice(-2000)}`;
    return { said, problem };
  } finally {
    await proxy?.close();
    await rm(home, { recursive: true, force: true });
  }
}

/** What a program of a client reads: names that its own documentation has, and whom the steps are about. */
async function buildEnvironment(
  { url, caFile, tenant, identities }: Emulator,
  { readerId, targetId, groupId }: Truth,
  home: string,
  proxy: HostProxy | null,
): Promise<Record<string, string>> {
  const { clientId = '', clientSecret = '', certificate } = identities.stranger ?? {};
  const certificateFile = join(home, 'application.pem');
  await writeFile(certificateFile, certificate?.pem ?? '', { mode: 0o600 });
  return {
    HOME: home,
    AZURE_TENANT_ID: tenant.id,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_CLIENT_CERTIFICATE_PATH: certificateFile,
    USER_ID: readerId,
    TARGET_ID: targetId,
    GROUP_ID: groupId,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
    // Node's own requests take the proxy of the environment only if they are told to.
    ...(proxy
      ? { HTTPS_PROXY: proxy.url, https_proxy: proxy.url, NODE_USE_ENV_PROXY: '1' }
      : { AZURE_AUTHORITY_HOST: url, GRAPH_URL: url }),
  };
}

/** Java trusts what is in a store of its own. */
function writeTrustStore({ caFile }: Emulator, home: string): Promise<void> {
  const store = ['-keystore', 'trusted.p12', '-storetype', 'PKCS12', '-storepass', 'changeit'];
  return runTool('keytool', ['-importcert', '-noprompt', '-alias', 'tenant', '-file', caFile, ...store], home);
}

/** What a client itself writes between the steps is left out. */
function parseLine(line: string): SaidStep[] {
  if (!line.startsWith('{')) return [];
  try {
    const said: SaidStep = JSON.parse(line);
    return 'step' in said ? [said] : [];
  } catch {
    return [];
  }
}

function listRefusals({ log }: Emulator): string[] {
  const entries = log.listEntries().filter(({ status }) => status >= 400);
  return entries.map(({ method, path, query, status }) => `${method} ${path}${decodeURIComponent(query)} ${status}`);
}
