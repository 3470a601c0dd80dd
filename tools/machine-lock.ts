// One process of this machine at a time, for work that is slow and not worth doing twice.
// It saves time, not correctness: should two ever get in, both must be able to finish.
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { isRunning } from '../graph/is-running.ts';

export interface LockTimes {
  /** The holder touches the file three times as often; untouched for longer, it counts as dead. */
  staleAfterMs?: number;
  pollMs?: number;
}

/**
 * Runs `work` while holding the lock file `path`; `wait` is called before each pause while somebody else holds it.
 * A holder that was killed is noticed at once on its own host, elsewhere after `staleAfterMs`.
 */
export async function runWithMachineLock<T>(
  path: string,
  wait: () => void,
  work: () => Promise<T>,
  { staleAfterMs = 15_000, pollMs = 500 }: LockTimes = {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await takeLock(path))) {
    if (await isAbandoned(path, staleAfterMs)) await removeAbandoned(path);
    else {
      wait();
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
  const heartbeat = setInterval(() => void refreshLock(path), staleAfterMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

/** `wx` makes the file or fails: the file system is the referee. */
async function takeLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${hostname()} ${process.pid}\n`);
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string, staleAfterMs: number): Promise<boolean> {
  try {
    const [{ mtimeMs }, holder] = await Promise.all([stat(path), readFile(path, 'utf8')]);
    const [host, pid] = holder.trim().split(' ');
    // A pid not yet written is 0.
    const isGone = host === hostname() && Number(pid) > 0 && !isRunning(Number(pid));
    return Date.now() - mtimeMs > staleAfterMs || isGone;
  } catch {
    return false; // Gone meanwhile: the next attempt to take it tells.
  }
}

/** Of several that find it abandoned, one renames it; the others find nothing and try to take the lock like everybody. */
async function removeAbandoned(path: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  await rm(aside, { force: true });
}

async function refreshLock(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
