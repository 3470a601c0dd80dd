// For tests of a machine without a Pulumi CLI: what installs it is a stand-in, and the story runs as a process of its own.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished } from 'vitest';
import { killProcessTree } from './kill-process-tree.ts';

export const audit = /: the scheduled audit\n.*: what a reviewer reads\n.*: merged\n/s;
export const waits = /: the apply waits for the Pulumi CLI, once on this machine\n/;

export async function interruptCompiler(machine: Machine): Promise<void> {
  const story = startStory(machine);
  await expect.poll(() => existsSync(join(machine.folder, 'compiling'))).toBe(true);
  expect((await machine.listProcesses()).length).toBeGreaterThan(3);
  story.pressCtrlC();
  expect((await story.ended).signal).toBe('SIGINT');
  await expect.poll(machine.listProcesses).toEqual([]);
}

/** In a stand-in for go. */
export const untilTold = 'while [ ! -e $machine/go-on ]; do sleep 0.05; done';

type Machine = Awaited<ReturnType<typeof aMachine>>;

/** No CLI is installed, no archive can be downloaded, and `build` is what go does to make `$program`. */
export async function aMachine(build: string) {
  const folder = await mkdtemp(join(tmpdir(), 'new-machine-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'go'), renderGo(folder, build));
  await chmod(join(folder, 'bin', 'go'), 0o755);
  return {
    folder,
    env: {
      XDG_CACHE_HOME: folder,
      PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
      // Nobody listens there, so nothing is downloaded, with or without the internet.
      ...{ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'localhost,127.0.0.1' },
    },
    goOn: () => writeFile(join(folder, 'go-on'), ''),
    listPrograms: async () => (await listFolders(folder)).flatMap(({ bin }) => bin),
    listProcesses: () => listProcessesWith(`XDG_CACHE_HOME=${folder}`),
  };
}

function renderGo(folder: string, build: string): string {
  return `#!/bin/sh
export machine=${folder}
case "$1" in
list) echo a; echo b; echo c ;;
build)
  while [ "$1" != -o ]; do shift; done
  program=$2
  ${build} ;;
esac
`;
}

async function listFolders(folder: string): Promise<{ bin: string[] }[]> {
  const names = await readdir(join(folder, 'dormant'));
  return Promise.all(
    names.map(async (name) => ({ bin: await readdir(join(folder, 'dormant', name, 'bin')).catch(() => []) })),
  );
}

/** Of all users' processes those that can be read, whatever process group they are in. */
async function listProcessesWith(variable: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const environments = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => environments[index]?.split('\0').includes(variable));
}

/** `npm start` as a terminal starts it: at the head of a process group. */
export function startStory({ folder, env }: Machine) {
  const script = join(import.meta.dirname, '../demo/story.ts');
  const running = execa(process.execPath, [script, join(folder, 'story')], {
    env,
    all: true,
    reject: false,
    detached: true,
  });
  let output = '';
  running.all.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  onTestFinished(() => killProcessTree(running.pid));
  return {
    read: () => output,
    ended: running,
    pressCtrlC: () => process.kill(-(running.pid ?? 0), 'SIGINT'),
  };
}
