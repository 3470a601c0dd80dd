// The source of all derived people of one tenant, and the mapping between index, object id and UPN.
import { createNames, type Names } from './names.ts';
import { createPermutation, type Permutation } from './permutation.ts';
import { buildGuid, createSeededRandom, type SeededRandom } from './seeded-random.ts';

export interface World {
  readonly random: SeededRandom;
  readonly names: Names;
  /** Generated people have the indexes from `firstGenerated` up to, not including, `end`. */
  readonly firstGenerated: number;
  readonly end: number;
  /** The day the tenant was created; "inactive for 100 days" counts from here. */
  readonly startDay: number;
  readonly domain: string;
  /** Which share of the generated licences comes from groups; null: see generated-licenses.ts. */
  readonly groupLicensedShare: number | null;
  /** The object id of an index. */
  getId(index: number): string;
  /** The index of an object id, or undefined if it is no id of this tenant's people. */
  findIndex(id: string): number | undefined;
}

interface WorldOptions {
  readonly seed: string | number;
  readonly firstGenerated: number;
  readonly end: number;
  readonly startDay: number;
  readonly domain: string;
  readonly groupLicensedShare: number | null;
}

const ID_SALT = 9000;

/** The world of a seed. Object ids are a keyed permutation of the index plus check digits. */
export function createWorld({ seed, ...rest }: WorldOptions): World {
  const random = createSeededRandom(seed);
  const ids: Permutation = createPermutation(random.seed ^ 0x5bd1e995, 32);
  const getId = (index: number) => buildGuid(ids.apply(index), random, index, ID_SALT);
  return {
    ...rest,
    random,
    names: createNames(random.seed),
    getId,
    findIndex(id) {
      const index = ids.undo(Number.parseInt(id.slice(0, 8), 16));
      return getId(index) === id.toLowerCase() ? index : undefined;
    },
  };
}
