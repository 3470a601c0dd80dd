// Starts the programs of others: installers, which are quiet unless they fail, and the clients, which get nothing of this
// process's environment but what is listed here.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a program needs to start at all; no secret of the machine is among it. */
const passedOn = ['PATH', 'TMPDIR', 'LANG', 'SystemRoot'];
/** What installers are set up by on a machine: their caches, mirrors, proxies and whom they trust. */
const toolSettings =
  /^(HOME|USERPROFILE|APPDATA|LOCALAPPDATA|npm_config_.*|PIP_.*|GO[A-Z]+|CARGO_.*|RUSTUP_.*|JAVA_HOME|MAVEN_.*|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)$/i;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export class ToolFailure extends Error {}

/** Runs an installer or a compiler in a folder; rejects with what it said if it fails. */
export async function runTool(
  program: string,
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const isPassedOn = (name: string) => passedOn.includes(name) || toolSettings.test(name);
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => isPassedOn(name)));
  const ended = await runProcess([program, ...args], folder, { ...inherited, ...env }, 30 * 60_000);
  if (ended.code === 0) return;
  const said = `${ended.stdout}\n${ended.stderr}`.trim().split('\n').slice(-15).join('\n');
  throw new ToolFailure(`\`${program} ${args.join(' ')}\` failed:\n${said}`);
}

/** Runs a client in a folder with this environment and PATH. */
export function runClientProgram(
  command: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const inherited = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  return runProcess(command, folder, { ...inherited, ...env }, 5 * 60_000);
}

/** In a process group of its own, so that whatever it has started ends with it. */
async function runProcess(
  [program = '', ...args]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
  limitMs: number,
): Promise<Ended> {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const end = () => endGroup(child.pid);
  const timer = setTimeout(end, limitMs);
  process.once('exit', end);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
    process.off('exit', end);
  }
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** The first of these programs that this machine does not have; null: it has all. */
export function findMissingProgram(programs: readonly string[]): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return programs.find((program) => !folders.some((folder) => isProgram(join(folder, program)))) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
