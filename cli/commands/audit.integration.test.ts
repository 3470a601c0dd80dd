import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { aStack } from '../doctor/stack.fixture.ts';

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets `dormant audit` conceal the names again before it ends',
  async (signal) => {
    const stack = await aStack({ switches: { concealmentDelaySeconds: 3600, displayConcealedNames: true } });
    onTestFinished(() => stack.close());
    const { emulator, repository } = stack;
    const env = { ...stack.env('audit'), GITHUB_TOKEN: '', NODE_EXTRA_CA_CERTS: emulator.caFile };
    const command = new URL('../dormant.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [command, 'audit', 'contoso', '--repo', repository.root], { env });
    onTestFinished(() => void child.kill('SIGKILL'));
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await expect.poll(() => (emulator.tenant.concealment.isSet ? errors : 'readable')).toBe('readable');
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(errors).toContain(`Interrupted by ${signal}`);
    expect(emulator.tenant.concealment.isSet).toBe(true);
  },
);
