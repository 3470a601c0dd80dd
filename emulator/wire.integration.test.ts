import { type ClientHttp2Session, connect } from 'node:http2';
import { request } from 'node:https';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from './api-client.fixture.ts';
import type { Emulator } from './emulator.ts';
import { useTenant } from './use-tenant.fixture.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('each', { users: 200 }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly bytes: Buffer;
}

// All of them, so that there is no next link, which is another one each time.
const page = '/v1.0/users?$top=999';

/** Without what fetch does by itself: its headers, its unpacking. */
function getRaw(path: string, headers: Record<string, string>): Promise<RawAnswer> {
  const authorization = `Bearer ${audit.token}`;
  return new Promise((resolve, reject) => {
    const { port, caCertificate: ca } = emulator;
    request({ port, path, ca, agent: false, headers: { authorization, ...headers } }, (answer) => {
      const { statusCode: status, headers: answered } = answer;
      answer.toArray().then((parts) => resolve({ status, headers: answered, bytes: Buffer.concat(parts) }), reject);
    })
      .on('error', reject)
      .end();
  });
}

function openSession(): ClientHttp2Session {
  // The end of the tenant breaks it.
  return connect(emulator.url, { ca: emulator.caCertificate }).on('error', () => {});
}

/** The same by HTTP/2, several at once over one connection. */
async function getByHttp2(paths: readonly string[], headers: Record<string, string> = {}): Promise<RawAnswer[]> {
  const session = openSession();
  const answers = paths.map(async (path) => {
    const stream = session.request({ ':path': path, authorization: `Bearer ${audit.token}`, ...headers });
    let answered: Record<string, unknown> = {};
    stream.once('response', (found) => {
      answered = found;
    });
    const bytes = Buffer.concat(await stream.toArray());
    return { status: Number(answered[':status']), headers: answered, bytes };
  });
  return Promise.all(answers).finally(() => session.destroy());
}

test('a page is packed for a client that asks for it, and only then; a small answer is not', async () => {
  const plain = await getRaw(page, {});
  const packed = await getRaw(page, { 'accept-encoding': 'gzip, deflate, br' });
  expect(plain.headers).not.toHaveProperty('content-encoding');
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 3);
  expect(packed.headers['content-length']).toBe(String(packed.bytes.length));
  const small = await getRaw('/v1.0/users?$top=1&$select=id', { 'accept-encoding': 'gzip' });
  expect(small.headers).not.toHaveProperty('content-encoding');
});

test.each(['identity', 'br', 'gzip;q=0', 'gzip;q=0.0, br'])(
  'Accept-Encoding %s is no wish for gzip',
  async (accepted) => {
    const { headers } = await getRaw(page, { 'accept-encoding': accepted });
    expect(headers).not.toHaveProperty('content-encoding');
  },
);

test('an answer that breaks off or ends early does so beneath the packing', async () => {
  const whole = (await getRaw(page, {})).bytes;
  emulator.faults.add({ kind: 'truncate', afterBytes: 5000, path: '/users$', count: 1 });
  const { bytes } = await getRaw(page, { 'accept-encoding': 'gzip' });
  expect(gunzipSync(bytes)).toEqual(whole.subarray(0, 5000));
  emulator.faults.add({ kind: 'cut', path: '/users$', count: 1 });
  await expect(getRaw(page, { 'accept-encoding': 'gzip' })).rejects.toThrow();
});

test('HTTP/2 by ALPN: the same answers, many over one connection', async () => {
  const [first, second, refused] = await getByHttp2([page, page, '/v1.0/users/nobody'], { 'accept-encoding': 'gzip' });
  const plain = await getRaw(page, {});
  expect([first?.status, second?.status, refused?.status]).toEqual([200, 200, 404]);
  expect(gunzipSync(first?.bytes ?? Buffer.alloc(0))).toEqual(plain.bytes);
  expect(first?.headers['odata-version']).toBe('4.0');
});

