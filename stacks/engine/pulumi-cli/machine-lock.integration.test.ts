import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runWithMachineLock } from './machine-lock.ts';

let lock = '';
beforeEach(async () => {
  lock = join(await mkdtemp(join(tmpdir(), 'lock-')), 'install.lock');
});
const patiently = { staleAfterMs: 3_600_000, pollMs: 20 };
const nothing = () => undefined;

test('two never work at the same time', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await pause(30); // long enough for the others to try
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => runWithMachineLock(lock, nothing, work, patiently)));
  expect(most).toBe(1);
});

test('gives the lock back when the work fails', async () => {
  const failing = runWithMachineLock(lock, nothing, () => Promise.reject(new Error('no')), patiently);
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(dirname(lock))).toEqual([]);
});

test('takes over at once from a process of this host that died', async () => {
  const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
  await writeFile(lock, `${hostname()} ${dead}\n`);
  let waits = 0;
  await runWithMachineLock(
    lock,
    () => waits++,
    async () => undefined,
    { staleAfterMs: 60_000, pollMs: 10 },
  );
  expect(waits).toBe(0);
});

test('takes over from a holder elsewhere that no longer touches the lock', async () => {
  await writeFile(lock, 'another-host 1\n');
  const longAgo = new Date(Date.now() - 7_200_000);
  await utimes(lock, longAgo, longAgo);
  await runWithMachineLock(lock, nothing, async () => undefined, patiently);
  expect(await readdir(dirname(lock))).toEqual([]);
});

test('a holder that works for longer than the lock may go stale keeps it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const minute = { staleAfterMs: 60_000, pollMs: 20 };
  const order: string[] = [];
  const work = Promise.withResolvers<void>();
  const long = runWithMachineLock(lock, nothing, () => work.promise.then(() => order.push('first')), minute);
  await expect.poll(() => existsSync(lock)).toBe(true);
  const longAgo = new Date(Date.now() - 3_600_000);
  await utimes(lock, longAgo, longAgo);
  // The holder refreshes the lock every third of a minute.
  await expect
    .poll(async () => {
      vi.advanceTimersByTime(20_000);
      return (await stat(lock)).mtimeMs;
    })
    .toBeGreaterThan(longAgo.getTime() + 1_000);
  const waits = Promise.withResolvers<void>();
  const next = runWithMachineLock(lock, waits.resolve, async () => order.push('second'), minute);
  await waits.promise;
  work.resolve();
  await Promise.all([long, next]);
  expect(order).toEqual(['first', 'second']);
});
