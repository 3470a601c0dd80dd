// SIGKILL for a process and everything that came from it, as a machine's end or a runner's would have it.
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { isRunning } from '../graph/is-running.ts';

/**
 * The process and all that come from it: the engine, the provider, whatever group they are in. Gone already is as good. They are
 * stopped first, so that none starts another meanwhile. Ends when none runs any more: the machine may take its time to end one.
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
