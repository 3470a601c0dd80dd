import { expect, test } from 'vitest';
import { type BatchItem, createItemError, sendBatch } from './batch.ts';
import { anEmulator, fastRetryPolicy } from './emulator.fixture.ts';
import { isFields } from './json-fields.ts';
import { aServer } from './server.fixture.ts';

interface Asked {
  id: string;
  url: string;
}

/** Answers each item by `status`, which sees its URL and how often it was asked for. */
async function aBatchServer(status: (url: string, time: number) => number | { status: number; after: string }) {
  const times = new Map<string, number>();
  const sizes: number[] = [];
  const server = await aServer(({ body }) => {
    const requests: Asked[] = JSON.parse(body).requests;
    sizes.push(requests.length);
    const responses = requests.map(({ id, url }) => {
      const time = (times.get(url) ?? 0) + 1;
      times.set(url, time);
      const answer = status(url, time);
      if (typeof answer === 'number') return { id, status: answer, headers: {}, body: { url } };
      return { id, status: answer.status, headers: { 'Retry-After': answer.after }, body: {} };
    });
    // Graph answers in any order.
    return { body: { responses: responses.reverse() } };
  });
  return { ...server, sizes, times };
}

const reads = (count: number): BatchItem<'GET'>[] =>
  Array.from({ length: count }, (_, at) => ({ method: 'GET', url: `/users/${at}` }));

const urlIn = ({ body }: { body: unknown }) => (isFields(body) ? body.url : undefined);

test('45 requests go out in three batches of at most 20, and answers come back in the order of the requests', async () => {
  const { graph, sizes } = await aBatchServer(() => 200);
  const answers = await sendBatch(graph, 'x', reads(45), fastRetryPolicy);
  expect(sizes).toEqual([20, 20, 5]);
  expect(answers.map(urlIn)).toEqual(reads(45).map(({ url }) => url));
});

test('only the throttled items are sent again, after the longest Retry-After among them', async () => {
  const { graph, sizes } = await aBatchServer((url, time) =>
    ['/users/3', '/users/7'].includes(url) && time === 1 ? { status: 429, after: '0.2' } : 200,
  );
  const started = performance.now();
  const answers = await sendBatch(graph, 'x', reads(20), fastRetryPolicy);
  expect(performance.now() - started).toBeGreaterThanOrEqual(200);
  expect(sizes).toEqual([20, 2]);
  expect(answers.every(({ status }) => status === 200)).toBe(true);
});

test('an item’s refusal is its answer and stops nobody else', async () => {
  const { graph, sizes } = await aBatchServer((url) => (url === '/users/1' ? 404 : 200));
  const answers = await sendBatch(graph, 'x', reads(3), fastRetryPolicy);
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
  expect(sizes).toEqual([3]);
});

test('a write in a batch is not repeated after a 503, a read is', async () => {
  const { graph, times } = await aBatchServer((_, time) => (time === 1 ? 503 : 200));
  const items: BatchItem[] = [{ method: 'POST', url: '/users/w', body: {} }, ...reads(1)];
  const answers = await sendBatch(graph, 'x', items, fastRetryPolicy);
  expect(answers.map(({ status }) => status)).toEqual([503, 200]);
  expect(Object.fromEntries(times)).toEqual({ '/users/w': 1, '/users/0': 2 });
});

test('an item that stays throttled fails the batch with its own URL and number of tries', async () => {
  const { graph } = await aBatchServer((url) => (url === '/users/1' ? { status: 429, after: '0.001' } : 200));
  await expect(sendBatch(graph, 'x', reads(3), fastRetryPolicy)).rejects.toMatchObject({
    code: 'request-failed',
    status: 429,
    where: 'GET /users/1',
  });
});

test('of an item that may fail, a 500 that stays is its answer, and throttling that stays is none', async () => {
  const { graph } = await aBatchServer((url) => (url === '/users/1' ? 500 : 200));
  const items = reads(3).map((item) => ({ ...item, mayFail: true }));
  const answers = await sendBatch(graph, 'x', items, fastRetryPolicy);
  expect(answers.map(({ status }) => status)).toEqual([200, 500, 200]);
  await expect(sendBatch(graph, 'x', reads(3), fastRetryPolicy)).rejects.toMatchObject({ status: 500 });
  const { graph: throttled } = await aBatchServer(() => ({ status: 429, after: '0.001' }));
  await expect(sendBatch(throttled, 'x', items, fastRetryPolicy)).rejects.toMatchObject({ status: 429 });
});

test('an item without an answer is an unexpected answer', async () => {
  const { graph } = await aServer(() => ({ body: { responses: [] } }));
  await expect(sendBatch(graph, 'x', reads(1), fastRetryPolicy)).rejects.toMatchObject({
    code: 'unexpected-answer',
  });
});

test('an error is known by its own request id and by its place in the batch, whatever the order of the answers', async () => {
  const { connect, emulator } = await anEmulator({ users: 0, people: [{ kind: 'ana' }] });
  const items = ['nobody', emulator.getState('ana').id, 'no-one'].map((id) => ({
    method: 'GET' as const,
    url: `/users/${id}?$select=id`,
  }));
  const [nobody, ana, noOne] = await sendBatch(connect('audit').graph, 'x', items, fastRetryPolicy);
  const requestIdOf = (path: string) => emulator.log.listEntries({ path }).at(-1)?.requestId ?? '';
  const whole = requestIdOf('batch');
  expect(nobody).toMatchObject({ requestId: requestIdOf('nobody'), batch: { requestId: whole, item: '0' } });
  expect(ana).toMatchObject({ status: 200, requestId: whole, batch: { requestId: whole, item: '1' } });
  expect(noOne).toMatchObject({ requestId: requestIdOf('no-one'), batch: { requestId: whole, item: '2' } });
  expect(noOne && createItemError('GET', '/users/no-one', noOne).message).toContain(
    `(request-id ${requestIdOf('no-one')}, item 2 of the $batch with request-id ${whole}).`,
  );
});
