import { expect, test } from 'vitest';
import { listValues, signInAs } from '../api-client.fixture.ts';
import type { Emulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('each', { users: 0, people: [{ kind: 'ana' }], switches: { quotaSpeed: 1 } }, (started) => {
  emulator = started;
});

const listing = '/v1.0/users?$select=id,signInActivity';
const filtered = '/v1.0/users?$select=id&$filter=signInActivity/lastSuccessfulSignInDateTime le 2026-01-01T00:00:00Z';

/** Statuses of so many of them, `seconds` apart. */
async function statuses(path: string, times: number, seconds: number): Promise<number[]> {
  const audit = await signInAs(emulator, 'audit');
  const found: number[] = [];
  for (let at = 0; at < times; at++) {
    if (at > 0) emulator.tenant.clock.advance({ seconds });
    found.push((await audit.get(path)).status);
  }
  return found;
}

const ok = (times: number) => Array<number>(times).fill(200);

test.each([listing, filtered])('the sixth request in ten seconds is refused: %s', async (path) => {
  emulator.tenant.switches.signInListings = 'by-family';
  expect(await statuses(path, 6, 1)).toEqual([...ok(5), 429]);
});

test('a listing every two seconds goes on and on, by the milder reading', async () => {
  emulator.tenant.switches.signInListings = 'by-family';
  expect(await statuses(listing, 40, 2.1)).toEqual(ok(40));
});

test('by the stricter reading the eleventh listing in a minute is refused', async () => {
  expect(await statuses(listing, 11, 2.1)).toEqual([...ok(10), 429]);
});

test.each(['by-family', 'by-minute'] as const)(
  'the eleventh read of one account in a minute is refused, listings being %s',
  async (reading) => {
    emulator.tenant.switches.signInListings = reading;
    const path = `/v1.0/users/${emulator.getState('ana').id}?$select=signInActivity`;
    expect(await statuses(path, 11, 2.1)).toEqual([...ok(10), 429]);
  },
);

test('each item of a batch counts, and says for itself how long to wait', async () => {
  const audit = await signInAs(emulator, 'audit');
  const url = `/users/${emulator.getState('ana').id}?$select=id,signInActivity`;
  const requests = Array.from({ length: 6 }, (_, at) => ({ id: String(at), method: 'GET', url }));
  const answer = await audit.post('/v1.0/$batch', { requests });
  const refused = { status: 429, headers: { 'Retry-After': expect.stringMatching(/^\d+$/) } };
  const responses = Array.isArray(answer.body.responses) ? answer.body.responses : [];
  const inOrder = responses.toSorted((a, b) => Number(a.id) - Number(b.id));
  expect(inOrder).toMatchObject([...ok(5).map((status) => ({ status })), refused]);
});

test('a request that is refused counts, too, and after the time it names there is room', async () => {
  const audit = await signInAs(emulator, 'audit');
  expect(await statuses(listing, 7, 0)).toEqual([...ok(5), 429, 429]);
  emulator.tenant.clock.advance({ seconds: 9.5 });
  const again = await audit.get(listing);
  expect(again.status).toBe(429);
  emulator.tenant.clock.advance({ seconds: Number(again.headers.get('retry-after')) });
  expect((await audit.get(listing)).status).toBe(200);
});

test('a list of people without sign-ins takes nothing of it', async () => {
  expect(await statuses('/v1.0/users?$select=id', 12, 0)).toEqual(ok(12));
});

test('with anything expanded a page has a hundred people at most', async () => {
  for (let at = 0; at < 120; at++) emulator.addPerson({ userPrincipalName: `p${at}@contoso.com` });
  const audit = await signInAs(emulator, 'audit');
  const answer = await audit.get('/v1.0/users?$select=id&$expand=manager($select=id)&$top=999');
  expect(listValues(answer)).toHaveLength(100);
});

test('a filter on successes leaves out who has none, or not, and finds the deleted with their id alone', async () => {
  emulator.addPerson({ kind: 'old', signIn: { successful: 400 } });
  emulator.addPerson({ kind: 'never', signIn: 'missing' });
  emulator.addPerson({ kind: 'gone', signIn: { successful: 400 } });
  const { id } = emulator.getState('gone');
  emulator.applyEvents('gone', { delete: true });
  const audit = await signInAs(emulator, 'audit');
  const path = filtered.replace('$select=id', '$select=id,displayName,signInActivity');
  const listed = async () => listValues(await audit.get(path));
  const known = await listed();
  expect(known.map((user) => user.id)).toEqual([emulator.getState('old').id, id]);
  expect(Object.keys(known[1] ?? {})).toEqual(['id', 'signInActivity']);
  emulator.tenant.switches.signInFilterLists = 'unknown-too';
  expect((await listed()).map((user) => user.id)).toContain(emulator.getState('never').id);
});
