// SIGKILL for a process and everything that came from it, as a machine's end or a runner's would have it.
import { execa } from 'execa';

/** The process and all that come from it: the engine, the provider, whatever group they are in. Gone already is as good. */
export async function killTree(pid = 0): Promise<void> {
  const { stdout } = await execa('ps', ['-eo', 'pid=,ppid=']);
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    pairs.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  for (const each of [pid, ...below(pid)]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