test('HTTP/2: a batch, a token and a report come through as well', async () => {
  const [answer] = await getByHttp2(["/v1.0/reports/getMailboxUsageDetail(period='D7')"]);
  expect(answer?.status).toBe(302);
  const session = openSession();
  const requests = [{ id: '1', method: 'GET', url: '/users?$top=1' }];
  const stream = session.request({
    ':method': 'POST',
    ':path': '/v1.0/$batch',
    'content-type': 'application/json',
    authorization: `Bearer ${audit.token}`,
  });
  stream.end(JSON.stringify({ requests }));
  expect(JSON.parse(Buffer.concat(await stream.toArray()).toString())).toMatchObject({ responses: [{ status: 200 }] });
  session.destroy();
});

test.each(['reset', 'cut'] as const)('HTTP/2: %s breaks its own request, and leaves the others', async (kind) => {
  emulator.faults.add({ kind, path: '/users$', count: 1 });
  await expect(getByHttp2([page])).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
  emulator.faults.add({ kind, path: '/nobody$', count: 1 });
  const session = openSession();
  const headers = { authorization: `Bearer ${audit.token}` };
  const broken = session.request({ ':path': '/v1.0/users/nobody', ...headers }).toArray();
  const whole = session.request({ ':path': page, ...headers }).toArray();
  await expect(broken).rejects.toThrow('NGHTTP2_INTERNAL_ERROR');
  expect(JSON.parse(Buffer.concat(await whole).toString()).value).toHaveLength(198);
  session.destroy();
});

test('HTTP/2: a slow answer comes whole, late', async () => {
  emulator.faults.add({ kind: 'slow', delayMs: 200, path: '/users$' });
  const started = performance.now();
  const [answer] = await getByHttp2([page], { 'accept-encoding': 'gzip' });
  expect(JSON.parse(answer?.bytes.toString() ?? '').value).toHaveLength(198);
  expect(performance.now() - started).toBeGreaterThan(150);
});

test('every answer of Graph has its headers, an error and what has no body too', async () => {
  const paths = [
    '/v1.0/users?$top=1',
    '/v1.0/users/nobody',
    "/v1.0/reports/getMailboxUsageDetail(period='D7')",
    '/v1.0/x',
  ];
  for (const path of paths) {
    const { headers } = await audit.get(path, { 'client-request-id': 'ours' });
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-cache',
      'client-request-id': 'ours',
      date: expect.stringContaining('07 Dec 2026'),
      'request-id': expect.stringMatching(/^[\da-f-]{36}$/),
      'strict-transport-security': 'max-age=31536000',
      vary: 'Accept-Encoding',
    });
    expect(JSON.parse(headers.get('x-ms-ags-diagnostic') ?? '')).toHaveProperty('ServerInfo.DataCenter');
  }
  const bare = await fetch(`${emulator.url}/v1.0/users`);
  expect([bare.status, bare.headers.get('cache-control')]).toEqual([401, 'no-cache']);
});

test.each(['none', 'minimal', 'full'])(
  'odata.metadata=%s is taken; the annotations are those of minimal',
  async (level) => {
    const reply = await audit.get('/v1.0/users?$top=1', { accept: `application/json;odata.metadata=${level}` });
    expect([reply.status, reply.headers.get('odata-version')]).toEqual([200, '4.0']);
    expect(reply.headers.get('content-type')).toBe(
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    );
  },
);

test('an error is plain JSON, and its body repeats the ids of its headers', async () => {
  const { headers, body } = await audit.get('/v1.0/users/nobody', { 'client-request-id': 'ours' });
  expect([headers.get('content-type'), headers.get('odata-version')]).toEqual(['application/json', null]);
  expect(body).toMatchObject({
    error: { innerError: { 'client-request-id': 'ours', 'request-id': headers.get('request-id') } },
  });
});

test.each([
  ['PUT', '/v1.0/users'],
  ['POST', '/v1.0/subscribedSkus'],
  ['DELETE', '/beta/Organization/'],
  ['GET', '/v1.0/$batch'],
])('%s %s: a method that the path has not is 405, in the words of the directory', async (method, path) => {
  const headers = { authorization: `Bearer ${audit.token}` };
  const answer = await fetch(`${emulator.url}${path}`, { method, headers });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, null]);
  expect(await answer.json()).toMatchObject({
    error: {
      code: 'Request_BadRequest',
      message: 'Specified HTTP method is not allowed for the request target.',
    },
  });
});

test('a path that is not there stays 400, whatever the method', async () => {
  expect((await audit.post('/v1.0/nowhere', {})).text).toContain("Resource not found for the segment 'nowhere'.");
});
