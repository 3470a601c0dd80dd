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
});

test('with --github it has the address of an empty private repository beside it, which ends with it', async () => {
  const child = spawn(process.execPath, [main, '--users', '200', '--github'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const { url, repository, remote, token } = JSON.parse(String(line)).github;
  expect([repository, remote]).toEqual(['contoso/dormant-contoso', `${url}/contoso/dormant-contoso.git`]);
  const ask = () => fetch(`${url}/repos/${repository}`, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await ask()).json()).toMatchObject({ private: true, html_url: `${url}/${repository}` });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  await expect(ask()).rejects.toThrow('fetch failed');
});

test.skipIf(process.platform === 'win32')(
  'a shell takes the variables from the tenant in the background, and clients go by them',
  async () => {
    const client = `
      const { AZURE_AUTHORITY_HOST, AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, GRAPH_ENDPOINT } = process.env;
      const form = { grant_type: 'client_credentials', client_id: AZURE_CLIENT_ID, client_secret: AZURE_CLIENT_SECRET };
      const body = new URLSearchParams({ ...form, scope: 'https://graph.microsoft.com/.default' });
      const signIn = await fetch(AZURE_AUTHORITY_HOST + '/' + AZURE_TENANT_ID + '/oauth2/v2.0/token', { method: 'POST', body });
      const headers = { authorization: 'Bearer ' + (await signIn.json()).access_token };
      const users = await fetch(GRAPH_ENDPOINT + '/users?$top=1', { headers });
      console.log(users.status, users.headers.get('x-ms-resource-unit'));`;
    const script = `
      eval "$("${process.execPath}" "${main}" --users 200 --budgets off --env apply)"
      "${process.execPath}" --input-type=module -e "$CLIENT"
      kill $EMULATOR_PID
      while kill -0 $EMULATOR_PID 2>/dev/null; do sleep 0.05; done
      test -e "$SSL_CERT_FILE" || echo gone`;
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { env: { ...process.env, CLIENT: client } });
    expect(stdout).toBe('200 1\ngone\n');
  },
);

test.each([
  [['--users', '5'], 'error: A tenant has 0 or at least'],
  [['--users', '0', '--clock', 'noon'], "error: 'noon' is not a date"],
  [['--env', 'nobody'], 'Allowed choices are audit, apply, bootstrap.'],
])('%j is refused in a sentence', async (options, sentence) => {
  const run = promisify(execFile)(process.execPath, [main, ...options]);
  const failure = await run.catch((error) => error);
  expect([failure.code, failure.stdout]).toEqual([1, '']);
  expect(failure.stderr).toContain(sentence);
  expect(failure.stderr.trim().split('\n')).toHaveLength(1);
});
