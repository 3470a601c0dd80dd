// Installs third-party servers and runs them as processes.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { runWithMachineLock } from '../../stacks/engine/pulumi-cli/machine-lock.ts';

/** Installs once on this machine, because they are large. Returns the program's path. */
export async function installOnce(
  name: string,
  program: string,
  install: (folder: string) => Promise<unknown>,
): Promise<string> {
  const folder = join(homedir(), '.cache', 'dormant-tests', name);
  const path = join(folder, program);
  const announceWaiting = () => console.log(`waiting for another process that installs ${name}`);
  await runWithMachineLock(`${folder}.lock`, announceWaiting, async () => {
    if (existsSync(path)) return;
    console.log(`installing ${name}, once on this machine`);
    await mkdir(folder, { recursive: true });
    await install(folder);
  });
  return path;
}

/** A port that is free at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves once the server answers anything; the returned function ends it. */
export async function startServer(
  command: string,
  args: readonly string[],
  { url, env = {} }: { url: string; env?: NodeJS.ProcessEnv },
): Promise<() => Promise<void>> {
  const server = execa(command, args, { reject: false, stdin: 'ignore', all: true, env });
  let isOver = false;
  void server.then(() => {
    isOver = true;
  });
  while (!(await isAnswering(url))) {
    if (isOver) throw new Error(`${command} ended: ${(await server).all}`);
    await pause(50);
  }
  return async () => {
    server.kill();
    await server;
  };
}

async function isAnswering(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}
