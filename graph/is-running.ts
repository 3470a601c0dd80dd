// Whether a process of this machine is still running: locks and journals of one that has ended are cleared.
import { readFileSync } from 'node:fs';
import { kill } from 'node:process';

/**
 * Signal 0 tests without sending. EPERM: a running process of another user. A killed process keeps its id until its parent
 * has collected it, which takes a while on a busy machine, but it writes nothing any more.
 */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !isZombie(pid);
}

/** proc(5): the state follows the name, which may hold any character. Other systems have no such file. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
