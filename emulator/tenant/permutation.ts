// A keyed, reversible permutation of the numbers below 2^bits: an object id or a UPN leads back to its person without a
// table of a million entries.
import { mix } from './seeded-random.ts';

export interface Permutation {
  apply(value: number): number;
  undo(value: number): number;
}

const ROUNDS = 4;

/** A balanced Feistel network; `bits` is even and at most 32. */
export function createPermutation(seed: number, bits: number): Permutation {
  const half = bits / 2;
  const mask = 2 ** half - 1;
  const computeRound = (value: number, key: number) => mix(seed, value, 7000 + key) & mask;
  return {
    apply(value) {
      let left = Math.floor(value / 2 ** half) & mask;
      let right = value & mask;
      for (let key = 0; key < ROUNDS; key += 1) [left, right] = [right, left ^ computeRound(right, key)];
      return left * 2 ** half + right;
    },
    undo(value) {
      let left = Math.floor(value / 2 ** half) & mask;
      let right = value & mask;
      for (let key = ROUNDS - 1; key >= 0; key -= 1) [left, right] = [right ^ computeRound(left, key), left];
      return left * 2 ** half + right;
    },
  };
}
