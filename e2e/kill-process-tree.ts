// SIGKILL for a process and all its descendants, as when a machine or a runner dies.
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { isRunning } from '../graph/is-running.ts';

/**
 * Kills the process and its descendants, such as engine and provider, whatever process group they are in. They are stopped
 * first, so that none starts another meanwhile. Resolves when none runs any more, which may take a while.
 */
export async function killProcessTree(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  const stopped = new Set<number>();
  for (let fresh = [pid]; fresh.length > 0; ) {
    for (const each of fresh) sendSignal(each, 'SIGSTOP');
    for (const each of fresh) stopped.add(each);
    fresh = (await listDescendants(pid)).filter((each) => !stopped.has(each));
  }
  for (const each of stopped) sendSignal(each, 'SIGKILL');
  while ([...stopped].some(isRunning)) await pause(20);
}

async function listDescendants(root: number): Promise<number[]> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,ppid=']);
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const collectBelow = (parent: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...collectBelow(child)] : []));
  return collectBelow(root);
}

function sendSignal(pid: number, name: 'SIGSTOP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
