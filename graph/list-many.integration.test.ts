import { expect, test } from 'vitest';
import { fastRetryPolicy } from './emulator.fixture.ts';
import { listMany, requireEntries } from './list-many.ts';
import { aServer } from './server.fixture.ts';

// Each list's first page comes in one $batch, the rest of it by itself.

const answers = (responses: readonly object[]) => ({ body: { responses } });
const listed = (id: number, body: object, status = 200) => ({ id: String(id), status, body });

test('several lists are one request, and each is read to its end', async () => {
  const { graph, heard } = await aServer(({ path }, origin) =>
    path.endsWith('/$batch')
      ? answers([
          listed(1, { value: ['c'] }),
          listed(0, { value: ['a'], '@odata.nextLink': `${origin}/v1.0/first?$skiptoken=2` }),
        ])
      : { body: { value: ['b'] } },
  );
  const lists = await listMany(graph, 'x', fastRetryPolicy)([{ path: '/first' }, { path: '/second' }]);
  expect(lists.map(requireEntries)).toEqual([['a', 'b'], ['c']]);
  expect(heard.map(({ path }) => path)).toEqual(['/v1.0/$batch', '/v1.0/first?$skiptoken=2']);
});

test('one that is refused is data, and the others are read', async () => {
  const refusal = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
  const { graph } = await aServer(() => answers([listed(0, refusal, 403), listed(1, { value: [] })]));
  const [refused, read] = await listMany(graph, 'x', fastRetryPolicy)([{ path: '/a' }, { path: '/b' }]);
  expect(refused?.refused).toMatchObject({ status: 403, graphCode: 'Authorization_RequestDenied' });
  expect(read).toEqual({ entries: [], refused: null });
});

test.each([
  ['goes on elsewhere', { value: [], '@odata.nextLink': 'https://elsewhere.example/v1.0/a' }, 'foreign-link'],
  ['is none', { value: 'many' }, 'unexpected-answer'],
])('a list that %s ends the reading', async (_, body, code) => {
  const { graph } = await aServer(() => answers([listed(0, body)]));
  await expect(listMany(graph, 'x', fastRetryPolicy)([{ path: '/a' }])).rejects.toMatchObject({ code });
});

test('one that was cut on its way is asked for again, by itself', async () => {
  const { graph, heard } = await aServer(({ path }) =>
    path.endsWith('/$batch') ? answers([{ id: '0', status: 200, body: '{"value":["a' }]) : { body: { value: ['a'] } },
  );
  const [list] = await listMany(graph, 'x', fastRetryPolicy)([{ path: '/first' }]);
  expect(list?.entries).toEqual(['a']);
  expect(heard.map(({ path }) => path)).toEqual(['/v1.0/$batch', '/v1.0/first']);
});
