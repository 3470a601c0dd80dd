import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('a process prints one line, is trusted by its CA file under an added name, and leaves nothing behind', async () => {
  const options = ['--users', '200', '--hostname', 'graph.microsoft.com', '--certificates'];
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const start = JSON.parse(String(line));
  expect(start).toMatchObject({
    users: 200,
    url: expect.stringMatching(/^https:\/\/localhost:\d+$/),
    identities: {
      audit: { clientId: expect.any(String), certificateFile: expect.stringMatching(/audit\.pem$/) },
    },
  });
  // Another process, as a client that only knows the fixed name and the CA file.
  const { port } = new URL(start.url);
  const ask = `import https from 'node:https';
    const options = { host: '127.0.0.1', port: ${port}, servername: 'graph.microsoft.com', headers: { host: 'graph.microsoft.com' }, path: '/metadata/endpoints' };
    https.get(options, (response) => response.pipe(process.stdout));`;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: start.caFile };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', ask], { env });
  expect(JSON.parse(stdout).authentication.loginEndpoint).toBe('https://graph.microsoft.com');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(existsSync(start.caFile)).toBe(false);
  expect(existsSync(start.identities.audit.certificateFile)).toBe(false);
}, 30_000);
