import { expect, test } from 'vitest';
import { anEmulator, fastRetryPolicy } from './emulator.fixture.ts';
import { listAll, readPages } from './pages.ts';
import { RequestFailed } from './request-failed.ts';
import { createRequestLog, type SentRequest } from './request-log.ts';

const listing = { source: 'x', path: '/users?$select=id,displayName&$top=10' };
const users = { source: 'x', path: '/users?$select=id&$top=1' };

async function aListing(fault?: Parameters<Awaited<ReturnType<typeof anEmulator>>['emulator']['faults']['add']>[0]) {
  const people = Array.from({ length: 55 }, (_, at) => ({
    kind: `person${at}`,
    displayName: `Person ${at}`,
  }));
  const tenant = await anEmulator({ users: 0, people, switches: { weather: null } });
  if (fault) tenant.emulator.faults.add({ path: '/v1.0/users', ...fault });
  const connection = tenant.connect();
  return { ...tenant, connection, read: () => listAll(connection.graph, listing) };
}

test('a listing is followed to its end, page by page', async () => {
  const { read, connection } = await aListing();
  const all = await read();
  expect(new Set(all.map((user) => JSON.stringify(user))).size).toBe(55);
  expect(connection.log.getCounts()).toEqual({ total: 6, bySource: { x: 6 }, retries: 0 });
});

test.each([
  ['429 with a fractional Retry-After', { kind: 'status', status: 429, retryAfter: '0.128' }],
  ['503 without Retry-After', { kind: 'status', status: 503 }],
  ['504', { kind: 'status', status: 504 }],
  ['500', { kind: 'status', status: 500 }],
  ['a reset connection', { kind: 'reset' }],
  ['a body that is cut off', { kind: 'cut' }],
  ['a body that ends too early as if it were complete', { kind: 'truncate' }],
] as const)('%s in mid-listing is repeated, and nobody is lost or listed twice', async (_, fault) => {
  const { read, connection } = await aListing({ ...fault, nth: 3, count: 2 });
  const all = await read();
  expect(new Set(all.map((user) => JSON.stringify(user))).size).toBe(55);
  expect(all).toHaveLength(55);
  expect(connection.log.getCounts()).toMatchObject({ total: 8, retries: 2 });
});

test('a fractional Retry-After is waited for', async () => {
  const { read } = await aListing({ kind: 'status', status: 429, retryAfter: '0.3', nth: 2, count: 1 });
  const started = performance.now();
  await read();
  expect(performance.now() - started).toBeGreaterThanOrEqual(300);
});

test('a 401 in mid-listing gets one fresh token', async () => {
  const { read, emulator } = await aListing({ kind: 'unauthorized', nth: 3, count: 1 });
  expect(await read()).toHaveLength(55);
  const signIns = emulator.log.listEntries().filter(({ path }) => path.endsWith('/oauth2/v2.0/token'));
  expect(signIns).toHaveLength(2);
});

test('a 401 that stays ends the listing with a sentence', async () => {
  const { read } = await aListing({ kind: 'unauthorized', nth: 3 });
  await expect(read()).rejects.toMatchObject({ code: 'request-failed', status: 401 });
});

test('an expired page token ends the listing: half a list is no list', async () => {
  const { connection } = await aListing({ kind: 'expiredPage', nth: 2, count: 1 });
  const pages: number[] = [];
  const read = async () => {
    for await (const page of readPages(connection.graph, listing)) pages.push(page.length);
  };
  await expect(read()).rejects.toBeInstanceOf(RequestFailed);
  expect(pages.length).toBeLessThan(6);
});

test('a service that stays down is given up on with method, path, status, request id and number of tries', async () => {
  const { connection } = await aListing({ kind: 'status', status: 503 });
  const failure = await connection.graph.send(users).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RequestFailed);
  expect(failure).toMatchObject({
    code: 'request-failed',
    status: 503,
    where: 'GET /users?$select=id&$top=1',
  });
  expect(String(failure)).toMatch(
    /GET \/users\?\S+ was answered 503 .*after 8 tries: .*\(request-id [0-9a-f-]{36}\)\./,
  );
  expect(connection.log.getCounts().total).toBe(fastRetryPolicy.attempts);
});

test('a Retry-After beyond the patience ends at once instead of waiting', async () => {
  const { connection } = await aListing({ kind: 'status', status: 429, retryAfter: 3600 });
  await expect(connection.graph.send(users)).rejects.toMatchObject({ status: 429 });
  expect(connection.log.getCounts().total).toBe(1);
});

test('a refusal is not repeated and carries Graph’s own code', async () => {
  const { connection } = await aListing();
  const answer = connection.writing.graph.send({ source: 'x', method: 'PATCH', path: '/users/nobody', body: {} });
  await expect(answer).rejects.toMatchObject({ status: 403, graphCode: 'Authorization_RequestDenied' });
  expect(connection.log.getCounts().total).toBe(1);
});

test('a write whose answer is lost is not sent twice unless it may be', async () => {
  const { connection } = await aListing({ kind: 'reset', method: 'POST', path: 'revokeSignInSessions' });
  const post = { source: 'x', method: 'POST', path: '/users/x/revokeSignInSessions' } as const;
  const { graph } = connection.writing;
  await expect(graph.send(post)).rejects.toMatchObject({ status: null });
  expect(connection.log.getCounts().total).toBe(1);
  await expect(graph.send({ ...post, repeatable: true })).rejects.toMatchObject({ status: null });
  expect(connection.log.getCounts().total).toBe(1 + fastRetryPolicy.attempts);
});

test('a lost connection is named by its cause', async () => {
  const { connection } = await aListing({ kind: 'reset' });
  await expect(connection.graph.send(users)).rejects.toThrow(/no complete answer.*(ECONNRESET|other side closed)/);
});

test('an interruption ends a wait at once with its own reason', async () => {
  const { connect } = await aListing({ kind: 'status', status: 503, retryAfter: 190 });
  const controller = new AbortController();
  const reason = new Error('stopped by hand');
  const log = createRequestLog(() => setImmediate(() => controller.abort(reason)));
  const connection = connect('audit', { signal: controller.signal, log });
  await expect(connection.graph.send(users)).rejects.toBe(reason);
});

test('what must finish goes on through an interruption', async () => {
  const { connect } = await aListing();
  const controller = new AbortController();
  const connection = connect('audit', { signal: controller.signal });
  controller.abort(new Error('stopped by hand'));
  await expect(connection.graph.send({ ...users, mustFinish: true })).resolves.toMatchObject({ status: 200 });
});

test('every attempt is reported with its request id, and no report or error carries the token', async () => {
  const sent: SentRequest[] = [];
  const { connect } = await aListing({ kind: 'status', status: 503, count: 1 });
  const connection = connect('audit', { log: createRequestLog((request) => sent.push(request)) });
  await connection.graph.send(users);
  expect(sent.map(({ status, attempt }) => [status, attempt])).toEqual([
    [503, 1],
    [200, 2],
  ]);
  for (const { requestId } of sent) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(sent)).not.toMatch(/bearer|eyJ/i);
});

test('a wrong secret is said in Entra’s words, without the secret', async () => {
  const { connect, envOf } = await aListing();
  const connection = connect('audit', { env: { ...envOf('audit'), AZURE_CLIENT_SECRET: 'not-the-secret' } });
  const failure = await connection.graph.send(users).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'sign-in-failed' });
  expect(String(failure)).toContain('AADSTS7000215');
  expect(String(failure)).not.toContain('not-the-secret');
});
