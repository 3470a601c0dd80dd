import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { isRunning } from './is-running.ts';

test('this process runs, no process has the id 0, and one that has ended and was taken note of is gone', async () => {
  const ended = execa('true');
  await ended;
  expect([isRunning(process.pid), isRunning(0), isRunning(Number.NaN), isRunning(ended.pid ?? 0)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test.runIf(process.platform === 'linux')('one whose end nobody has taken note of does not run any more', async () => {
  // What the shell becomes knows nothing of the shell's child.
  const parent = execa('sh', ['-c', 'sleep 3600 & echo $!; exec sleep 3600'], { reject: false });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(String(line));
  while ((await readFile(`/proc/${parent.pid}/comm`, 'utf8')) !== 'sleep\n') await pause(5);
  expect(isRunning(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
  while (isRunning(pid)) await pause(5);
  expect(process.kill(pid, 0)).toBe(true);
  parent.kill('SIGKILL');
  await parent;
});
