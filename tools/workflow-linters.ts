// actionlint and zizmor, pinned and installed once per machine: from the Go module and from PyPI.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
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
}

const bin = process.platform === 'win32' ? 'Scripts' : 'bin';
const ending = process.platform === 'win32' ? '.exe' : '';

/** The npm package of this name has version 1.6.22, which knows neither `vars` nor today's runners. */
export const actionlint: Linter = {
  name: 'actionlint',
  version: '1.7.12',
  program: `actionlint${ending}`,
  missing: 'Install Go (https://go.dev/dl), which builds it in seconds.',
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
  async install(folder) {
    await execa('python3', ['-m', 'venv', folder]);
    const python = join(folder, bin, `python${ending}`);
    await execa(python, ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', `zizmor==${this.version}`]);
  },
};

/** Returns the linter's path; installs it first if it is missing. */
export async function ensureLinter(linter: Linter, say: (sentence: string) => void): Promise<string> {
  const { name, version, program, missing } = linter;
  const folder = join(homedir(), '.dormant', 'tools', `${name}-${version}`);
  const path = join(folder, program);
  const wait = () => say(`Waiting for another process that installs ${name} ${version} …`);
  await runWithMachineLock(`${folder}.lock`, wait, async () => {
    if (existsSync(path)) return;
    say(`Installing ${name} ${version} …`);
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
