import { expect, test } from 'vitest';
import { computeRetryWait, defaultRetryPolicy, mayRepeat, parseRetryAfter, Tries } from './retry.ts';

const setback = (status: number | null, more: { retryAfter?: string; graphCode?: string } = {}) => ({
  status,
  retryAfter: more.retryAfter ?? null,
  graphCode: more.graphCode ?? '',
});

test('a fractional Retry-After is honoured to the millisecond', () => {
  expect(parseRetryAfter('2.128')).toBe(2128);
  expect(computeRetryWait(setback(429, { retryAfter: '0.25' }), 5, defaultRetryPolicy, 0)).toBe(250);
});

test('a Retry-After may be a date, and a date that has passed means now', () => {
  const now = Date.parse('2026-12-07T08:00:00Z');
  expect(parseRetryAfter('Mon, 07 Dec 2026 08:00:30 GMT', now)).toBe(30_000);
  expect(parseRetryAfter('Mon, 07 Dec 2026 07:00:00 GMT', now)).toBe(0);
});

test.each([null, '', '  ', 'soon'])('a Retry-After of %j names no time', (header) => {
  expect(parseRetryAfter(header)).toBeNull();
});

test('without Retry-After the wait doubles, spread by chance, and stops growing', () => {
  const waits = [1, 2, 3, 20].map((attempt) => computeRetryWait(setback(503), attempt, defaultRetryPolicy, 1));
  expect(waits).toEqual([500, 1000, 2000, 60_000]);
  expect(computeRetryWait(setback(503), 1, defaultRetryPolicy, 0)).toBe(250);
});

test.each([429, 500, 502, 503, 504, 408, null])('a read is repeated after %s', (status) => {
  expect(mayRepeat(setback(status), true)).toBe(true);
});

test.each([400, 401, 403, 404, 409, 501])('nothing is repeated after %s', (status) => {
  expect(mayRepeat(setback(status), true)).toBe(false);
});

test('what must not be sent twice is repeated only when nothing was done the first time', () => {
  expect(mayRepeat(setback(503), false)).toBe(false);
  expect(mayRepeat(setback(null), false)).toBe(false);
  expect(mayRepeat(setback(429), false)).toBe(true);
  expect(mayRepeat(setback(409, { graphCode: 'Directory_ConcurrencyViolation' }), false)).toBe(true);
});

test('a 429 that says how long to wait costs no try, and a hundred of them are enough', () => {
  const tries = new Tries();
  const refused = setback(429, { retryAfter: '6' });
  for (let at = 0; at < 99; at++) expect(tries.count(refused)).toBe(1);
  expect(tries.isSpent(defaultRetryPolicy)).toBe(false);
  tries.count(refused);
  expect(tries.isSpent(defaultRetryPolicy)).toBe(true);
});

test.each([setback(429), setback(429, { retryAfter: '0' }), setback(503, { retryAfter: '6' }), setback(null)])(
  'any other failure does: %j',
  (failure) => {
    const tries = new Tries();
    for (let at = 1; at < defaultRetryPolicy.attempts; at++) expect(tries.count(failure)).toBe(at);
    expect(tries.isSpent(defaultRetryPolicy)).toBe(false);
    tries.count(failure);
    expect(tries.isSpent(defaultRetryPolicy)).toBe(true);
  },
);
