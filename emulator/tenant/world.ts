// What all people of one tenant are derived from, and how an index, an object id and a UPN lead to each other.
import { type Draw, drawsOf, guidFrom } from './draw.ts';
import { type Names, namesOf } from './names.ts';
import { type Permutation, permutationOf } from './permutation.ts';

export interface World {
  readonly draw: Draw;
  readonly names: Names;
  /** Generated people have the indexes from `firstGenerated` up to, not including, `end`. */
  readonly firstGenerated: number;
  readonly end: number;
  /** The day the tenant was made; "inactive for 100 days" counts from here. */
  readonly startDay: number;
  readonly domain: string;
  /** The object id of whoever has an index. */
  idOf(index: number): string;
  /** The index an object id was made from, or undefined if it is no id of this tenant's people. */
  indexOf(id: string): number | undefined;
}

export interface WorldOptions {
  readonly seed: string | number;
  readonly firstGenerated: number;
  readonly end: number;
  readonly startDay: number;
  readonly domain: string;
}

const ID_SALT = 9000;

/** The world of a seed. Object ids are a keyed permutation of the index plus check digits. */
export function worldOf({ seed, ...rest }: WorldOptions): World {
  const draw = drawsOf(seed);
  const ids: Permutation = permutationOf(draw.seed ^ 0x5bd1e995, 32);
  const idOf = (index: number) => guidFrom(ids.apply(index), draw, index, ID_SALT);
  return {
    ...rest,
    draw,
    names: namesOf(draw.seed),
    idOf,
    indexOf(id) {
      const index = ids.undo(Number.parseInt(id.slice(0, 8), 16));
      return idOf(index) === id.toLowerCase() ? index : undefined;
    },
  };
}
