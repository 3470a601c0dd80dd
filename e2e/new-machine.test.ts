// `npm start` where no Pulumi CLI is installed yet: the audit is read at once, and only the first apply waits.
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { ensurePulumi } from '../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { killProcessTree } from './kill-process-tree.ts';

const audit = /: the scheduled audit\n.*: what a reviewer reads\n.*: merged\n/s;
const waits = /: the apply waits for the Pulumi CLI, once on this machine\n/;

test('the audit is read before the Pulumi CLI is there; the first apply waits for it, and says how far it is', async () => {
  const { command } = await ensurePulumi({ env: process.env });
  const machine = await aMachine(`echo one >&2; ${untilTold}; ln -s ${command} "$program"`);
  const story = startStory(machine);
  await expect.poll(story.read).toMatch(/\n.*: 1 of 3 packages compiled, \d+ s\n/);
  expect(story.read()).toMatch(new RegExp(`${audit.source}.*${waits.source}`, 's'));
  expect(story.read()).toContain('The Pulumi CLI is installed meanwhile');
  expect(story.read()).toMatch(/the Pulumi CLI [\d.]+ has to be built: its archive cannot be had \(github\.com: .*\)/);
  expect(await machine.listPrograms()).toEqual([]);
  await machine.goOn();
  await expect.poll(story.read).toMatch(/: the apply\n(.*\n)+.*hr@contoso\.com has mail/);
  expect(await machine.listPrograms()).toEqual(['pulumi']);
});

test('what went wrong in the background is told once, by the apply that needs it, with all that is known of why', async () => {
  const machine = await aMachine('echo "verifying module: checksum mismatch" >&2; exit 1');
  const story = startStory(machine);
  expect((await story.ended).exitCode).toBe(1);
  const [before = '', ...failure] = story.read().split('error The Pulumi CLI has to be built');
  expect(before).toMatch(audit);
  expect(before).not.toContain('mismatch');
  expect(failure).toHaveLength(1);
  expect(failure[0]).toMatch(
    /^: its archive cannot be had .*\nverifying module: checksum mismatch\n +at .*\n +do .*\n$/,
  );
});

test('Ctrl-C leaves neither a compiler behind nor what it has begun', async () => {
  const machine = await aMachine(`touch $machine/compiling; sh -c '${untilTold}'; exit 1`);
  await interruptCompiler(machine);
  const [folder = '', ...others] = await readdir(join(machine.folder, 'dormant'));
  expect(others).toEqual([]);
  expect(await readdir(join(machine.folder, 'dormant', folder))).toEqual([]);
});

test('Ctrl-C ends a compiler that does not listen to it, too', async () => {
  await interruptCompiler(await aMachine(`trap '' INT; touch $machine/compiling; sh -c '${untilTold}'; exit 1`));
});

async function interruptCompiler(machine: Machine): Promise<void> {
  const story = startStory(machine);
  await expect.poll(() => existsSync(join(machine.folder, 'compiling'))).toBe(true);
  expect((await machine.listProcesses()).length).toBeGreaterThan(3);
  story.pressCtrlC();
  expect((await story.ended).signal).toBe('SIGINT');
  await expect.poll(machine.listProcesses).toEqual([]);
}

/** In a stand-in for go. */
const untilTold = 'while [ ! -e $machine/go-on ]; do sleep 0.05; done';

type Machine = Awaited<ReturnType<typeof aMachine>>;

/** No CLI is installed, no archive can be downloaded, and `build` is what go does to make `$program`. */
async function aMachine(build: string) {
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
function startStory({ folder, env }: Machine) {
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
