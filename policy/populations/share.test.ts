import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idOf } from '../account.fixture.ts';
import { computeHash, isInShare } from './share.ts';

test.each([
  ['', 0],
  ['test', 0xba6bd213],
  ['Hello, world!', 0xc0363e43],
  ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
])('the hash of %j is that of MurmurHash3 elsewhere', (text, hash) => {
  expect(computeHash(text)).toBe(hash);
});

const ids = Array.from({ length: 20_000 }, (_, at) => idOf(`account ${at}`));

test.each([0.01, 0.1, 0.25, 0.5, 0.9])('a share of %d is that many accounts, as far as chance allows', (share) => {
  const inside = ids.filter((id) => isInShare(id, share)).length;
  // Five standard deviations of as many throws of a coin.
  expect(Math.abs(inside - ids.length * share)).toBeLessThan(5 * Math.sqrt(ids.length * share * (1 - share)));
});

test('so are ids that count upwards, and everybody is in a share of one', () => {
  const counted = Array.from({ length: 10_000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
  expect(Math.abs(counted.filter((id) => isInShare(id, 0.1)).length - 1_000)).toBeLessThan(150);
  expect(counted.every((id) => isInShare(id, 1))).toBe(true);
});

test('it is the same people however the id is written, and a larger share only adds', () => {
  const share = fc.double({ min: 0.001, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.uuid(), share, share, (id, one, other) => {
      const [smaller, larger] = one < other ? [one, other] : [other, one];
      expect(isInShare(id.toUpperCase(), smaller)).toBe(isInShare(id, smaller));
      if (isInShare(id, smaller)) expect(isInShare(id, larger)).toBe(true);
    }),
  );
});
