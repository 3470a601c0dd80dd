import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const plugin = fileURLToPath(new URL('../stacks/provider/pulumi-resource-m365', import.meta.url));

test('prints the port it listens on, and nothing else, as its first line', async () => {
  const { port } = await startProvider();
  expect(port).toMatch(/^\d+\n$/);
});

test('ends when the engine that started it is gone, so that it cannot write beside the next run', async () => {
  const { provider } = await startProvider();
  provider.stdin?.end();
  expect(await once(provider, 'exit')).toEqual([1, null]);
});

test('ends in order when the engine interrupts it', async () => {
  const { provider } = await startProvider();
  provider.kill('SIGINT');
  expect(await once(provider, 'exit')).toEqual([0, null]);
});

/** Nothing listens at the engine's address; the provider calls it only to report something. */
async function startProvider(): Promise<{ provider: ChildProcess; port: string }> {
  const provider = spawn(plugin, ['127.0.0.1:1'], {
    env: { ...process.env, DORMANT_NODE: process.execPath },
  });
  onTestFinished(() => void provider.kill('SIGKILL'));
  const [port] = await once(provider.stdout, 'data');
  return { provider, port: String(port) };
}
