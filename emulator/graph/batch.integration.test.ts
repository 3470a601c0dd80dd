import { expect, test } from 'vitest';
import { type ApiClient, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { isRecord } from '../odata/filter-match.ts';
import { useApply } from '../use-tenant.fixture.ts';

let emulator: Emulator;
let apply: ApiClient;

useApply((started) => {
  ({ emulator, apply } = started);
});

const id = (kind: string) => emulator.tenant.people.requireKind(kind).id;
const read = (kind: string) => `/users/${id(kind)}?$select=id,accountEnabled`;

async function batch(requests: readonly Record<string, unknown>[]): Promise<Map<unknown, Record<string, unknown>>> {
  const { body } = await apply.post('/v1.0/$batch', { requests });
  const responses = Array.isArray(body.responses) ? body.responses.filter(isRecord) : [];
  return new Map(responses.map((response) => [response.id, response]));
}

test('each request is answered by its id with its own status', async () => {
  const answers = await batch([
    { id: 'a', method: 'GET', url: read('inactiveDirect') },
    { id: 'b', method: 'GET', url: '/users/nobody' },
    {
      id: 'c',
      method: 'PATCH',
      url: `/users/${id('inactiveE5')}`,
      headers: { 'Content-Type': 'application/json' },
      body: { accountEnabled: false },
    },
  ]);
  expect(answers.get('a')).toMatchObject({
    status: 200,
    body: { id: id('inactiveDirect'), accountEnabled: true },
  });
  expect(answers.get('b')).toMatchObject({
    status: 404,
    body: { error: { code: 'Request_ResourceNotFound' } },
  });
  expect(answers.get('c')).toMatchObject({ status: 204 });
  expect(emulator.getState('inactiveE5').accountEnabled).toBe(false);
});

test('one of them can be throttled on its own, with its wait', async () => {
  emulator.faults.add({ kind: 'status', status: 429, retryAfter: '2.128', path: id('inactiveE5') });
  const answers = await batch([
    { id: '1', method: 'GET', url: read('inactiveDirect') },
    { id: '2', method: 'GET', url: read('inactiveE5') },
  ]);
  expect(answers.get('1')).toMatchObject({ status: 200 });
  expect(answers.get('2')).toMatchObject({ status: 429, headers: { 'Retry-After': '2.128' } });
});

test('a request waits for those it depends on and is not tried when they failed', async () => {
  const answers = await batch([
    { id: 'One', method: 'GET', url: '/users/nobody' },
    { id: '2', method: 'GET', url: read('inactiveE5'), dependsOn: ['one'] },
    { id: '3', method: 'GET', url: read('inactiveE5'), dependsOn: null },
    { id: '4', method: 'GET', url: read('inactiveE5'), dependsOn: ['3'] },
  ]);
  expect(answers.get('2')).toMatchObject({
    status: 424,
    headers: { 'Content-Type': 'application/json' },
    body: { error: { code: 'FailedDependency', innerError: { 'request-id': expect.any(String) } } },
  });
  expect(answers.get('4')).toMatchObject({ status: 200 });
  expect(emulator.log.listEntries({ path: id('inactiveE5') })).toHaveLength(2);
});

const users = { id: '1', method: 'GET', url: '/users' };
const patch = { id: '1', method: 'PATCH', url: '/users/nobody' };
const json = { 'Content-Type': 'application/json' };

test.each<[string, unknown, string]>([
  ['no list of requests', undefined, 'Invalid batch payload format.'],
  ['no request', [], 'Invalid batch payload format.'],
  ['more than twenty', Array.from({ length: 21 }, (_, at) => ({ ...users, id: String(at) })), 'maximum value of 20'],
  ['one without an id', [{ ...users, id: undefined }], 'Invalid batch payload format.'],
  ['one without a method', [{ ...users, method: undefined }], 'Invalid batch payload format.'],
  ['one without a URL', [{ ...users, url: undefined }], 'Invalid batch payload format.'],
  ['a method that HTTP has not', [{ ...users, method: 'READ' }], "Invalid HTTP method in batch: 'READ'."],
  ['a whole URL', [{ ...users, url: 'https://localhost/v1.0/users' }], 'must be relative'],
  [
    'an id twice, whatever its case',
    [
      { ...users, id: 'a' },
      { ...users, id: 'A' },
    ],
    'Request Id A has to be unique',
  ],
  ['a batch in a batch', [{ ...patch, method: 'POST', url: '/$batch', headers: json, body: {} }], 'contain a batch'],
  ['a dependency that is not there', [{ ...users, dependsOn: ['7'] }], 'Invalid dependency for request Id 1'],
  ['one on itself', [{ ...users, dependsOn: ['1'] }], 'Invalid dependency for request Id 1'],
  [
    'one on a later one',
    [
      { ...users, dependsOn: ['2'] },
      { ...users, id: '2' },
    ],
    'Invalid dependency for request Id 1',
  ],
  ['a dependency that is no list', [{ ...users, dependsOn: '1' }], 'Invalid batch payload format.'],
  ['a body without its type', [{ ...patch, body: {} }], 'Write request id : 1 does not contain Content-Type header'],
  [
    'a write without a body',
    [{ ...patch, headers: json }],
    'Write request id : 1 does not contain Content-Type header',
  ],
])('%s: the whole batch is refused, and nothing of it is done', async (_what, requests, sentence) => {
  const reply = await apply.post('/v1.0/$batch', { requests });
  expect([reply.status, reply.body]).toEqual([400, { error: expect.objectContaining({ code: 'BadRequest' }) }]);
  expect(reply.text).toContain(sentence);
  expect(emulator.log.listEntries({ path: '/users' })).toEqual([]);
});

test('what is not JSON comes in base64, a redirect with its Location, nothing as null', async () => {
  const audit = await signInAs(emulator, 'audit');
  const requests = [
    { id: 'count', method: 'GET', url: '/users/$count', headers: { ConsistencyLevel: 'eventual' } },
    { id: 'report', method: 'GET', url: "/reports/getMailboxUsageDetail(period='D7')" },
    {
      id: 'unset',
      method: 'PATCH',
      url: '/admin/reportSettings',
      headers: json,
      body: { displayConcealedNames: true },
    },
  ];
  const { body, headers } = await audit.post('/v1.0/$batch', { requests });
  expect(headers.get('content-type')).toBe('application/json');
  const answers = Array.isArray(body.responses)
    ? new Map(body.responses.map((answer) => [answer.id, answer]))
    : new Map();
  expect(answers.get('count')).toMatchObject({ status: 200, body: Buffer.from('198').toString('base64') });
  expect(answers.get('report')).toMatchObject({
    status: 302,
    headers: { Location: expect.stringMatching('^https://') },
  });
  expect(answers.get('report')).not.toHaveProperty('body');
  expect(answers.get('unset')).toMatchObject({ status: 204, body: null });
});

test('a body can be base64, and one of a GET is ignored', async () => {
  const body = Buffer.from(JSON.stringify({ accountEnabled: false })).toString('base64url');
  const answers = await batch([
    {
      id: 1,
      method: 'PATCH',
      url: `/users/${id('inactiveE5')}`,
      headers: { 'content-type': 'application/octet-stream' },
      body,
    },
    { id: 2, method: 'GET', url: read('inactiveE5'), body: {} },
  ]);
  expect([answers.get('1'), answers.get('2')]).toMatchObject([{ status: 204 }, { status: 200 }]);
  expect(emulator.getState('inactiveE5').accountEnabled).toBe(false);
});

test('the answers come in an order of their own, by the seed, and never as they were asked for', async () => {
  const requests = ['a', 'b', 'c', 'd', 'e'].map((letter) => ({ ...users, id: letter, url: '/users?$top=1' }));
  const orders: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    const { body } = await apply.post('/v1.0/$batch', { requests });
    orders.push(Array.isArray(body.responses) ? body.responses.map((answer) => answer.id).join('') : '');
  }
  expect(orders).not.toContain('abcde');
  expect(new Set(orders).size).toBeGreaterThan(3);
});

