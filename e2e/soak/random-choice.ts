// Every choice of a story comes from its seed, in the order of the calls: the same seed gives the same story.
import { createSeededRandom } from '@dormant-m365/emulator/tenant';

export interface Chance {
  /** True in `share` of all cases. */
  maybe(share: number): boolean;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** Each of the list with this chance, in its order. */
  pickSome<T>(list: readonly T[], share: number): T[];
}

export function createChance(seed: number): Chance {
  const random = createSeededRandom(`soak ${seed}`);
  let count = 0;
  const between = (low: number, high: number) => random.getBetween(count++, 1, low, high);
  const maybe = (share: number) => random.getUnit(count++, 1) < share;
  return {
    maybe,
    between,
    pick(list) {
      const chosen = list[between(0, list.length - 1)];
      if (chosen === undefined) throw new Error('The list to pick from is empty.');
      return chosen;
    },
    pickSome: (list, share) => list.filter(() => maybe(share)),
  };
}
