import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { clients } from './clients.ts';
import { startHostProxy } from './host-proxy.ts';
import { runClient } from './run-client.ts';
import { readRows, renderRow } from './table.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

// Installed from npm the first time; the others run by night.
test('Microsoft’s JavaScript client does against the tenant what the README says of it', async () => {
  const [client] = clients.filter(({ folder }) => folder === 'microsoft-graph-client');
  if (!client) throw new Error('The list has no microsoft-graph-client.');
  const run = await runClient(client, () => undefined);
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(readRows(readme)).toContain(renderRow(run));
});

test.each([
  ['a client that is not there', ['nobody'], 2, 'There is no client nobody; --list names them.'],
  ['a table of some clients only', ['msal-node', '--write'], 2, '--write needs all clients: name none.'],
  ['a machine without its toolchain', ['graph-rs-sdk'], 3, 'graph-rs-sdk: not run here: no cargo'],
])('%s ends with a sentence and a code of its own', async (_what, args, code, sentence) => {
  const env = { PATH: dirname(process.execPath), HOME: '/nowhere' };
  const ended = promisify(execFile)(process.execPath, [main, ...args], { env });
  await expect(ended).rejects.toMatchObject({ code, stderr: expect.stringContaining(sentence) });
});

test('the proxy leads to this machine only', async () => {
  const proxy = await startHostProxy(['graph.microsoft.com'], 9);
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1', () =>
      socket.write('CONNECT registry.example.com:443 HTTP/1.1\r\nHost: registry.example.com\r\n\r\n'),
    );
    socket.once('data', (bytes) => resolve(bytes.toString('utf8')));
    socket.once('error', reject);
  });
  await proxy.close();
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
});
