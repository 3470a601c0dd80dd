import { expect, test, vi } from 'vitest';
import { countSignInReads, createSignInRateLimiter } from './sign-in-rate-limit.ts';

const fast = new Headers({ 'x-emulator-quota-speed': '600' });

/** Milliseconds at which so many were let through, one after the other, each answered at once. */
async function moments(times: number, pace = createSignInRateLimiter(true)): Promise<number[]> {
  const started = performance.now();
  const found: number[] = [];
  for (let at = 0; at < times; at++) {
    (await pace.take(1))();
    found.push(performance.now() - started);
  }
  return found;
}

function aFastPace() {
  const pace = createSignInRateLimiter(true);
  pace.adaptSpeed(fast);
  return pace;
}

test('five go at once, and of the next five the first ten seconds later', async () => {
  const at = await moments(6, aFastPace());
  expect(at[5]).toBeGreaterThanOrEqual(10_000 / 600);
});

test('once one was refused, ten a minute are not exceeded', async () => {
  const pace = aFastPace();
  pace.recordRefusal(0);
  const at = await moments(11, pace);
  expect(at[10]).toBeGreaterThanOrEqual(60_000 / 600);
});

test('nobody asks before the time that a refusal named', async () => {
  const pace = aFastPace();
  pace.recordRefusal(50);
  const [first = 0] = await moments(1, pace);
  expect(first).toBeGreaterThanOrEqual(49);
});

test('what is on its way counts until it is answered, and after that for its time', async () => {
  const pace = aFastPace();
  const answered = await Promise.all(Array.from({ length: 5 }, () => pace.take(1)));
  const next = vi.fn();
  const sixth = pace.take(1).then(next);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(next).not.toHaveBeenCalled();
  for (const done of answered) done();
  await sixth;
});

test('more than fit at all go when nobody else is counted', async () => {
  const pace = aFastPace();
  const started = performance.now();
  (await pace.take(20))();
  (await pace.take(20))();
  expect(performance.now() - started).toBeGreaterThanOrEqual(10_000 / 600);
});

test('a real cloud is not asked how fast its windows pass', async () => {
  const pace = createSignInRateLimiter();
  pace.adaptSpeed(fast);
  await moments(5, pace);
  const interrupted = new AbortController();
  const sixth = pace.take(1, interrupted.signal);
  setTimeout(() => interrupted.abort(new Error('still waiting')), 60);
  await expect(sixth).rejects.toThrow('still waiting');
});

test('each read of a batch counts', () => {
  expect(countSignInReads(['/users/a?$select=signInActivity', '/users/b', '/users?$filter=signInActivity/x'])).toBe(2);
});
