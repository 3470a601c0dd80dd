import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiClient, signInAs } from './api-client.fixture.ts';
import { type Emulator, startEmulator } from './emulator.ts';
import { getTrustedAuthority } from './trusted-authority.fixture.ts';

// What released clients write in another spelling than Microsoft's pages: Graph takes it, so the tenant does.

let emulator: Emulator;
let audit: ApiClient;
let id: string;

beforeAll(async () => {
  emulator = await startEmulator({
    users: 200,
    people: [
      { kind: 'ana', displayName: 'Zita Quell', manager: 'lee' },
      { kind: 'lee', displayName: 'Lee Park' },
    ],
    authority: await getTrustedAuthority(),
  });
  audit = await signInAs(emulator, 'audit');
  ({ id } = emulator.getState('ana'));
});
afterAll(() => emulator.close());

it.each([
  ['doubled slashes and the tenant', () => `//v1.0/${emulator.tenant.id}//users/${id}/manager`],
  ['a key in brackets', () => `/v1.0/users('${id}')/manager/`],
  ['names in another case', () => `/V1.0/Users/${id}/Manager`],
])('%s: the same answer, at the same cost', async (_what, buildPath) => {
  const usual = await audit.get(`/v1.0/users/${id}/manager`);
  const other = await audit.get(buildPath());
  expect(other.status).toBe(200);
  expect(other.body).toEqual(usual.body);
  expect(other.headers.get('x-ms-resource-unit')).toBe(usual.headers.get('x-ms-resource-unit'));
});

it('names of properties in any case, in $select, $filter, $orderby and $expand', async () => {
  const usual =
    "/v1.0/users?$select=id,displayName&$filter=startswith(displayName,'Zita Quell')&$expand=manager($select=id)";
  const other =
    "/v1.0/users?$Select=ID,displayname&$filter=startswith(DisplayName,'Zita Quell')&$EXPAND=Manager($select=Id)";
  const { body } = await audit.get(usual);
  expect(body.value).toMatchObject([{ id, manager: { id: emulator.getState('lee').id } }]);
  expect((await audit.get(other)).body.value).toEqual(body.value);
});

it('names in bodies begin as somebody likes, and an id in a change is ignored', async () => {
  const apply = await signInAs(emulator, 'apply');
  const changed = await apply.patch(`/v1.0/users/${id}`, { id, AccountEnabled: false });
  expect([changed.status, emulator.getState('ana').accountEnabled]).toEqual([204, false]);
});

it('a body that is packed, as Kiota’s SDK for Go packs all of them, is unpacked, and logged as it was meant', async () => {
  const { token } = await signInAs(emulator, 'apply');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const change = async (body: Buffer) =>
    (await fetch(`${emulator.url}/v1.0/users/${id}`, { method: 'PATCH', headers, body: Uint8Array.from(body) })).status;
  expect(await change(Buffer.from('not packed'))).toBe(400);
  expect(await change(gzipSync(JSON.stringify({ accountEnabled: true })))).toBe(204);
  expect(emulator.getState('ana').accountEnabled).toBe(true);
  expect(emulator.log.listEntries({ method: 'PATCH' }).at(-1)?.body).toBe('{"accountEnabled":true}');
});

it('an item of a batch has no slash, or a token of its own, which is ignored', async () => {
  const requests = [
    { id: '1', method: 'GET', url: `users/${id}?$select=id` },
    { id: '2', method: 'GET', url: `/users/${id}?$select=id`, headers: { Authorization: 'Bearer of nobody' } },
  ];
  const { body } = await audit.post('/v1.0/$batch', { requests });
  expect(body.responses).toMatchObject([{ status: 200 }, { status: 200 }]);
});

it('$count=true without ConsistencyLevel is ignored, as where a client follows a nextLink without its headers', async () => {
  const eventual = { ConsistencyLevel: 'eventual' };
  const { body } = await audit.get('/v1.0/users?$count=true&$top=100&$select=id', eventual);
  expect(body['@odata.count']).toBeGreaterThan(100);
  const next = String(body['@odata.nextLink']).replace(/^https:[/][/][^/]+/, '');
  for (const headers of [eventual, {}]) {
    const page = await audit.get(next, headers);
    expect([page.status, page.body['@odata.count']]).toEqual([200, undefined]);
  }
});

it('a segment that is not there is named itself', async () => {
  const { status, body } = await audit.get(`/v1.0/users/${id}/favourites`);
  expect([status, body.error]).toMatchObject([400, { message: "Resource not found for the segment 'favourites'." }]);
});
