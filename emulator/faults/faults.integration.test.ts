import { expect, test } from 'vitest';
import { type ApiClient, formatError, listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';
import type { FaultRule } from './fault-injector.ts';

let emulator: Emulator;
let audit: ApiClient;

useTenant('each', { users: 200, switches: { displayConcealedNames: false } }, async (started) => {
  emulator = started;
  audit = await signInAs(started, 'audit');
});

const fault = (rule: FaultRule) => emulator.faults.add(rule);
const users = () => audit.get('/v1.0/users?$top=20');

test('a throttled request carries a fractional wait, and the next one passes', async () => {
  fault({ kind: 'status', status: 429, retryAfter: '2.128', path: '/users$', count: 1 });
  const first = await users();
  expect([first.status, first.headers.get('retry-after')]).toEqual([429, '2.128']);
  expect((await users()).status).toBe(200);
});

test.each([503, 504])('%i comes without a wait unless one is given', async (status) => {
  fault({ kind: 'status', status, path: '/users$' });
  const reply = await users();
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, null]);
});

test('only the n-th match is struck, as often as said', async () => {
  fault({ kind: 'status', status: 503, path: '/users$', nth: 2, count: 1 });
  const statuses = [];
  for (let count = 0; count < 4; count += 1) statuses.push((await users()).status);
  expect(statuses).toEqual([200, 503, 200, 200]);
  expect(emulator.faults.list()).toMatchObject([{ matched: 4, struck: 1 }]);
});

test('a chance is drawn from the seed, the same each time', async () => {
  const countFaults = async () => {
    emulator.faults.clear();
    fault({ kind: 'status', status: 503, path: '/users$', probability: 0.5, seed: 'x' });
    const statuses = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await users()).status);
    return statuses;
  };
  const first = await countFaults();
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await countFaults()).toEqual(first);
});

test('a reset connection gives no answer', async () => {
  fault({ kind: 'reset', path: '/users$', count: 1 });
  await expect(users()).rejects.toThrow();
  expect((await users()).status).toBe(200);
});

test('a reset afterwards has done what was asked', async () => {
  fault({ kind: 'reset', method: 'PATCH', afterwards: true });
  await expect(audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true })).rejects.toThrow();
  expect(emulator.tenant.concealment.isSet).toBe(true);
});

test('a reset before has not', async () => {
  fault({ kind: 'reset', method: 'PATCH' });
  await expect(audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true })).rejects.toThrow();
  expect(emulator.tenant.concealment.isSet).toBe(false);
});

test('a slow body arrives whole, late', async () => {
  fault({ kind: 'slow', delayMs: 300, path: '/users$' });
  const started = performance.now();
  expect(listValues(await users())).toHaveLength(20);
  expect(performance.now() - started).toBeGreaterThan(250);
});

test('a held request is under way until the rule is taken away; afterwards, with what it asked for done', async () => {
  const first = fault({ kind: 'hold', path: '/users$', count: 1 });
  const held = users();
  await expect.poll(() => emulator.faults.list()[0]?.held).toBe(1);
  expect((await users()).status).toBe(200);
  emulator.faults.remove(first);
  expect((await held).status).toBe(200);

  fault({ kind: 'hold', method: 'PATCH', afterwards: true });
  const setting = audit.patch('/v1.0/admin/reportSettings', { displayConcealedNames: true });
  await expect.poll(() => emulator.faults.list()[0]?.held).toBe(1);
  expect(emulator.tenant.concealment.isSet).toBe(true);
  emulator.faults.clear();
  expect((await setting).status).toBe(204);
});

test('a truncated body ends early as if it were complete', async () => {
  fault({ kind: 'truncate', path: '/reports/download' });
  const { headers } = await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D7')");
  const text = await (await fetch(headers.get('location') ?? '')).text();
  expect(text.endsWith('\r\n')).toBe(false);
  expect(text.length).toBeGreaterThan(5000);
});

test('a cut body breaks the connection', async () => {
  fault({ kind: 'cut', path: '/reports/download', afterBytes: 2000 });
  const { headers } = await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D7')");
  const read = fetch(headers.get('location') ?? '').then((response) => response.text());
  await expect(read).rejects.toThrow();
});

test('a page token and a download can be expired, a token revoked in the middle of a listing', async () => {
  const link = String((await users()).body['@odata.nextLink']);
  fault({ kind: 'expiredPage', count: 1 });
  expect(formatError(await audit.get(link))).toContain('Directory_ExpiredPageToken');
  fault({ kind: 'unauthorized', query: 'skiptoken', count: 1 });
  expect((await audit.get(link)).status).toBe(401);
  expect((await audit.get(link)).status).toBe(200);
  const { headers } = await audit.get("/v1.0/reports/getMailboxUsageDetail(period='D7')");
  fault({ kind: 'expiredDownload', path: '/reports/download' });
  expect((await fetch(headers.get('location') ?? '')).status).toBe(403);
});

test('a fault can mean one identity only, and the log names it', async () => {
  fault({ kind: 'status', status: 503, identity: 'apply' });
  const apply = await signInAs(emulator, 'apply');
  expect((await apply.get('/v1.0/users?$top=1')).status).toBe(503);
  expect((await users()).status).toBe(200);
  expect(emulator.log.listEntries({ identity: 'apply' })).toMatchObject([{ status: 503, fault: 'status' }]);
});

test.each([
  ['html', 'text/html', '<html>'],
  ['empty', null, ''],
] as const)('a gateway before Graph answers with its own %s body', async (body, type, start) => {
  fault({ kind: 'status', status: 502, body, retryAfter: 3, path: '/users$' });
  const reply = await users();
  expect([reply.status, reply.headers.get('retry-after'), reply.headers.get('content-type')]).toEqual([502, '3', type]);
  expect(reply.text.slice(0, 6)).toBe(start);
});
