// One process of this machine at a time, for slow work that should not be done twice.
// It only saves time: if two processes do get in, both must be able to finish.
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { pid } from 'node:process';
import { isRunning } from '../../../graph/is-running.ts';

interface LockTimes {
  /** A lock file untouched for longer counts as abandoned; its holder touches it three times as often. */
  staleAfterMs?: number;
  pollMs?: number;
}

/**
 * Runs `work` while holding the lock file `path`; `wait` is called before each pause while another process holds it.
 * A killed holder is noticed at once on its own host, elsewhere after `staleAfterMs`.
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

/** With `wx`, opening fails if the file exists. */
async function takeLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(`${hostname()} ${pid}\n`);
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
    // 0: not yet written.
    const isGone = host === hostname() && Number(pid) > 0 && !isRunning(Number(pid));
    return Date.now() - mtimeMs > staleAfterMs || isGone;
  } catch {
    return false; // Removed meanwhile: try again to take it.
  }
}

/** If several processes find it abandoned, only one can rename it; the others try again to take it. */
async function removeAbandoned(path: string): Promise<void> {
  const aside = `${path}.${pid}`;
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
