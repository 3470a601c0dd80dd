// Whether a process of this machine still does anything: locks and journals of one that is gone are cleared.
import { readFileSync } from 'node:fs';

/**
 * Signal 0 asks without sending; a process of another user answers EPERM, and is running. One that was killed keeps its id until
 * its parent has taken note of its end, which on a busy machine takes a while: it writes nothing any more.
 */
export function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return !isZombie(pid);
}

/** proc(5): the state follows the name, which may hold anything. Other systems have no such file. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
