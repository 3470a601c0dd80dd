import { expect, test } from 'vitest';
import type { ApiClient } from '../api-client.fixture.ts';
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
    { id: '1', method: 'GET', url: '/users/nobody' },
    { id: '2', method: 'GET', url: read('inactiveE5'), dependsOn: ['1'] },
    { id: '3', method: 'GET', url: read('inactiveE5'), dependsOn: [] },
  ]);
  expect(answers.get('2')).toMatchObject({ status: 424 });
  expect(answers.get('3')).toMatchObject({ status: 200 });
});

test('twenty are the most, URLs are relative, ids are unique', async () => {
  const many = Array.from({ length: 21 }, (_, place) => ({
    id: String(place),
    method: 'GET',
    url: read('inactiveE5'),
  }));
  expect((await apply.post('/v1.0/$batch', { requests: many })).status).toBe(400);
  const whole = [{ id: '1', method: 'GET', url: `${emulator.url}/v1.0/users` }];
  expect((await apply.post('/v1.0/$batch', { requests: whole })).text).toContain('must be relative');
  const twice = [many[0], many[0]];
  expect((await apply.post('/v1.0/$batch', { requests: twice })).text).toContain('unique');
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
