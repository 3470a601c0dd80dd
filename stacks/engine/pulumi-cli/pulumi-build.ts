// Builds the Pulumi CLI from its Go module, for a machine that reaches a Go proxy but not the internet, and for a platform whose
// archive nobody has vouched for. go.mod and go.sum beside it pin every module; no other is used.
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { ExecaError, execa } from 'execa';
import { DormantError } from '../../../policy/errors.ts';
import { checksumsPath } from './checksums.ts';
import { keepToolVariables } from './tool-environment.ts';

/** Takes a sentence about the progress of a slow step. */
export type ReportProgress = (sentence: string) => void;

const moduleFolder = fileURLToPath(new URL('.', import.meta.url));
const cliPackage = 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi';
const versionVariable = 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version';
// Without cgo the build needs no C compiler and the program runs with any libc, as Pulumi's own releases do.
// GOGC: a compiler ends before collecting garbage pays.
const settings = { CGO_ENABLED: '0', GOWORK: 'off', GOGC: '400' };

/**
 * What the engine does not run here, or only while it waits for a network: readers of OpenAPI for `pulumi cloud`, service meshes, the
 * colours of source code, git, clients of clouds. Half of all compiling is for these, and almost half of that is for inlining: 66
 * packages took 36 s of processor time with it and 20 s without. Not optimising them at all (`-N`) saves nothing more.
 */
const cold = [
  'github.com/pb33f/...',
  'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi/cloud',
  'github.com/envoyproxy/...',
  'github.com/alecthomas/...',
  'github.com/pgavlin/...',
  'github.com/go-git/...',
  'github.com/aws/...',
  'github.com/Azure/...',
  'cloud.google.com/...',
];

/**
 * The last flag that fits a package counts. The linker's `-w` leaves out what debuggers read, so it is not made at all. Without these
 * flags and GOGC a build takes 292 s of processor time, with them 200 (two cores: 1:55 min); the command starts as fast (0.17 s).
 */
const compilerFlags = ['-gcflags=all=-dwarf=false', ...cold.map((pattern) => `-gcflags=${pattern}=-dwarf=false -l`)];

/** Go is not this repository's, and needs none of a job's tokens. */
function buildEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...keepToolVariables(env), ...settings };
}

interface BuildOptions {
  env: NodeJS.ProcessEnv;
  say: ReportProgress;
  /** Why it is not downloaded, as a clause. */
  because: string;
}

/**
 * Puts `bin/pulumi` (110 MB) below `root` in one rename: two to three minutes on 2 idle cores, and 3 GB of Go's caches.
 * Throws `pulumi-cli-missing` without a usable Go or for another version than the module's, `pulumi-cli-build` with Go's
 * output.
 */
export async function buildPulumi(root: string, version: string, { env, say, because }: BuildOptions): Promise<void> {
  await requireModule(version);
  const goEnv = buildEnvironment(env);
  await requireGo(version, goEnv, because);
  await mkdir(root, { recursive: true });
  await removeUnfinished(root);
  const unfinished = await mkdtemp(join(root, 'building-'));
  try {
    const program = platform === 'win32' ? 'pulumi.exe' : 'pulumi';
    await compile(join(unfinished, program), version, { env: goEnv, say, because });
    await mkdir(join(root, 'bin'), { recursive: true });
    await rename(join(unfinished, program), join(root, 'bin', program));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** go.mod pins one version: if only the SDK was updated, the build would be an older engine under the new version's name. */
async function requireModule(version: string): Promise<void> {
  const text = await readFile(join(moduleFolder, 'go.mod'), 'utf8');
  const [, pinned = 'none'] = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(text) ?? [];
  if (pinned === version) return;
  throw new DormantError(
    'pulumi-cli-missing',
    `@pulumi/pulumi is ${version}. The Pulumi CLI of that version is not on this machine and is not downloaded, and stacks/engine/pulumi-cli builds ${pinned}.`,
    {
      remedy: `Set @pulumi/pulumi back to ${pinned} in package.json, or raise stacks/engine/pulumi-cli/go.mod to v${version} and fill ${checksumsPath} with \`npm run pulumi-checksums\`.`,
    },
  );
}

/** Runs in the module's folder, so that Go itself compares its version with go.mod's. */
async function requireGo(version: string, env: NodeJS.ProcessEnv, because: string): Promise<void> {
  try {
    await execa('go', ['env', 'GOVERSION'], { cwd: moduleFolder, env, extendEnv: false });
  } catch (error) {
    const reason =
      error instanceof ExecaError && error.stderr ? getLastLines(error.stderr, 1) : 'there is no go on the PATH';
    throw new DormantError(
      'pulumi-cli-missing',
      `The Pulumi CLI ${version} is not on this machine: ${because}. It cannot be built either: ${reason}.`,
      {
        remedy:
          'Let this machine reach github.com or get.pulumi.com, or install Go (https://go.dev/dl/; the version that stacks/engine/pulumi-cli/go.mod names, or newer), then run the same command again.',
        cause: error,
      },
    );
  }
}

/** The 110 MB that a killed build left. Called under the machine's lock. */
async function removeUnfinished(root: string): Promise<void> {
  const unfinished = (await readdir(root)).filter((name) => name.startsWith('building-'));
  await Promise.all(unfinished.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

async function compile(program: string, version: string, { env, say, because }: BuildOptions): Promise<void> {
  const title = `building the Pulumi CLI ${version}, once on this machine`;
  const go = { env, because };
  const list = await runGo(['list', '-mod=readonly', '-deps', cliPackage], go, (modules, time) =>
    say(`${title}: ${modules} modules downloaded, ${time}`),
  );
  const packages = list.split('\n').length;
  const linking = ['-ldflags', `-s -w -X ${versionVariable}=v${version}`, '-o', program];
  await runGo(
    ['build', '-mod=readonly', '-trimpath', '-v', ...compilerFlags, ...linking, cliPackage],
    go,
    (done, time) => say(`${title}: ${done} of ${packages} packages compiled, ${time}`),
  );
}

/**
 * Returns go's output. `report` is called once a second with the number of lines on standard error (one per downloaded
 * module or compiled package) and the time since the start.
 */
async function runGo(
  args: string[],
  { env, because }: Omit<BuildOptions, 'say'>,
  report: (lines: number, time: string) => void,
): Promise<string> {
  const started = performance.now();
  const run = execa('go', args, { cwd: moduleFolder, env, extendEnv: false });
  let lines = 0;
  const timer = setInterval(() => report(lines, formatElapsed(performance.now() - started)), 1_000);
  try {
    for await (const line of run.iterable({ from: 'stderr' })) if (line) lines += 1;
    return (await run).stdout;
  } catch (error) {
    const output = error instanceof ExecaError ? getLastLines(error.stderr, 12) : String(error);
    const message = `The Pulumi CLI has to be built: ${because}. Building it failed; Go said:\n${output}`;
    throw new DormantError('pulumi-cli-build', message, {
      where: moduleFolder,
      remedy: 'Fix what Go names and run the same command again; it reuses what is already compiled.',
      cause: error,
    });
  } finally {
    clearInterval(timer);
  }
}

function formatElapsed(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function getLastLines(text: unknown, count: number): string {
  return String(text ?? '')
    .trim()
    .split('\n')
    .slice(-count)
    .join('\n');
}
