import { expect, test } from 'vitest';
import { aReader } from './reader.fixture.ts';
import { listSignIns, readSignInsSingly } from './small-sign-ins.ts';

const attempt = { lastSignInDateTime: '2026-12-01T08:00:00Z' };
const known = { kind: 'read', lastSuccessful: null, lastAttempt: '2026-12-01' };

test.each<[string, unknown, unknown]>([
  ['a value', { id: 'A', signInActivity: attempt }, [['a', known]]],
  ['no value', { id: 'A' }, [['a', { kind: 'missing' }]]],
  ['a value of another kind', { id: 'A', signInActivity: 'yesterday' }, []],
  ['a date of another form', { id: 'A', signInActivity: { lastSignInDateTime: '12/01/2026' } }, []],
  ['an entry without an id', { signInActivity: attempt }, []],
  ['no entry at all', null, []],
])('%s leaves an account known, missing or in doubt, and ends nothing', async (_, user, found) => {
  const { reader } = await aReader(() => ({ body: JSON.stringify({ value: [user] }) }));
  expect([...(await listSignIns(reader, ['a']))]).toEqual(found);
});

test('a single read that is refused leaves its account in doubt, and the others are read', async () => {
  const responses = [
    { id: '1', status: 200, headers: {}, body: { id: 'b', signInActivity: attempt } },
    { id: '0', status: 404, headers: {}, body: { error: { code: 'Request_ResourceNotFound' } } },
  ];
  const { reader } = await aReader(() => ({ body: JSON.stringify({ responses }) }));
  expect([...(await readSignInsSingly(reader, ['a', 'b']))]).toEqual([['b', known]]);
});

test('fifteen go into one list, five alone into one batch', async () => {
  const ids = Array.from({ length: 16 }, (_, at) => `id${at}`);
  const lists = await aReader(() => ({ body: '{"value":[]}' }));
  await listSignIns(lists.reader, ids);
  expect(lists.server.heard).toHaveLength(2);
});
