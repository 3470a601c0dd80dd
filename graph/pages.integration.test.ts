import { expect, test } from 'vitest';
import { listAll, toRelativePath } from './pages.ts';
import { aServer, token } from './server.fixture.ts';

const request = { source: 'x', path: '/users?$top=2' };

test('the token never follows a nextLink to another host', async () => {
  const elsewhere = await aServer(() => ({ body: { value: [] } }));
  const server = await aServer(() => ({
    body: { value: [{ id: 1 }], '@odata.nextLink': `${elsewhere.origin}/v1.0/users?$skiptoken=x` },
  }));
  await expect(listAll(server.graph, request)).rejects.toMatchObject({ code: 'foreign-link' });
  expect(server.heard[0]?.headers.authorization).toBe(`Bearer ${token}`);
  expect(elsewhere.heard).toEqual([]);
});

test.each([
  'http://graph.microsoft.com/v1.0/users',
  'https://graph.microsoft.com:8443/v1.0/users',
  'https://graph.microsoft.com.evil.example/v1.0/users',
  'https://graph.microsoft.com@evil.example/v1.0/users',
  'https://user:password@graph.microsoft.com/v1.0/users',
  'https://evil.example/v1.0/users#https://graph.microsoft.com/v1.0/',
  'https://graph.microsoft.com/beta/users',
  'https://graph.microsoft.com/v1.0/../oauth',
  '//graph.microsoft.com/v1.0/users',
  '/v1.0/users',
  'javascript:alert(1)',
  '',
])('a list that goes on at %j is refused', async (link) => {
  const graph = { origin: 'https://graph.microsoft.com', version: 'v1.0', signal: undefined, send: fail };
  expect(() => toRelativePath(graph, link)).toThrow(expect.objectContaining({ code: 'foreign-link' }));
});

test('a link on the own host keeps its page token to the letter', () => {
  const graph = { origin: 'https://graph.microsoft.com', version: 'v1.0', signal: undefined, send: fail };
  const link = 'https://graph.microsoft.com/v1.0/users?$select=id&$skiptoken=m~AQAn%2Bx%3D%3D_-';
  expect(toRelativePath(graph, link)).toBe('/users?$select=id&$skiptoken=m~AQAn%2Bx%3D%3D_-');
});

test('a nextLink reaches the server as it was given', async () => {
  const tokens = ['a%2Bb%3D%3D', "it's", 'x://y', 'a=b=c'];
  const server = await aServer(({ path }, origin) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
    const next = tokens[page];
    const link = `${origin}/v1.0/users?$top=2&page=${page + 1}&$skiptoken=${next}`;
    return { body: { value: [{ id: page }], ...(next === undefined ? {} : { '@odata.nextLink': link }) } };
  });
  expect(await listAll(server.graph, request)).toHaveLength(5);
  const received = server.heard.slice(1).map(({ path }) => new URL(path, 'https://x').searchParams.get('$skiptoken'));
  expect(received).toEqual(['a+b==', "it's", 'x://y', 'a=b=c']);
});

test.each([1, 2])('a list that comes back to the page of %d links ago ends with a sentence', async (length) => {
  const server = await aServer(({ path }, origin) => {
    const page = Number(/page=(\d+)/.exec(path)?.[1] ?? 0);
    const next = `${origin}/v1.0/users?page=${page === 0 ? 1 : ((page - 1 + 1) % length) + 1}`;
    return { body: { value: [{ id: page }], '@odata.nextLink': next } };
  });
  await expect(listAll(server.graph, request)).rejects.toMatchObject({ code: 'endless-list' });
  expect(server.heard.length).toBeLessThan(6);
});

test('a list of empty pages, each with a link that is new, ends with a sentence', async () => {
  let page = 0;
  const server = await aServer((_, origin) => ({
    body: { value: [], '@odata.nextLink': `${origin}/v1.0/users?$skiptoken=${page++}` },
  }));
  await expect(listAll(server.graph, request)).rejects.toMatchObject({ code: 'endless-list' });
  expect(server.heard.length).toBeLessThan(250);
});

test('a few empty pages on the way are none of an end', async () => {
  const server = await aServer(({ path }, origin) => {
    const page = Number(/skiptoken=(\d+)/.exec(path)?.[1] ?? 0);
    const next = page === 120 ? {} : { '@odata.nextLink': `${origin}/v1.0/users?$skiptoken=${page + 1}` };
    return { body: { value: page % 60 === 0 ? [{ id: page }] : [], ...next } };
  });
  expect(await listAll(server.graph, request)).toEqual([{ id: 0 }, { id: 60 }, { id: 120 }]);
});

test.each([
  ['no value', {}],
  ['a value that is no list', { value: {} }],
  ['a list at the top', [{ id: 1 }]],
  ['null', 'null'],
  ['a link that is no text', { value: [], '@odata.nextLink': 7 }],
])('a page with %s is an unexpected answer, not an empty list', async (_, body) => {
  const server = await aServer(() => ({ body }));
  await expect(listAll(server.graph, request)).rejects.toMatchObject({ code: 'unexpected-answer' });
});

test('an answer that is no JSON at all is repeated, then given up on', async () => {
  const server = await aServer(() => ({ body: '<html>gateway</html>' }));
  await expect(listAll(server.graph, request)).rejects.toMatchObject({
    code: 'request-failed',
    status: null,
  });
});

function fail(): never {
  throw new Error('nothing is sent here');
}
