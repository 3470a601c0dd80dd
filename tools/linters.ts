// actionlint, zizmor and OpenSSF Scorecard, pinned and installed once per machine: from Go modules and from PyPI.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { DormantError } from '../policy/errors.ts';
import { runWithMachineLock } from '../stacks/engine/pulumi-cli/machine-lock.ts';

interface Linter {
  name: string;
  version: string;
  /** The program, relative to the linter's own folder. */
  program: string;
  install(folder: string): Promise<void>;
  missing: string;
  /** How long the first run on a machine waits for it. */
  takes: string;
}

const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
const ending = process.platform === 'win32' ? '.exe' : '';

/** The npm package of this name has version 1.6.22, which knows neither `vars` nor today's runners. */
export const actionlint: Linter = {
  name: 'actionlint',
  version: '1.7.12',
  program: `actionlint${ending}`,
  missing: 'Install Go (https://go.dev/dl), which builds it in seconds.',
  takes: 'seconds',
  async install(folder) {
    const module = `github.com/rhysd/actionlint/cmd/actionlint@v${this.version}`;
    await execa('go', ['install', module], { env: { GOBIN: folder, GOFLAGS: '' } });
  },
};

export const zizmor: Linter = {
  name: 'zizmor',
  version: '1.32.0',
  program: join(bin, `zizmor${ending}`),
  missing: 'Install Python 3 with venv and pip.',
  takes: 'seconds',
  async install(folder) {
    await execa('python3', ['-m', 'venv', folder]);
    const python = join(folder, bin, `python${ending}`);
    await execa(python, ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', `zizmor==${this.version}`]);
  },
};

/**
 * Its first build costs 4 minutes of processor time, downloads 630 MB, and leaves a program of 79 MB and 4 GB in Go's caches: too
 * much for `npm run check`. A run takes seconds. go.mod and go.sum pin every module; no other is used.
 */
export const scorecard: Linter = {
  name: 'scorecard',
  version: '5.5.0',
  program: `scorecard${ending}`,
  missing: 'Install Go (https://go.dev/dl), which builds it in minutes.',
  takes: 'minutes',
  async install(folder) {
    const module = 'github.com/ossf/scorecard/v5';
    await execa('go', ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', folder, module], {
      cwd: fileURLToPath(new URL('scorecard', import.meta.url)),
      // Without cgo it needs no C compiler.
      env: { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' },
    });
  },
};

/** Returns the linter's path; installs it first if it is missing. */
export async function ensureLinter(linter: Linter, say: (sentence: string) => void): Promise<string> {
  const { name, version, program, missing, takes } = linter;
  const folder = join(homedir(), '.dormant', 'tools', `${name}-${version}`);
  const path = join(folder, program);
  const wait = () => say(`Waiting for another process that installs ${name} ${version} …`);
  await runWithMachineLock(`${folder}.lock`, wait, async () => {
    if (existsSync(path)) return;
    say(`Installing ${name} ${version}, which takes ${takes} …`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await linter.install(folder).catch((cause: unknown) => {
      throw new DormantError('linter', `${name} ${version} could not be installed.`, {
        remedy: missing,
        cause,
      });
    });
  });
  return path;
}
