import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const dormant = fileURLToPath(new URL('../dormant.ts', import.meta.url));
const run = promisify(execFile);

test('the embedded tenant takes the options as they were given, and ends with the command', async () => {
  const options = ['emulator', '--users', '200', '--cloud', 'usgov', '--clock', '2027-01-04T08:00:00Z'];
  const child = spawn(process.execPath, [dormant, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { caFile, ...start } = JSON.parse(String(line));
  expect(start).toMatchObject({ users: 200, cloud: 'usgov', clock: expect.stringContaining('2027-01-04') });
  child.kill('SIGTERM');
  await once(child, 'exit');
  await expect.poll(() => existsSync(caFile)).toBe(false);
});

test.skipIf(process.platform === 'win32')('a shell takes its variables while it goes on running', async () => {
  const script = `
      eval "$("${process.execPath}" "${dormant}" emulator --users 0 --env)"
      kill -0 $EMULATOR_PID && echo "$GRAPH_ENDPOINT"
      kill $EMULATOR_PID`;
  expect((await run('sh', ['-c', script])).stdout).toMatch(/^https:\/\/localhost:\d+\/v1\.0\n$/);
});

test('its help is the tenant’s, and so is its refusal', async () => {
  expect((await run(process.execPath, [dormant, 'emulator', '--help'])).stdout).toContain('--budgets <size>');
  const refused = run(process.execPath, [dormant, 'emulator', '--users', '5']);
  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('A tenant has 0 or') });
});
