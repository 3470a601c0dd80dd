import { expect, test } from 'vitest';
import { DormantError } from '../policy/errors.ts';
import { download } from './download.ts';
import { fastRetryPolicy } from './emulator.fixture.ts';
import { aServer } from './server.fixture.ts';

const csv = 'a,b\r\n1,2\r\n';

async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A Graph that redirects to a file host, which answers each download in turn and the last one for ever. */
async function aReport(...answers: [{ status?: number; body?: string }, ...{ status?: number; body?: string }[]]) {
  let served = 0;
  const files = await aServer(() => {
    const answer = answers[Math.min(served++, answers.length - 1)] ?? {};
    return { body: csv, headers: { 'Content-Type': 'application/octet-stream' }, ...answer };
  });
  let issued = 0;
  const graph = await aServer(() => ({
    status: 302,
    headers: { Location: `${files.origin}/file?sig=${issued++}` },
  }));
  const get = (consume = text) =>
    download(graph.graph, {
      source: 'x',
      path: '/reports/x',
      consume,
      log: graph.log,
      retryPolicy: fastRetryPolicy,
    });
  return { files, graph, get };
}

test('the pre-authenticated URL is read without the token', async () => {
  const { files, graph, get } = await aReport({});
  expect(await get()).toBe(csv);
  expect(graph.heard[0]?.headers.authorization).toMatch(/^Bearer /);
  expect(files.heard[0]?.headers).not.toHaveProperty('authorization');
});

test.each([403, 404, 410])('an expired URL (%d) is asked for anew', async (status) => {
  const { files, get } = await aReport({ status }, {});
  expect(await get()).toBe(csv);
  expect(files.heard.map(({ path }) => path)).toEqual(['/file?sig=0', '/file?sig=1']);
});

test.each([429, 500, 503])('a file host that answers %d is tried again', async (status) => {
  const { files, get } = await aReport({ status }, { status }, {});
  expect(await get()).toBe(csv);
  expect(files.heard).toHaveLength(3);
});

test('a doubt of the reader about the content ends it at once', async () => {
  const { files, get } = await aReport({});
  const consume = async () => {
    throw new DormantError('bad-report', 'No.');
  };
  await expect(get(consume)).rejects.toMatchObject({ code: 'bad-report' });
  expect(files.heard).toHaveLength(1);
});

test('a host that stays down is given up on without showing the signature of the URL', async () => {
  const { get } = await aReport({ status: 503 });
  const failure = await get().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'request-failed', status: 503 });
  expect(String(failure)).not.toContain('sig=');
});

test.each([
  ['no redirect', { status: 200 }],
  ['a redirect to nowhere', { status: 302 }],
  ['a redirect without TLS', { status: 302, headers: { Location: 'http://localhost/file' } }],
])('%s is an unexpected answer', async (_, answer) => {
  const { graph, log } = await aServer(() => answer);
  const wanted = { source: 'x', path: '/reports/x', consume: text, log, retryPolicy: fastRetryPolicy };
  await expect(download(graph, wanted)).rejects.toMatchObject({ code: 'unexpected-answer' });
});
