import { expect, onTestFinished, test, vi } from 'vitest';
import { fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { RequestFailed } from '../../graph/request-failed.ts';
import { aServer } from '../../graph/server.fixture.ts';
import { createRequestBatcher } from './request-batcher.ts';

const options = {
  source: 'accounts',
  retryPolicy: { ...fastRetryPolicy, attempts: 2 },
  gathering: { quietMs: 20, atMostMs: 60 },
};

/** Answers each item with its own URL, except where `status` says otherwise. */
async function aGatheringServer(status: (url: string) => number = () => 200) {
  const sizes: number[] = [];
  const server = await aServer(({ body }) => {
    const requests: { id: string; url: string }[] = JSON.parse(body).requests;
    sizes.push(requests.length);
    return {
      body: { responses: requests.map(({ id, url }) => ({ id, status: status(url), body: { url } })) },
    };
  });
  return { ...server, sizes };
}

const get = (at: number) => ({ method: 'GET' as const, url: `/users/${at}` });

test('requests that are made at about the same time go out together, and each gets its own answer', async () => {
  const { graph, sizes } = await aGatheringServer();
  const { ask } = createRequestBatcher(graph, options);
  const answers = await Promise.all(Array.from({ length: 45 }, (_, at) => ask(get(at))));
  expect(sizes.sort((a, b) => b - a)).toEqual([20, 20, 5]); // they are on their way side by side
  expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 45 }, (_, at) => ({ url: `/users/${at}` })));
});

test('a request that stays alone does not wait for others', async () => {
  const { graph, sizes } = await aGatheringServer();
  const { ask } = createRequestBatcher(graph, options);
  await ask(get(1));
  await ask(get(2));
  expect(sizes).toEqual([1, 1]);
});

/** Lets the time of the gathering pass by hand, and none of it while the requests are on their way. */
function passing() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return (ms: number) => vi.advanceTimersByTime(ms);
}

test('a request joins those that were made shortly before it, also when it comes after the first of them could have left', async () => {
  const { graph, sizes } = await aGatheringServer();
  const pass = passing();
  const { ask } = createRequestBatcher(graph, { ...options, gathering: { quietMs: 200, atMostMs: 2_000 } });
  const first = ask(get(1));
  pass(120);
  const second = ask(get(2));
  pass(120);
  const third = ask(get(3));
  pass(200);
  vi.useRealTimers();
  await Promise.all([first, second, third]);
  expect(sizes).toEqual([3]);
});

test('one that others keep joining leaves all the same', async () => {
  const { graph, sizes } = await aGatheringServer();
  const pass = passing();
  const { ask } = createRequestBatcher(graph, { ...options, gathering: { quietMs: 50, atMostMs: 100 } });
  const early = [0, 1, 2].map((at) => {
    const answer = ask(get(at));
    pass(40);
    return answer;
  });
  vi.useRealTimers();
  await Promise.all(early);
  expect(sizes).toEqual([3]);
});

test('one that stays broken fails alone', async () => {
  const { graph } = await aGatheringServer((url) => (url === '/users/1' ? 503 : 200));
  const { ask } = createRequestBatcher(graph, options);
  const settled = await Promise.allSettled([0, 1, 2].map((at) => ask(get(at))));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const [, broken] = settled;
  expect(broken?.status === 'rejected' && broken.reason).toBeInstanceOf(RequestFailed);
});

test('a refusal is an answer', async () => {
  const { graph } = await aGatheringServer(() => 404);
  await expect(createRequestBatcher(graph, options).ask(get(1))).resolves.toMatchObject({ status: 404 });
});
