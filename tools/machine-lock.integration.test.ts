import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { withMachineLock } from './machine-lock.ts';

let lock = '';
beforeEach(async () => {
  lock = join(await mkdtemp(join(tmpdir(), 'lock-')), 'install.lock');
});
const quickly = { staleAfterMs: 300, pollMs: 20 };
const nothing = () => undefined;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('two never work at the same time', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await pause(30);
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withMachineLock(lock, nothing, work, quickly)));
  expect(most).toBe(1);
});

test('gives the lock back when the work fails', async () => {
  const failing = withMachineLock(lock, nothing, () => Promise.reject(new Error('no')), quickly);
  await expect(failing).rejects.toThrow('no');
  expect(await readdir(dirname(lock))).toEqual([]);
});

test('takes over at once from a process of this host that died', async () => {
  const dead = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
  await writeFile(lock, `${hostname()} ${dead}\n`);
  let waits = 0;
  await withMachineLock(
    lock,
    () => waits++,
    async () => undefined,
    { staleAfterMs: 60_000, pollMs: 10 },
  );
  expect(waits).toBe(0);
});

test('takes over from a holder elsewhere that no longer touches the lock', async () => {
  await writeFile(lock, 'another-host 1\n');
  const longAgo = new Date(Date.now() - 1_000);
  await utimes(lock, longAgo, longAgo);
  await withMachineLock(lock, nothing, async () => undefined, quickly);
  expect(await readdir(dirname(lock))).toEqual([]);
});

test('a holder that works for longer than the lock may go stale keeps it', async () => {
  const order: string[] = [];
  const long = withMachineLock(lock, nothing, () => pause(900).then(() => order.push('first')), quickly);
  await pause(50);
  await withMachineLock(lock, nothing, async () => order.push('second'), quickly);
  await long;
  expect(order).toEqual(['first', 'second']);
});