test('the log holds each of them, with the batch it came in', async () => {
  await batch([{ id: '1', method: 'GET', url: read('inactiveDirect') }]);
  const [inner] = emulator.log.listEntries({ path: id('inactiveDirect') });
  const [outer] = emulator.log.listEntries({ path: 'batch' });
  expect(inner).toMatchObject({ identity: 'apply', status: 200, batch: outer?.requestId });
});

test('an item carries no request id of its own in its headers, an error does in its body', async () => {
  const headers = { 'client-request-id': 'ours' };
  const items = ['inactiveDirect', 'nobody'].map((kind, place) => ({
    id: String(place),
    method: 'GET',
    url: kind === 'nobody' ? '/users/nobody' : read(kind),
  }));
  const reply = await apply.post('/v1.0/$batch', { requests: items }, headers);
  const answers = Array.isArray(reply.body.responses) ? reply.body.responses : [];
  expect(answers.map(({ id }) => id)).toEqual(['1', '0']);
  for (const answer of answers) {
    const names = Object.keys(answer.headers).map((name) => name.toLowerCase());
    expect(names.filter((name) => name.endsWith('request-id'))).toEqual([]);
  }
  const [outer] = emulator.log.listEntries({ path: 'batch' });
  const [inner] = emulator.log.listEntries({ path: '/users/nobody' });
  expect(reply.headers.get('request-id')).toBe(outer?.requestId);
  expect(reply.headers.get('client-request-id')).toBe('ours');
  expect(answers[0].body.error.innerError).toMatchObject({
    'request-id': inner?.requestId,
    'client-request-id': 'ours',
  });
});
